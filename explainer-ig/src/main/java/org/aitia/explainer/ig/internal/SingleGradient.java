package org.aitia.explainer.ig.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aitia.api.engine.Rectifier;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.model.FeatureMaskType;

/** The derivative of the explained quantity at the input, one pass for all targets. */
abstract class SingleGradient<O extends Record & GradientOptions> extends GradientExplainer<O> {
    private final Rectifier rectifier;
    private final boolean timesInput;

    /**
     * A method.
     *
     * @param rectifier how derivatives pass ReLUs
     * @param timesInput whether the derivative by a feature is multiplied by the feature
     */
    SingleGradient(
            String name,
            String title,
            String description,
            String paper,
            Class<O> options,
            Rectifier rectifier,
            boolean timesInput) {
        super(name, title, description, paper, options);
        this.rectifier = rectifier;
        this.timesInput = timesInput;
    }

    /** Whether signs are dropped. */
    boolean absolute(O options) {
        return false;
    }

    @Override
    final boolean needsInput(O options) {
        return !timesInput && options.mask().explainsFeatures();
    }

    @Override
    final List<MaskValues> explain(Work<O> work, List<Integer> chosen) {
        boolean input = needsInput(work.options());
        FeatureMaskType type = input ? FeatureMaskType.NODE_FEATURE : work.factorType();
        try (Replicas replicas = work.replicas(chosen, 1, input);
                TensorScope scope = work.batch().engine().openScope()) {
            Points points = input
                    ? new PresentInput(work.presentFeatures(replicas), work.edges())
                    : new StraightPath(
                            work.batch().engine().kernels(),
                            new double[] {1},
                            new double[] {1},
                            work.factors(type),
                            work.edges());
            GradientSum.Values values =
                    work.gradients(replicas, type, rectifier, false).run(points).values();
            if (absolute(work.options())) {
                values = values.absolute();
            }
            Attribution attribution = work.attribution(replicas, values, type);
            List<MaskValues> results = new ArrayList<>();
            for (int b = 0; b < replicas.targets().size(); b++) {
                results.add(attribution.result(
                        b, replicas.base().blocks().get(b), work.options().scaling(), Map.of()));
            }
            return results;
        }
    }
}
