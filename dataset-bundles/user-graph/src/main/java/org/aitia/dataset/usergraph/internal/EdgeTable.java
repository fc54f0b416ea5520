package org.aitia.dataset.usergraph.internal;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.aitia.api.DataFormatException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.graph.Features;
import org.aitia.formats.BadFormat;

/** The edges as their table lists them, each line once: ends, weight, truth and features. */
final class EdgeTable {
    private final Table table;
    private final Ints sources = new Ints();
    private final Ints targets = new Ints();
    private final Ints weights = new Ints(); // the bits of floats; empty if there is no such column
    private final BitSet truth = new BitSet();
    private boolean hasTruth;
    private FeaturePlan plan;

    EdgeTable(Table table) {
        this.table = table;
    }

    /** Whether lines say which graph they are in. */
    static boolean namesGraphs(Table table, Descriptor.TableRules rules) {
        return table.find(rules.name("graph"), "graph_id", "graph").isPresent();
    }

    /** First reading. */
    void read(
            Descriptor descriptor,
            boolean directed,
            NodeTable nodes,
            Optional<NodeTable.GraphNames> graphs,
            Faults faults,
            TaskMonitor monitor) {
        Descriptor.TableRules rules = descriptor.edges();
        int source =
                table.find(rules.name("source"), "source", "src", "from", "u").orElse(0);
        int target = table.find(rules.name("target"), "target", "dst", "to", "v")
                .orElseGet(() -> table.columns().size() > 1 ? 1 : table.require("target"));
        Optional<Integer> weight = table.find(rules.name("weight"), "weight");
        Optional<Integer> true_ = table.find(rules.name("truth"), "truth");
        Optional<Integer> graph = graphs.flatMap(names -> table.find(rules.name("graph"), "graph_id", "graph"));
        BitSet taken = new BitSet();
        taken.set(source);
        taken.set(target);
        weight.ifPresent(taken::set);
        true_.ifPresent(taken::set);
        graph.ifPresent(taken::set);
        hasTruth = true_.isPresent();
        plan = new FeaturePlan(table, taken, rules);
        Set<Long> seen = new HashSet<>(); // filled only where repeats are faults
        table.read(faults, monitor, row -> {
            int inGraph = graph.map(column -> graphs.orElseThrow().number(row.text(column)))
                    .orElse(0);
            if (inGraph < 0) {
                throw row.fault(graph.orElseThrow(), "a graph of the table of graphs", "add it there");
            }
            int from = end(row, source, inGraph, nodes);
            int to = end(row, target, inGraph, nodes);
            if (nodes.graph(from) != nodes.graph(to)) {
                throw row.fault(
                        target, "a node of the same graph as " + BadFormat.quote(row.text(source)), "correct the line");
            }
            if (from == to && descriptor.selfLoops() == Descriptor.Loops.ERROR) {
                throw row.fault(target, "another node, as self-loops are declared to be faults", "remove the line");
            }
            if (descriptor.duplicates() == Descriptor.Duplicates.ERROR && !seen.add(pair(from, to, directed))) {
                throw row.fault(target, "an edge that no line before has", "remove the line");
            }
            float value = weight.map(column -> weight(row, column)).orElse(1f);
            boolean isTrue = true_.map(column -> truth(row, column)).orElse(false);
            truth.set(sources.size(), isTrue);
            sources.add(from);
            targets.add(to);
            if (weight.isPresent()) {
                weights.add(Float.floatToRawIntBits(value));
            }
            plan.look(row);
        });
        plan.decide(faults);
    }

    private static long pair(int from, int to, boolean directed) {
        boolean swap = !directed && from > to;
        return (long) (swap ? to : from) << Integer.SIZE | (swap ? from : to);
    }

    private static int end(Row row, int column, int graph, NodeTable nodes) {
        int node = nodes.find(graph, row.text(column));
        if (node < 0) {
            throw row.fault(column, "the id of a node of " + nodes.name(), "add the node there or remove the line");
        }
        return node;
    }

    private static float weight(Row row, int column) {
        OptionalDouble weight = Row.number(row.text(column));
        return (float) weight.orElseThrow(() -> row.fault(column, "a finite number", "correct the line"));
    }

    private static boolean truth(Row row, int column) {
        return switch (row.text(column).toLowerCase(Locale.ROOT)) {
            case "1", "true", "yes", "1.0" -> true;
            case "", "0", "false", "no", "0.0" -> false;
            default -> throw fault(row, column);
        };
    }

    private static DataFormatException fault(Row row, int column) {
        return row.fault(column, "1 or 0", "correct the line");
    }

    int count() {
        return sources.size();
    }

    int source(int line) {
        return sources.get(line);
    }

    int target(int line) {
        return targets.get(line);
    }

    float weight(int line) {
        return weights.size() == 0 ? 1 : Float.intBitsToFloat(weights.get(line));
    }

    boolean hasTruth() {
        return hasTruth;
    }

    boolean isTrue(int line) {
        return truth.get(line);
    }

    List<String> featureNames() {
        return plan.names();
    }

    Optional<String> summary() {
        return plan.summary();
    }

    /** Second reading: a row per line; empty if there are none. */
    Optional<Features> features(TaskMonitor monitor) {
        return plan.names().isEmpty()
                ? Optional.empty()
                : Optional.of(plan.features(count(), Descriptor.Normalization.NONE, monitor));
    }
}
