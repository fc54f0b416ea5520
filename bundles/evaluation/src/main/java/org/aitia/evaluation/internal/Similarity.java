package org.aitia.evaluation.internal;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aitia.api.explain.Explanation;
import org.aitia.api.model.FeatureMaskType;

/** How alike two explanations of one target are, whose computation graphs may differ. */
enum Similarity {
    /** The cosine of the angle between their importances. */
    COSINE,
    /** The Jaccard index of their most important elements. */
    JACCARD;

    /** What an option says. */
    static final String MEANING = "how two explanations are compared: by the cosine of their importances, or by the"
            + " Jaccard index of their most important elements";

    /** What an option says. */
    static final String TOP = "share of elements that counts as most important, for similarity=jaccard";

    /**
     * Compares.
     *
     * @param first importances by element
     * @param second importances by element; what is missing in one is 0
     * @param top share of elements compared by {@link #JACCARD}
     * @return at most 1; 1 if both are 0 throughout, 0 if one is
     */
    double of(Map<Element, Double> first, Map<Element, Double> second, double top) {
        return this == COSINE ? cosine(first, second) : jaccard(top(first, top), top(second, top));
    }

    /**
     * An element of an input.
     *
     * @param source of an edge, or -1
     * @param node target of an edge, or a node, or -1
     * @param feature of a node, or -1
     */
    record Element(int source, int node, int feature) {}

    /** The importances of an explanation that are not 0, by element. */
    static Map<Element, Double> importances(Explanation explanation, Elements elements) {
        Map<Element, Double> importances = new HashMap<>();
        float[] edges = elements.edges(explanation);
        for (int e = 0; e < edges.length; e++) {
            if (edges[e] != 0) {
                Element element =
                        new Element(explanation.edgeSources()[e], explanation.edgeTargets()[e], -1);
                importances.put(element, (double) edges[e]);
            }
        }
        if (elements.features(explanation).length > 0) {
            boolean shared = explanation.featureMaskType() == FeatureMaskType.FEATURE;
            explanation.forEachFeature((node, feature, value) -> {
                if (value != 0) {
                    int number = shared ? -1 : explanation.nodes()[node];
                    importances.put(new Element(-1, number, feature), (double) value);
                }
            });
        }
        return importances;
    }

    /** The cosine of two arrays of the same elements. */
    static double cosine(float[] first, float[] second) {
        double product = 0;
        double a = 0;
        double b = 0;
        for (int i = 0; i < first.length; i++) {
            product += (double) first[i] * second[i];
            a += (double) first[i] * first[i];
            b += (double) second[i] * second[i];
        }
        return cosine(product, a, b);
    }

    private static double cosine(Map<Element, Double> first, Map<Element, Double> second) {
        double product = 0;
        for (Map.Entry<Element, Double> entry : first.entrySet()) {
            product += entry.getValue() * second.getOrDefault(entry.getKey(), 0.0);
        }
        return cosine(product, squares(first), squares(second));
    }

    private static double squares(Map<Element, Double> importances) {
        return importances.values().stream().mapToDouble(x -> x * x).sum();
    }

    private static double cosine(double product, double a, double b) {
        if (a == 0 || b == 0) {
            return a == b ? 1 : 0;
        }
        return Math.max(-1, Math.min(1, product / Math.sqrt(a * b)));
    }

    private static Set<Element> top(Map<Element, Double> importances, double share) {
        long count = Math.max(1, Math.round(share * importances.size()));
        return importances.entrySet().stream()
                .sorted(Comparator.comparingDouble((Map.Entry<Element, Double> x) -> -Math.abs(x.getValue()))
                        .thenComparing(x -> x.getKey().source())
                        .thenComparing(x -> x.getKey().node())
                        .thenComparing(x -> x.getKey().feature()))
                .limit(count)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** The Jaccard index of the most important of two arrays of the same elements; zeros are never important. */
    static double jaccard(float[] first, float[] second, double share) {
        return jaccard(top(first, share), top(second, share));
    }

    private static Set<Integer> top(float[] values, double share) {
        long count = Math.max(1, Math.round(share * values.length));
        return IntStream.range(0, values.length)
                .filter(i -> values[i] != 0)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(values[i])))
                .limit(count)
                .collect(Collectors.toSet());
    }

    private static <T> double jaccard(Set<T> first, Set<T> second) {
        if (first.isEmpty() && second.isEmpty()) {
            return 1;
        }
        Set<T> both = new HashSet<>(first);
        both.retainAll(second);
        return (double) both.size() / (first.size() + second.size() - both.size());
    }
}
