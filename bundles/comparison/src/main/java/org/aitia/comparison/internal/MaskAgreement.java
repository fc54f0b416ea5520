package org.aitia.comparison.internal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aitia.api.explain.Explanation;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.ranking.NaNStrategy;
import org.apache.commons.statistics.ranking.NaturalRanking;
import org.apache.commons.statistics.ranking.TiesStrategy;

/** How alike two masks on the same elements are, by the sizes of their values. */
final class MaskAgreement {
    /** How many of the most important edges are compared. */
    static final int TOP = 10;

    private static final NaturalRanking RANKING = new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE);

    private MaskAgreement() {}

    /** What of an explanation is compared. */
    interface Part {
        float[] of(Explanation explanation);
    }

    /**
     * Returns Spearman's rank correlation for each target: 1 for equal masks, NaN where it is not defined.
     *
     * @param first explanations
     * @param second of the same targets on the same computation graphs
     */
    static double[] correlations(List<Explanation> first, List<Explanation> second, Part part) {
        return IntStream.range(0, first.size())
                .mapToDouble(i -> spearman(part.of(first.get(i)), part.of(second.get(i))))
                .toArray();
    }

    static double spearman(float[] first, float[] second) {
        if (first.length == 0 || first.length != second.length) {
            return Double.NaN;
        }
        double[] a = sizes(first);
        double[] b = sizes(second);
        if (Arrays.equals(a, b)) {
            return 1;
        }
        return pearson(RANKING.apply(a), RANKING.apply(b));
    }

    private static double pearson(double[] a, double[] b) {
        double meanA = Mean.of(a).getAsDouble();
        double meanB = Mean.of(b).getAsDouble();
        double products = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int i = 0; i < a.length; i++) {
            products += (a[i] - meanA) * (b[i] - meanB);
            squaresA += (a[i] - meanA) * (a[i] - meanA);
            squaresB += (b[i] - meanB) * (b[i] - meanB);
        }
        return squaresA == 0 || squaresB == 0 ? Double.NaN : products / Math.sqrt(squaresA * squaresB);
    }

    /** Returns the share of the most important edges of one that are among those of the other, for each target. */
    static double[] topEdges(List<Explanation> first, List<Explanation> second) {
        return IntStream.range(0, first.size())
                .mapToDouble(
                        i -> sharedTop(first.get(i).edgeMask(), second.get(i).edgeMask()))
                .toArray();
    }

    static double sharedTop(float[] first, float[] second) {
        // of few edges the most important ones are all
        if (first.length <= TOP || first.length != second.length) {
            return Double.NaN;
        }
        Set<Integer> best = top(second);
        return top(first).stream().filter(best::contains).count() / (double) TOP;
    }

    private static Set<Integer> top(float[] mask) {
        return IntStream.range(0, mask.length)
                .boxed()
                .sorted(Comparator.comparingDouble(e -> -Math.abs(mask[e])))
                .limit(TOP)
                .collect(Collectors.toSet());
    }

    private static double[] sizes(float[] mask) {
        double[] sizes = new double[mask.length];
        for (int i = 0; i < mask.length; i++) {
            sizes[i] = Math.abs(mask[i]);
        }
        return sizes;
    }

    /** Tells whether both explain the same elements, so that masks can be compared one by one. */
    static boolean sameElements(List<Explanation> first, List<Explanation> second) {
        if (first.size() != second.size()) {
            return false;
        }
        for (int i = 0; i < first.size(); i++) {
            Explanation a = first.get(i);
            Explanation b = second.get(i);
            if (a.target().id() != b.target().id()
                    || a.featureMask().length != b.featureMask().length
                    || a.edgeMask().length != b.edgeMask().length
                    || !Arrays.equals(a.nodes(), b.nodes())
                    || !Arrays.equals(a.edgeSources(), b.edgeSources())
                    || !Arrays.equals(a.edgeTargets(), b.edgeTargets())) {
                return false;
            }
        }
        return true;
    }
}
