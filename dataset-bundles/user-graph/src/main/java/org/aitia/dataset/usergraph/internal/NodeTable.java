package org.aitia.dataset.usergraph.internal;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.TaskMonitor;
import org.aitia.api.graph.Features;

/** The nodes: their ids, labels, parts, graphs and features. */
final class NodeTable {
    /** Between the name of a graph and the id of a node in it; no text of a table holds it. */
    private static final char JOINT = '\0';

    private final Optional<Table> table;
    private final Map<String, Integer> numbers = new HashMap<>(); // id, or graph and id, to node
    private final List<String> ids = new ArrayList<>();
    private final Labels labels;
    private final Splits splits = new Splits();
    private final Ints graphs = new Ints(); // per node, the number of its graph; empty where there is one graph
    private final GraphNames graphNames;
    private final boolean idsPerGraph;
    private Optional<FeaturePlan> plan = Optional.empty();

    /**
     * Creates an empty table.
     *
     * @param table where nodes are listed; empty if edges name them
     * @param classes as declared
     * @param graphNames the graphs
     * @param idsPerGraph whether edges say which graph they are in, so that ids may repeat in other graphs
     */
    NodeTable(Optional<Table> table, List<String> classes, GraphNames graphNames, boolean idsPerGraph) {
        this.table = table;
        this.labels = new Labels(classes);
        this.graphNames = graphNames;
        this.idsPerGraph = idsPerGraph;
    }

    /** The names of graphs, numbered in the order of their table or else of first appearance. */
    static final class GraphNames {
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<String> names = new ArrayList<>();
        private boolean closed;

        int number(String name) {
            Integer known = numbers.get(name);
            if (known != null || closed) {
                return known == null ? -1 : known;
            }
            numbers.put(name, names.size());
            names.add(name);
            return names.size() - 1;
        }

        /** From now on, other names are unknown. */
        void close() {
            closed = true;
        }

        boolean contains(String name) {
            return numbers.containsKey(name);
        }

        int size() {
            return names.size();
        }
    }

    /** First reading. */
    void read(Descriptor descriptor, boolean manyGraphs, Faults faults, TaskMonitor monitor) {
        if (table.isEmpty()) {
            return;
        }
        Table nodes = table.get();
        Descriptor.TableRules rules = descriptor.nodes();
        int id = nodes.find(rules.name("id"), "id", "node_id", "node").orElse(0);
        Optional<Integer> label = nodes.find(rules.name("label"), "label", "class", "y");
        Optional<Integer> split = nodes.find(rules.name("split"), "split");
        Optional<Integer> graph = manyGraphs
                ? Optional.of(
                        nodes.find(rules.name("graph"), "graph_id", "graph").orElseGet(() -> nodes.require("graph_id")))
                : Optional.empty();
        BitSet taken = new BitSet();
        taken.set(id);
        label.ifPresent(taken::set);
        split.ifPresent(taken::set);
        graph.ifPresent(taken::set);
        FeaturePlan features = new FeaturePlan(nodes, taken, rules);
        nodes.read(faults, monitor, row -> {
            int node = ids.size();
            String name = row.text(id);
            int inGraph =
                    graph.map(column -> graphNames.number(row.text(column))).orElse(0);
            boolean isNew = !name.isEmpty() && numbers.putIfAbsent(key(inGraph, name), node) == null;
            ids.add(name);
            if (graph.isPresent()) {
                graphs.add(inGraph);
            }
            Faults here = new Faults(); // lists stay of one length, whatever is wrong with a field
            label.ifPresentOrElse(column -> collect(here, () -> labels.add(row, column)), labels::addNone);
            split.ifPresentOrElse(
                    column -> collect(here, () -> splits.add(row, column, labels.lastIsKnown())), splits::addNone);
            here.throwIfAny();
            if (name.isEmpty()) {
                throw row.fault(id, "the id of a node", "give every node one");
            }
            if (!isNew) {
                throw row.fault(id, "an id that no line before has", "remove one of the lines or give it another id");
            }
            if (inGraph < 0) {
                throw row.fault(graph.orElseThrow(), "a graph of the table of graphs", "add it there");
            }
            features.look(row);
        });
        features.decide(faults);
        plan = Optional.of(features);
    }

    private static void collect(Faults faults, Runnable step) {
        try {
            step.run();
        } catch (org.aitia.api.DataFormatException e) {
            faults.add(e);
        }
    }

    private String key(int graph, String id) {
        return idsPerGraph ? graph + String.valueOf(JOINT) + id : id;
    }

    /** Finds a node, or makes it where edges name nodes; -1 if there is none. */
    int find(int graph, String id) {
        String key = key(graph, id);
        Integer known = numbers.get(key);
        if (known != null) {
            return known;
        }
        if (table.isPresent() || id.isEmpty()) {
            return -1;
        }
        int node = ids.size();
        numbers.put(key, node);
        ids.add(id);
        labels.addNone();
        splits.addNone();
        return node;
    }

    String name() {
        return table.map(Table::name).orElse("edges");
    }

    int count() {
        return ids.size();
    }

    int graph(int node) {
        return graphs.size() == 0 ? 0 : graphs.get(node);
    }

    Labels labels() {
        return labels;
    }

    Splits splits() {
        return splits;
    }

    /** The ids; empty if they are the numbers of the nodes. */
    List<String> names() {
        for (int v = 0; v < ids.size(); v++) {
            if (!ids.get(v).equals(Integer.toString(v))) {
                return ids;
            }
        }
        return List.of();
    }

    String id(int node) {
        return ids.get(node);
    }

    List<String> featureNames() {
        return plan.map(FeaturePlan::names).filter(names -> !names.isEmpty()).orElse(List.of("constant"));
    }

    Optional<String> summary() {
        return plan.flatMap(FeaturePlan::summary);
    }

    /** Second reading; a constant where there are no features, for a model needs some. */
    Features features(Descriptor.Normalization normalization, TaskMonitor monitor) {
        return plan.filter(p -> !p.names().isEmpty())
                .map(p -> p.features(count(), normalization, monitor))
                .orElseGet(() -> org.aitia.api.graph.DenseFeatures.constant(count(), 1, 1));
    }
}
