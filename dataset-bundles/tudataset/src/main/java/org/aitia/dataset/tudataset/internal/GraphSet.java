package org.aitia.dataset.tudataset.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.dataset.tudataset.internal.Tables.Attributes;
import org.aitia.formats.split.RandomSplits;

/**
 * Makes graphs of tables. Edges stay directed as they are listed, which is both ways in nearly all sets; repeated ones
 * become one and loops are dropped, as in PyTorch Geometric.
 */
final class GraphSet {
    private static final double VALIDATION = 0.1;
    private static final double TEST = 0.1;

    private final Tables tables;
    private final Meanings meanings;
    private final TaskMonitor monitor;
    private final int[] local; // number of each node within its graph
    private final Members nodes;
    private final Members edges;

    /**
     * Begins.
     *
     * @param meanings what numbers of the files stand for
     */
    GraphSet(Tables tables, Meanings meanings, TaskMonitor monitor) {
        this.tables = tables;
        this.meanings = meanings;
        this.monitor = monitor;
        int graphs = tables.graphLabels().length;
        nodes = Members.of(graphs, tables.graphOf());
        edges = Members.of(
                graphs,
                IntStream.of(tables.sources())
                        .map(node -> tables.graphOf()[node])
                        .toArray());
        local = new int[tables.graphOf().length];
        for (int g = 0; g < graphs; g++) {
            int[] members = nodes.of(g);
            for (int i = 0; i < members.length; i++) {
                local[members[i]] = i;
            }
        }
    }

    /** Things by the graph that they belong to, in their order. */
    private record Members(int[] offsets, int[] things) {
        static Members of(int graphs, int[] graphOf) {
            int[] offsets = new int[graphs + 1];
            for (int graph : graphOf) {
                offsets[graph + 1]++;
            }
            for (int g = 0; g < graphs; g++) {
                offsets[g + 1] += offsets[g];
            }
            int[] next = offsets.clone();
            int[] things = new int[graphOf.length];
            for (int i = 0; i < graphOf.length; i++) {
                things[next[graphOf[i]]++] = i;
            }
            return new Members(offsets, things);
        }

        int[] of(int graph) {
            return Arrays.copyOfRange(things, offsets[graph], offsets[graph + 1]);
        }
    }

    Dataset.Builder toDataset(DatasetInfo info, FeatureChoice choice, boolean attributes, long seed) {
        FeatureTable features = features(choice, attributes);
        FeatureTable bonds =
                FeatureTable.of(tables.edgeAttributes(), tables.edgeLabels(), "edge", meanings.edgeLabels());
        List<Graph> graphs = new ArrayList<>();
        for (int g = 0; g < tables.graphLabels().length; g++) {
            progress("building graphs", g);
            graphs.add(build(g, Optional.of(features), Optional.of(bonds)));
        }
        int[] raw = tables.graphLabels();
        int[] classes = Arrays.stream(raw).sorted().distinct().toArray();
        int[] labels = IntStream.of(raw)
                .map(label -> Arrays.binarySearch(classes, label))
                .toArray();
        if (classes.length < 2) {
            throw new InvalidRequestException("set " + tables.name() + " of data set '" + info.name()
                    + "' has graphs of one class only, " + classes[0] + "; there is nothing to learn from it");
        }
        Dataset.Builder builder = Dataset.builder(info)
                .graphs(graphs, labels)
                .classNames(Arrays.stream(classes)
                        .mapToObj(label -> meanings.classes().getOrDefault(label, Integer.toString(label)))
                        .toList())
                .featureNames(features.names())
                .edgeFeatureNames(bonds.names())
                .split("random", RandomSplits.fractions(labels, classes.length, VALIDATION, TEST, seed));
        if (tables.edgeTruth().length > 0) {
            addTruth(builder, graphs);
        }
        return builder;
    }

    private void addTruth(Dataset.Builder builder, List<Graph> graphs) {
        List<BitSet> marked = new ArrayList<>();
        for (int g = 0; g < graphs.size(); g++) {
            marked.add(marked(g, graphs.get(g)));
        }
        if (marked.stream().allMatch(BitSet::isEmpty)) {
            return;
        }
        Optional<Integer> explained = meanings.explainedClass();
        EdgeTruth truth = new EdgeTruth(
                graphs,
                marked,
                g -> explained.map(c -> c == tables.graphLabels()[g]).orElse(true));
        builder.groundTruth(truth)
                .suggestedTargets(IntStream.of(truth.explained())
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(",")));
    }

    private BitSet marked(int g, Graph graph) {
        BitSet marked = new BitSet();
        for (int e : edges.of(g)) {
            if (tables.edgeTruth()[e] != 0) {
                int source = local[tables.sources()[e]];
                int target = local[tables.targets()[e]];
                mark(marked, graph.edge(source, target));
                mark(marked, graph.edge(target, source));
            }
        }
        return marked;
    }

    private static void mark(BitSet marked, int edge) {
        if (edge >= 0) { // loops are dropped, and a directed edge has no reverse
            marked.set(edge);
        }
    }

    private FeatureTable features(FeatureChoice choice, boolean attributes) {
        int count = local.length;
        return switch (choice) {
            case DEGREE -> FeatureTable.ofDegrees(degrees());
            case CONSTANT -> FeatureTable.constant(count);
            case AUTO -> {
                FeatureTable table = FeatureTable.of(
                        attributes ? tables.nodeAttributes() : Attributes.NONE,
                        tables.nodeLabels(),
                        "node",
                        meanings.nodeLabels());
                yield table.isEmpty() ? FeatureTable.constant(count) : table;
            }
        };
    }

    private int[] degrees() {
        int[] degrees = new int[local.length];
        for (int g = 0; g < tables.graphLabels().length; g++) {
            progress("counting degrees", g);
            Graph bare = build(g, Optional.empty(), Optional.empty());
            for (int node : nodes.of(g)) {
                degrees[node] = bare.inDegree(local[node]);
            }
        }
        return degrees;
    }

    private Graph build(int g, Optional<FeatureTable> features, Optional<FeatureTable> bonds) {
        int[] members = nodes.of(g);
        int[] rows = edges.of(g);
        GraphBuilder builder =
                Graph.builder(members.length).reserve(rows.length).withoutSelfLoops();
        for (int e : rows) {
            builder.edge(local[tables.sources()[e]], local[tables.targets()[e]]);
        }
        features.ifPresent(table -> builder.features(table.select(members)));
        bonds.filter(table -> !table.isEmpty()).ifPresent(table -> builder.edgeFeatures(table.select(rows)));
        if (!meanings.nodeLabels().isEmpty() && tables.nodeLabels().columns() == 1) {
            builder.nodeNames(Arrays.stream(members)
                    .map(node -> tables.nodeLabels().values()[node])
                    .mapToObj(label -> meanings.nodeLabels().getOrDefault(label, Integer.toString(label)))
                    .toList());
        }
        return builder.build();
    }

    private void progress(String stage, int graph) {
        if (graph % 64 == 0) {
            monitor.checkCancelled();
            monitor.progress(stage, graph, tables.graphLabels().length);
        }
    }
}
