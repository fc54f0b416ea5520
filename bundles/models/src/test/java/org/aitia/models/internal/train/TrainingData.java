package org.aitia.models.internal.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.dataset.Split;
import org.aitia.api.graph.Graph;
import org.aitia.api.model.TrainingRequest;
import org.aitia.testkit.tck.TestGraphs;

/** Small data sets of every task, for tests of training and prediction. */
public final class TrainingData {
    private TrainingData() {}

    private static DatasetInfo info(String name, Task task) {
        return new DatasetInfo(name, name, "", task, "", "", "", true);
    }

    private static Split split(int train, int validation, int test) {
        return new Split(
                IntStream.range(0, train).toArray(),
                IntStream.range(train, train + validation).toArray(),
                IntStream.range(train + validation, train + validation + test).toArray());
    }

    /** Nodes in one sparse graph; receptive fields are small beside it. */
    public static Dataset nodes() {
        return Dataset.builder(info("nodes", Task.NODE))
                .graph(TestGraphs.directed(400, 600, 8, 3, 5))
                .classes(3)
                .split("default", split(200, 60, 100))
                .build();
    }

    /** Graphs of two kinds that differ in density. */
    public static Dataset graphs() {
        List<Graph> graphs = new ArrayList<>();
        int[] labels = new int[60];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 3 == 0 ? 1 : 0;
            graphs.add(TestGraphs.undirected(12, labels[i] == 0 ? 8 : 30, 4, 2, i));
        }
        return Dataset.builder(info("graphs", Task.GRAPH))
                .graphs(graphs, labels)
                .classes(2)
                .split("default", split(40, 10, 10))
                .build();
    }

    /** Edges of a graph, and pairs of nodes that are none. */
    public static Dataset links() {
        Graph graph = TestGraphs.undirected(120, 240, 6, 2, 3);
        int count = 160;
        int[] sources = new int[count];
        int[] targets = new int[count];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            int edge = 2 * i;
            int node = graph.target(edge);
            labels[i] = i % 2;
            sources[i] = labels[i] == 1 ? graph.source(edge) : (node + 7 + i) % 120;
            targets[i] = labels[i] == 1 ? node : (node + 60) % 120;
            if (sources[i] == targets[i]) {
                sources[i] = (targets[i] + 1) % 120;
            }
        }
        return Dataset.builder(info("links", Task.LINK))
                .graph(graph)
                .links(sources, targets, labels)
                .classes(2)
                .split("default", split(100, 30, 30))
                .build();
    }

    /** All of them. */
    public static MemoryDatasets all() {
        return new MemoryDatasets(nodes(), graphs(), links());
    }

    /** A request for a GCN on the CPU. */
    public static TrainingRequest request(String dataset, long seed, String... options) {
        Map<String, String> all = new HashMap<>(Map.of("hidden", "8"));
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        return new TrainingRequest(dataset, Map.of(), "gcn", Optional.empty(), all, seed, Optional.of("cpu"));
    }
}
