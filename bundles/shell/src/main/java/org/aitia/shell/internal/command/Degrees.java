package org.aitia.shell.internal.command;

import java.util.Arrays;
import java.util.List;
import org.aitia.api.graph.Graph;
import org.aitia.shell.internal.console.Json;
import org.aitia.shell.internal.console.Text;

/** How many edges end in a node, over all nodes of all graphs. */
record Degrees(int min, double median, double mean, int max) {
    static Degrees of(List<Graph> graphs) {
        int[] degrees = graphs.stream()
                .flatMapToInt(graph -> {
                    int[] of = new int[graph.nodeCount()];
                    Arrays.setAll(of, graph::inDegree);
                    return Arrays.stream(of);
                })
                .sorted()
                .toArray();
        int n = degrees.length;
        if (n == 0) {
            return new Degrees(0, Double.NaN, Double.NaN, 0);
        }
        double median = (degrees[(n - 1) / 2] + degrees[n / 2]) / 2.0;
        return new Degrees(degrees[0], median, Arrays.stream(degrees).average().orElse(Double.NaN), degrees[n - 1]);
    }

    String text() {
        return "min " + min + ", median " + Text.decimal(median, median == Math.rint(median) ? 0 : 1) + ", mean "
                + Text.decimal(mean, 2) + ", max " + max;
    }

    Json json() {
        return new Json()
                .put("min", min)
                .put("median", median)
                .put("mean", mean)
                .put("max", max);
    }
}
