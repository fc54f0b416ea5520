package org.aitia.explainer.ig.internal;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.engine.Rectifier;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.model.FeatureMaskType;
import org.osgi.service.component.annotations.Component;

/**
 * Integrated Gradients (Sundararajan, Taly, Yan: Axiomatic Attribution for Deep Networks, ICML 2017), equation 1, on
 * features and edges: attributions add up to what the output gains on the way from the baseline to the input.
 */
@Component(service = Explainer.class, property = "aitia.name=ig")
public final class IntegratedGradientsExplainer extends GradientExplainer<IgOptions> {
    /** Where features are the baseline and edges have weight 0, and the input. */
    private static final double[] ENDS = {0, 1};

    /** Makes the service. */
    public IntegratedGradientsExplainer() {
        super(
                "ig",
                "Integrated Gradients",
                "Splits what the output gains on a straight path, from baseline features and no edges to the input, among"
                        + " features and edges.",
                "Sundararajan, Taly, Yan: Axiomatic Attribution for Deep Networks, ICML 2017",
                IgOptions.class);
    }

    @Override
    boolean needsInput(IgOptions options) {
        return options.mask().explainsFeatures() && !new Baseline(options.baseline()).isZero();
    }

    @Override
    List<MaskValues> explain(Work<IgOptions> work, List<Integer> chosen) {
        IgOptions options = work.options();
        Baseline baseline = new Baseline(options.baseline());
        MaskValues[] results = new MaskValues[chosen.size()];
        List<Integer> pending = IntStream.range(0, results.length).boxed().toList();
        for (int steps = options.steps(); !pending.isEmpty(); steps *= 2) {
            List<Integer> targets = pending.stream().map(chosen::get).toList();
            Path path = integrate(work, baseline, targets, steps);
            boolean last = steps > options.maxSteps() / 2;
            List<Integer> again = new ArrayList<>();
            for (int i = 0; i < pending.size(); i++) {
                double delta = path.attribution.sums()[i] - (path.end[i] - path.start[i]);
                boolean converged = Math.abs(delta) <= options.tolerance();
                if (options.tolerance() > 0 && !converged && !last) {
                    again.add(pending.get(i));
                    continue;
                }
                Map<String, Double> diagnostics = new HashMap<>();
                diagnostics.put("steps", (double) steps);
                diagnostics.put("convergenceDelta", delta);
                diagnostics.put("completeness", path.end[i] - path.start[i]);
                diagnostics.put("baselineOutput", path.start[i]);
                if (options.tolerance() > 0) {
                    diagnostics.put("converged", converged ? 1.0 : 0.0);
                }
                ComputationGraph graph = work.batch().graphs().blocks().get(targets.get(i));
                results[pending.get(i)] = path.attribution.result(i, graph, options.scaling(), diagnostics);
            }
            pending = again;
        }
        return Arrays.asList(results);
    }

    /** Attributions and the outputs at both ends of the path, [targets]. */
    private record Path(Attribution attribution, double[] start, double[] end) {}

    private Path integrate(Work<IgOptions> work, Baseline baseline, List<Integer> chosen, int steps) {
        GraphKernels kernels = work.batch().engine().kernels();
        boolean input = needsInput(work.options());
        FeatureMaskType type = input ? FeatureMaskType.NODE_FEATURE : work.factorType();
        Rule.Weighted rule = work.options().method().of(steps);
        try (Replicas replicas = work.replicas(chosen, steps + ENDS.length, input);
                TensorScope scope = work.batch().engine().openScope()) {
            Optional<NDArray> way = input ? Optional.of(way(work, baseline, replicas)) : Optional.empty();
            Optional<StraightPath.FeatureLine> line =
                    input ? Optional.of(line(work, replicas, way.get())) : work.factors(type);
            GradientSum gradients = work.gradients(replicas, type, Rectifier.PLAIN, false);
            // several points at once: the ends are two more of them, of no weight; one by one they cost less unrecorded
            boolean together = replicas.copies() > 1;
            GradientSum.Sums sums = gradients.run(new StraightPath(
                    kernels,
                    together ? concatenated(rule.points(), ENDS) : rule.points(),
                    together ? concatenated(rule.weights(), new double[ENDS.length]) : rule.weights(),
                    line,
                    work.edges()));
            double[][] ends = together
                    ? Arrays.copyOfRange(sums.outputs(), steps, steps + ENDS.length)
                    : gradients.values(new StraightPath(kernels, ENDS, new double[ENDS.length], line, work.edges()));
            GradientSum.Values values = sums.values();
            if (input) {
                // plus 0 makes a -0 of a negative derivative by what does not move a 0
                values = new GradientSum.Values(
                        values.features().map(sum -> sum.mul(way.get()).add(0)), values.edges());
            }
            return new Path(work.attribution(replicas, values, type), ends[0], ends[1]);
        }
    }

    private static double[] concatenated(double[] first, double[] second) {
        return DoubleStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }

    /** From the baseline to the features, of the single targets, [N, F]. */
    private static NDArray way(Work<IgOptions> work, Baseline baseline, Replicas replicas) {
        GraphKernels kernels = work.batch().engine().kernels();
        int width = work.batch().session().model().info().shape().inputFeatures();
        float[][] from = replicas.base().blocks().stream().map(baseline::of).toArray(float[][]::new);
        return replicas.hold(manager -> FeatureInput.present(manager, kernels, replicas.base())
                .sub(FeatureInput.array(manager, replicas.base(), from, width)));
    }

    private static StraightPath.FeatureLine line(Work<IgOptions> work, Replicas replicas, NDArray way) {
        GraphKernels kernels = work.batch().engine().kernels();
        NDArray end = work.presentFeatures(replicas); // of all copies
        NDArray spread = replicas.copies() == 1 ? way : replicas.hold(m -> replicas.spread(kernels, Axis.ROWS, way));
        NDArray from = replicas.hold(m -> end.sub(spread));
        return new StraightPath.FeatureLine(
                FeatureMaskType.NODE_FEATURE, Optional.of(new StraightPath.Line(from, spread)));
    }
}
