package org.aitia.explainer.ig.internal;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.aitia.api.engine.Rectifier;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.model.FeatureMaskType;
import org.osgi.service.component.annotations.Component;

/** The service {@code smoothgrad}: SmoothGrad, SmoothGrad squared and VarGrad. */
@Component(service = Explainer.class, property = "aitia.name=smoothgrad")
public final class SmoothGradExplainer extends GradientExplainer<SmoothGradOptions> {
    private static final float[] NO_FACTORS = {};

    /** Makes the service. */
    public SmoothGradExplainer() {
        super(
                "smoothgrad",
                "SmoothGrad",
                "Mean (or variance: VarGrad) of the derivative over inputs with noise.",
                "Smilkov, Thorat, Kim, Viégas, Wattenberg: SmoothGrad, 2017; Adebayo et al.: Local Explanation Methods"
                        + " for Deep Neural Networks Lack Sensitivity to Parameter Values, 2018 (VarGrad)",
                SmoothGradOptions.class);
    }

    @Override
    boolean needsInput(SmoothGradOptions options) {
        return true; // edges alone are explained under noise on features, too
    }

    @Override
    List<MaskValues> explain(Work<SmoothGradOptions> work, List<Integer> chosen) {
        SmoothGradOptions options = work.options();
        boolean squares = options.type() != SmoothGradOptions.Type.SMOOTHGRAD;
        FeatureMaskType type = FeatureMaskType.NODE_FEATURE;
        try (Replicas replicas = work.replicas(chosen, options.samples(), true);
                TensorScope scope = work.batch().engine().openScope()) {
            Points points = new Samples(
                    options.samples(), work.edges(), (block, target, random) -> draw(options, block, random));
            GradientSum.Sums sums =
                    work.gradients(replicas, type, Rectifier.PLAIN, squares).run(points);
            GradientSum.Values values = combined(sums, options);
            Attribution attribution = work.attribution(replicas, options.absolute() ? values.absolute() : values, type);
            List<MaskValues> results = new ArrayList<>();
            for (int b = 0; b < replicas.targets().size(); b++) {
                results.add(attribution.result(
                        b, replicas.base().blocks().get(b), options.scaling(), Map.of("samples", (double)
                                options.samples())));
            }
            return results;
        }
    }

    private static GradientSum.Values combined(GradientSum.Sums sums, SmoothGradOptions options) {
        double share = 1.0 / options.samples();
        GradientSum.Values means = sums.values().each(sum -> sum.mul(share));
        if (sums.squares().isEmpty()) {
            return means;
        }
        GradientSum.Values squares = sums.squares().get().each(sum -> sum.mul(share));
        if (options.type() == SmoothGradOptions.Type.SMOOTHGRAD_SQ) {
            return squares;
        }
        return new GradientSum.Values(
                squares.features().map(s -> variance(s, means.features().orElseThrow())),
                squares.edges().map(s -> variance(s, means.edges().orElseThrow())));
    }

    private static NDArray variance(NDArray square, NDArray mean) {
        return square.sub(mean.square()).maximum(0); // rounding must not make it negative
    }

    private static Samples.Drawn draw(SmoothGradOptions options, ComputationGraph block, RandomGenerator random) {
        float[] features = FeatureInput.read(List.of(block))[0];
        double deviation = options.sd() * (options.sdUnit() == SmoothGradOptions.Unit.RANGE ? range(features) : 1);
        for (int i = 0; i < features.length; i++) {
            features[i] += (float) (deviation * random.nextGaussian());
        }
        float[] edges = new float[block.edgeCount()];
        for (int e = 0; e < edges.length; e++) {
            edges[e] = 1 + (options.edgeSd() == 0 ? 0 : (float) (options.edgeSd() * random.nextGaussian()));
        }
        return new Samples.Drawn(features, NO_FACTORS, edges);
    }

    private static double range(float[] values) {
        float least = Float.POSITIVE_INFINITY;
        float greatest = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
        return values.length == 0 ? 0 : greatest - least;
    }
}
