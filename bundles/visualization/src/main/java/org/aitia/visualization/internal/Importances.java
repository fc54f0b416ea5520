package org.aitia.visualization.internal;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.model.FeatureMaskType;

/**
 * What an explanation says of its elements, the most important first: the contents of tables and hints. What sums several
 * values is net: in signed explanations what speaks for and what speaks against cancel out. Elements of importance 0 are
 * never listed.
 */
final class Importances {
    private Importances() {}

    /**
     * An element.
     *
     * @param name what it is
     * @param value its importance, of either sign
     * @param deviation of repeated runs; not a number if there were none or the value is a sum
     */
    record Entry(String name, double value, double deviation) {}

    static List<Entry> edges(Subject subject, int count) {
        return Subgraph.pairs(subject.explanation()).stream()
                .limit(count)
                .filter(pair -> pair.size() > 0)
                .map(pair -> new Entry(edge(subject, pair), pair.importance, pair.deviation))
                .toList();
    }

    private static String edge(Subject subject, Subgraph.Pair pair) {
        return edge(subject, pair.source, pair.target);
    }

    static String edge(Subject subject, int source, int target) {
        int from = target;
        boolean bothWays = subject.graph().edge(from, source) >= 0;
        return subject.nodeLabel(source) + (bothWays ? " – " : " → ") + subject.nodeLabel(target);
    }

    /** Nodes by their mask or the sum of their features, or without either by the most important edge of each. */
    static List<Entry> nodes(Subject subject, int count) {
        Explanation explanation = subject.explanation();
        float[] net = ofNodes(explanation);
        boolean single = explanation.featureMaskType() == FeatureMaskType.NODE;
        IntToDoubleFunction deviation = deviation(explanation, single);
        if (net.length > 0) {
            return entries(
                    net, count, i -> nodeName(subject, explanation.nodes()[i]), single ? deviation : i -> Double.NaN);
        }
        Map<Integer, Float> best = new HashMap<>();
        for (Subgraph.Pair pair : Subgraph.pairs(explanation)) {
            best.merge(pair.source, (float) pair.size(), Math::max);
            best.merge(pair.target, (float) pair.size(), Math::max);
        }
        int[] nodes =
                best.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
        float[] values = new float[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            values[i] = best.get(nodes[i]);
        }
        return entries(values, count, i -> nodeName(subject, nodes[i]), i -> Double.NaN);
    }

    private static String nodeName(Subject subject, int node) {
        int label = subject.graph().hasLabels() ? subject.graph().label(node) : -1;
        return subject.nodeName(node) + (label < 0 ? "" : ", " + Wording.nodeClass(subject, label));
    }

    /** Features, summed over nodes where there is a value for each. */
    static List<Entry> features(Subject subject, int count) {
        Explanation explanation = subject.explanation();
        boolean single = explanation.featureMaskType() == FeatureMaskType.FEATURE;
        return entries(
                ofFeatures(explanation), count, f -> subject.dataset().featureName(f), deviation(explanation, single));
    }

    /** Features of single nodes, with the values that they have there. */
    static List<Entry> nodeFeatures(Subject subject, int count) {
        Explanation explanation = subject.explanation();
        if (!isPerNodeAndFeature(explanation)) {
            return List.of();
        }
        return entries(
                explanation.featureMask(),
                count,
                i -> {
                    int position = nodeOf(explanation, i);
                    return subject.nodeLabel(explanation.nodes()[position]) + ": "
                            + valued(subject, position, columnOf(explanation, i));
                },
                deviation(explanation, true));
    }

    /** The features of one node, by its position. */
    static List<Entry> featuresOf(Subject subject, int position, int count) {
        Explanation explanation = subject.explanation();
        if (!isPerNodeAndFeature(explanation)) {
            return List.of();
        }
        int width = explanation.featureMask().length / explanation.nodes().length;
        boolean stored = explanation.featureMaskType() == FeatureMaskType.STORED;
        int from = stored ? explanation.storedOffsets()[position] : position * width;
        int to = stored ? explanation.storedOffsets()[position + 1] : from + width;
        IntToDoubleFunction deviation = deviation(explanation, true);
        return entries(
                Arrays.copyOfRange(explanation.featureMask(), from, to),
                count,
                i -> valued(subject, position, columnOf(explanation, from + i)),
                i -> deviation.applyAsDouble(from + i));
    }

    private static String valued(Subject subject, int position, int feature) {
        int node = subject.explanation().nodes()[position];
        return subject.dataset().featureName(feature) + " = "
                + Scale.text(subject.graph().features().value(node, feature));
    }

