package org.aitia.explainer.ig.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.aitia.api.engine.Rectifier;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Features;
import org.aitia.api.graph.Graph;
import org.aitia.api.model.FeatureMaskType;
import org.osgi.service.component.annotations.Component;

/**
 * The service {@code gradient-shap}: the expectation of Integrated Gradients over a distribution of baselines, each
 * draw with one point of the path chosen by chance.
 */
@Component(service = Explainer.class, property = "aitia.name=gradient-shap")
public final class GradientShapExplainer extends GradientExplainer<GradientShapOptions> {
    private static final float[] NONE = {};

    /** Makes the service. */
    public GradientShapExplainer() {
        super(
                "gradient-shap",
                "Gradient SHAP",
                "Mean over random baselines and random points between baseline and input of derivative times difference;"
                        + " approximates SHAP values.",
                "Lundberg and Lee: A Unified Approach to Interpreting Model Predictions, NeurIPS 2017; Erion et al.:"
                        + " Improving Performance of Deep Learning Models with Axiomatic Attribution Priors and Expected"
                        + " Gradients, Nature Machine Intelligence 2021",
                GradientShapOptions.class);
    }

    @Override
    boolean needsInput(GradientShapOptions options) {
        return options.mask().explainsFeatures();
    }

    @Override
    List<MaskValues> explain(Work<GradientShapOptions> work, List<Integer> chosen) {
        GradientShapOptions options = work.options();
        boolean input = needsInput(options);
        FeatureMaskType type = FeatureMaskType.NODE_FEATURE;
        int samples = options.samples();
        try (Replicas replicas = work.replicas(chosen, samples, input);
                TensorScope scope = work.batch().engine().openScope()) {
            Draws draws = new Draws(options);
            GradientSum gradients = work.gradients(replicas, type, Rectifier.PLAIN, false);
            double share = 1.0 / samples;
            GradientSum.Values values = gradients
                    .run(new Samples(samples, work.edges(), (block, target, random) -> draws.between(block, random)))
                    .values()
                    .each(sum -> sum.mul(share));
            double[][] starts = gradients.values(
                    new Samples(samples, work.edges(), (block, target, random) -> draws.start(block, random)));
            double[][] ends =
                    gradients.values(new Samples(1, work.edges(), (block, target, random) -> draws.end(block)));
            Attribution attribution = work.attribution(replicas, values, type);
            List<MaskValues> results = new ArrayList<>();
            for (int b = 0; b < replicas.targets().size(); b++) {
                double start = 0;
                for (double[] row : starts) {
                    start += row[b] * share;
                }
                double gain = ends[0][b] - start;
                Map<String, Double> diagnostics = Map.of(
                        "samples",
                        (double) samples,
                        "completeness",
                        gain,
                        "convergenceDelta",
                        attribution.sums()[b] - gain,
                        "baselineOutput",
                        start);
                results.add(attribution.result(b, replicas.base().blocks().get(b), options.scaling(), diagnostics));
            }
            return results;
        }
    }

    /** Draws inputs; those of one stream have the same baseline and noise. */
    private static final class Draws {
        private final GradientShapOptions options;
        private final Map<Graph, float[]> means = new HashMap<>();

        Draws(GradientShapOptions options) {
            this.options = options;
        }

        Samples.Drawn between(ComputationGraph block, RandomGenerator random) {
            float alpha = (float) random.nextDouble();
            float[] start = baseline(block, random);
            float[] end = noisy(block, random);
            float[] way = new float[end.length];
            for (int i = 0; i < end.length; i++) {
                way[i] = end[i] - start[i];
                start[i] += alpha * way[i];
            }
            return new Samples.Drawn(start, way, edges(block, alpha));
        }

        Samples.Drawn start(ComputationGraph block, RandomGenerator random) {
            random.nextDouble(); // the place on the path
            return new Samples.Drawn(baseline(block, random), NONE, edges(block, 0));
        }

        Samples.Drawn end(ComputationGraph block) {
            return new Samples.Drawn(present(block), NONE, edges(block, 1));
        }

        private float[] present(ComputationGraph block) {
            return options.mask().explainsFeatures() ? FeatureInput.read(List.of(block))[0] : NONE;
        }

        private float[] noisy(ComputationGraph block, RandomGenerator random) {
            float[] features = present(block);
            for (int i = 0; i < features.length && options.sd() > 0; i++) {
                features[i] += (float) (options.sd() * random.nextGaussian());
            }
            return features;
        }

        private static float[] edges(ComputationGraph block, float weight) {
            float[] edges = new float[block.edgeCount()];
            java.util.Arrays.fill(edges, weight);
            return edges;
        }

        private float[] baseline(ComputationGraph block, RandomGenerator random) {
            if (!options.mask().explainsFeatures()) {
                return NONE;
            }
            Graph graph = block.graph();
            Features features = graph.features();
            int width = features.columns();
            float[] values = new float[Math.multiplyExact(block.nodeCount(), width)];
            for (int v = 0; v < block.nodeCount(); v++) {
                switch (options.baselines()) {
                    case NODES -> features.copyRow(random.nextInt(graph.nodeCount()), values, v * width);
                    case MEAN ->
                        System.arraycopy(
                                means.computeIfAbsent(graph, g -> Baseline.mean(g.features())),
                                0,
                                values,
                                v * width,
                                width);
                    case ZERO -> {
                        // as allocated
                    }
                }
            }
            return values;
        }
    }
}
