package org.aitia.explainer.ig.internal;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Features;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.SparseFeatures;

/** Features that stand for the absence of information: one row, the same for all nodes of a graph. */
final class Baseline {
    static final String DESCRIPTION =
            "features that stand for no information: zero; mean (of each feature over the nodes"
                    + " of the graph); one number for all features; as many numbers as there are features, divided by ; or"
                    + " blanks; or node:N, those of a node";

    private static final String ZERO = "zero";
    private static final String MEAN = "mean";
    private static final String NODE = "node:";

    private final String text;
    private final Map<Graph, float[]> rows = new HashMap<>();

    Baseline(String checked) {
        this.text = checked;
    }

    /** Refuses what cannot be a baseline; whether it fits the graph is known later. */
    static String checked(String given) {
        String value = given.trim().toLowerCase(Locale.ROOT);
        boolean word = value.equals(ZERO) || value.equals(MEAN) || value.matches(NODE + "\\d{1,9}");
        if (!word) {
            numbers(value, given);
        }
        return value;
    }

    private static float[] numbers(String value, String given) {
        String[] parts = value.split("[;\\s]+");
        float[] numbers = new float[parts.length];
        try {
            for (int i = 0; i < parts.length; i++) {
                numbers[i] = Float.parseFloat(parts[i]);
                if (!Float.isFinite(numbers[i])) {
                    throw new NumberFormatException(parts[i]);
                }
            }
        } catch (NumberFormatException e) {
            throw new InvalidRequestException(
                    "option 'baseline' takes zero, mean, a number, as many numbers as there are features divided by ;"
                            + " or node:N, not '" + given + "'",
                    e);
        }
        return numbers;
    }

    /** Whether every feature begins at 0. */
    boolean isZero() {
        return text.equals(ZERO) || !text.equals(MEAN) && !text.startsWith(NODE) && isZero(numbers(text, text));
    }

    private static boolean isZero(float[] numbers) {
        for (float number : numbers) {
            if (number != 0) {
                return false;
            }
        }
        return numbers.length == 1;
    }

    /** The baseline of a computation graph, [n F] row by row. */
    float[] of(ComputationGraph block) {
        float[] row = rows.computeIfAbsent(block.graph(), this::row);
        float[] values = new float[Math.multiplyExact(block.nodeCount(), row.length)];
        for (int v = 0; v < block.nodeCount(); v++) {
            System.arraycopy(row, 0, values, v * row.length, row.length);
        }
        return values;
    }

    private float[] row(Graph graph) {
        Features features = graph.features();
        float[] row = new float[features.columns()];
        if (text.equals(MEAN)) {
            return mean(features);
        }
        if (text.startsWith(NODE)) {
            int node = Integer.parseInt(text.substring(NODE.length()));
            if (node >= graph.nodeCount()) {
                throw new InvalidRequestException(
                        "baseline=" + text + ": the graph has nodes 0.." + (graph.nodeCount() - 1));
            }
            features.copyRow(node, row, 0);
            return row;
        }
        if (text.equals(ZERO)) {
            return row;
        }
        float[] numbers = numbers(text, text);
        if (numbers.length != 1 && numbers.length != row.length) {
            throw new InvalidRequestException("baseline gives " + numbers.length + " numbers; nodes have " + row.length
                    + " features; give one number, or one for each");
        }
        for (int f = 0; f < row.length; f++) {
            row[f] = numbers[numbers.length == 1 ? 0 : f];
        }
        return row;
    }

    /** The mean of each feature over all nodes. */
    static float[] mean(Features features) {
        double[] sums = new double[features.columns()];
        if (features instanceof SparseFeatures sparse) {
            IntBuffer indices = sparse.indices();
            FloatBuffer values = sparse.values();
            for (int i = 0; i < indices.limit(); i++) {
                sums[indices.get(i)] += values.get(i);
            }
        } else {
            float[] row = new float[features.columns()];
            for (int v = 0; v < features.rows(); v++) {
                features.copyRow(v, row, 0);
                for (int f = 0; f < row.length; f++) {
                    sums[f] += row[f];
                }
            }
        }
        float[] mean = new float[sums.length];
        for (int f = 0; f < mean.length; f++) {
            mean[f] = (float) (sums[f] / Math.max(1, features.rows()));
        }
        return mean;
    }
}