    /** Features of edges, summed over edges. */
    static List<Entry> edgeFeatures(Subject subject, int count) {
        int width = edgeFeatureCount(subject.explanation());
        float[] mask = subject.explanation().masks().edgeFeatures();
        float[] net = new float[width];
        for (int i = 0; i < mask.length; i++) {
            net[i % width] += mask[i];
        }
        return entries(net, count, d -> subject.dataset().edgeFeatureName(d), d -> Double.NaN);
    }

    /** The features of one edge, by its position. */
    static List<Entry> featuresOfEdge(Subject subject, int edge, int count) {
        int width = edgeFeatureCount(subject.explanation());
        float[] mask = subject.explanation().masks().edgeFeatures();
        return entries(
                width == 0 ? new float[0] : Arrays.copyOfRange(mask, edge * width, (edge + 1) * width),
                count,
                d -> subject.dataset().edgeFeatureName(d),
                d -> Double.NaN);
    }

    private static int edgeFeatureCount(Explanation explanation) {
        return explanation.edgeCount() == 0 ? 0 : explanation.masks().edgeFeatures().length / explanation.edgeCount();
    }

    /** Whether something speaks against what is explained. */
    static boolean isSigned(Explanation explanation) {
        MaskValues masks = explanation.masks();
        return hasNegative(masks.edges()) || hasNegative(masks.features()) || hasNegative(masks.edgeFeatures());
    }

    private static boolean hasNegative(float[] values) {
        for (float value : values) {
            if (value < 0) {
                return true;
            }
        }
        return false;
    }

    /** The net importance of each node; empty if there is none. */
    static float[] ofNodes(Explanation explanation) {
        float[] mask = explanation.featureMask();
        if (mask.length == 0 || explanation.featureMaskType() == FeatureMaskType.FEATURE) {
            return new float[0];
        }
        float[] sums = new float[explanation.nodes().length];
        explanation.forEachFeature((node, feature, value) -> sums[node] += value);
        return sums;
    }

    private static float[] ofFeatures(Explanation explanation) {
        // as many as the API finds, which knows how wide the mask is
        float[] sums = new float[explanation.featureImportance().length];
        if (sums.length > 0) {
            explanation.forEachFeature((node, feature, value) -> sums[feature] += value);
        }
        return sums;
    }

    private static boolean isPerNodeAndFeature(Explanation explanation) {
        return explanation.featureMask().length > 0
                && (explanation.featureMaskType() == FeatureMaskType.NODE_FEATURE
                        || explanation.featureMaskType() == FeatureMaskType.STORED);
    }

    private static int nodeOf(Explanation explanation, int index) {
        if (explanation.featureMaskType() == FeatureMaskType.NODE_FEATURE) {
            return index / (explanation.featureMask().length / explanation.nodes().length);
        }
        int[] offsets = explanation.storedOffsets();
        int low = 0;
        int high = offsets.length - 1;
        while (high - low > 1) { // the last node that begins at or before the value
            int middle = (low + high) >>> 1;
            if (offsets[middle] <= index) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int columnOf(Explanation explanation, int index) {
        return explanation.featureMaskType() == FeatureMaskType.STORED
                ? explanation.storedColumns()[index]
                : index % (explanation.featureMask().length / explanation.nodes().length);
    }

    private static IntToDoubleFunction deviation(Explanation explanation, boolean single) {
        float[] deviations = explanation
                .masks()
                .deviation()
                .map(MaskValues.Deviation::features)
                .orElse(new float[0]);
        return single && deviations.length > 0 ? i -> deviations[i] : i -> Double.NaN;
    }

    private static List<Entry> entries(
            float[] values, int count, IntFunction<String> name, IntToDoubleFunction deviation) {
        return IntStream.of(top(values, count))
                .mapToObj(i -> new Entry(name.apply(i), values[i], deviation.applyAsDouble(i)))
                .toList();
    }

    /** The positions of the largest absolute values, ties as they come; in a heap, as there may be millions of values. */
    static int[] top(float[] values, int count) {
        PriorityQueue<Integer> least = new PriorityQueue<>((a, b) -> {
            int bySize = Float.compare(Math.abs(values[a]), Math.abs(values[b]));
            return bySize == 0 ? Integer.compare(b, a) : bySize;
        });
        for (int i = 0; i < values.length && count > 0; i++) {
            if (values[i] != 0 && (least.size() < count || Math.abs(values[i]) > Math.abs(values[least.element()]))) {
                least.add(i);
                if (least.size() > count) {
                    least.remove();
                }
            }
        }
        Deque<Integer> falling = new ArrayDeque<>();
        while (!least.isEmpty()) {
            falling.push(least.remove());
        }
        return falling.stream().mapToInt(Integer::intValue).toArray();
    }
}
