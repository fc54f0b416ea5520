package org.aitia.evaluation.internal;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.aitia.api.Seeds;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.Threshold;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.option.Option;

/**
 * Robust fidelity (Zheng et al. 2024): parts of the explanation are removed, or most of the rest is kept, so that the
 * model sees inputs like those that it was trained on. Edges are drawn; the two directions of an edge share their lot.
 */
final class RobustFidelity {
    private RobustFidelity() {}

    /**
     * Options.
     *
     * @param alpha share of edges that are drawn
     * @param samples how many draws
     * @param threshold what an explanation is
     * @param measure what is compared
     * @param removal what masking an edge means
     */
    record PlusOptions(
            @Option(
                    description = "alpha1, the chance of each edge of the explanation to be removed; 1 is plain"
                            + " fidelity+",
                    defaultValue = "0.1",
                    min = 0,
                    minExclusive = true,
                    max = 1,
                    source = "Zheng et al. 2024")
            double alpha,

            @Option(description = SAMPLES, defaultValue = "50", min = 1, max = 100000, source = "Zheng et al. 2024")
            int samples,

            @Option(description = THRESHOLD, defaultValue = "fraction:0.2:undirected")
            String threshold,

            @Option(description = Measure.MEANING, defaultValue = "probability")
            Measure measure,

            @Option(description = Removal.MEANING, defaultValue = "hard")
            Removal removal) {
        /** Checks the threshold. */
        PlusOptions {
            Threshold.parse(threshold);
        }
    }

    /**
     * Options.
     *
     * @param alpha share of edges that are drawn
     * @param samples how many draws
     * @param threshold what an explanation is
     * @param measure what is compared
     * @param removal what masking an edge means
     */
    record MinusOptions(
            @Option(
                    description = "alpha2, the chance of each edge outside the explanation to be kept; 0 is plain"
                            + " fidelity-",
                    defaultValue = "0.9",
                    min = 0,
                    max = 1,
                    maxExclusive = true,
                    source = "Zheng et al. 2024")
            double alpha,

            @Option(description = SAMPLES, defaultValue = "50", min = 1, max = 100000, source = "Zheng et al. 2024")
            int samples,

            @Option(description = THRESHOLD, defaultValue = "fraction:0.2:undirected")
            String threshold,

            @Option(description = Measure.MEANING, defaultValue = "probability")
            Measure measure,

            @Option(description = Removal.MEANING, defaultValue = "hard")
            Removal removal) {
        /** Checks the threshold. */
        MinusOptions {
            Threshold.parse(threshold);
        }
    }

    static final String SAMPLES = "how many draws per target";
    static final String THRESHOLD = "which edges are the explanation: " + Threshold.SYNTAX;

    /** Which edges a draw can remove, and how likely. */
    interface Chance {
        /**
         * Returns the chance of an edge to be removed.
         *
         * @param explains whether it belongs to the explanation
         */
        double of(boolean explains);
    }

    /** Mean losses of the targets. */
    static double[] losses(
            String metric,
            MetricContext context,
            Threshold threshold,
            int samples,
            Measure measure,
            Removal removal,
            Chance chance) {
        KeptMasks masks = new KeptMasks(metric, context.result(), Elements.EDGES, threshold, true);
        List<Explanation> explanations = context.result().explanations();
        float[][] kept = new float[explanations.size()][];
        Arrays.setAll(kept, i -> masks.of(i).edges()); // once, not for every draw
        List<double[]> before = context.predict(masks.unchanged());
        List<double[]> after = context.predict(new Variants(explanations.size(), samples, (i, k) -> {
            Explanation explanation = explanations.get(i);
            long seed = Seeds.derive(
                    Seeds.derive(context.seed(), explanation.target().id()), k);
            float[] drawn = draw(explanation, kept[i], chance, seed);
            return new KeptMasks.Masks(drawn, new float[0]).variant(i, removal.isHard());
        }));
        double[] losses = new double[explanations.size()];
        for (int i = 0; i < losses.length; i++) {
            if (explanations.get(i).edgeMask().length == 0) {
                losses[i] = Double.NaN;
                continue;
            }
            double sum = 0;
            for (int k = 0; k < samples; k++) {
                sum += measure.loss(explanations.get(i).target(), before.get(i), after.get(i * samples + k));
            }
            losses[i] = sum / samples;
        }
        return losses;
    }

    /** 0 for each edge that is removed, 1 for the others. */
    private static float[] draw(Explanation explanation, float[] kept, Chance chance, long seed) {
        float[] drawn = new float[kept.length];
        for (int e = 0; e < kept.length; e++) {
            int source = explanation.edgeSources()[e];
            int target = explanation.edgeTargets()[e];
            long pair = (long) Math.min(source, target) << Integer.SIZE | Math.max(source, target);
            RandomGenerator own = Seeds.generator(Seeds.derive(seed, pair)); // the same for both directions
            drawn[e] = own.nextDouble() < chance.of(kept[e] > 0) ? 0 : 1;
        }
        return drawn;
    }
}
