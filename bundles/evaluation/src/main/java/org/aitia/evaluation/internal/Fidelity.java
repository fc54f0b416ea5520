package org.aitia.evaluation.internal;

import java.util.List;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.Variant;

/** Fidelity+ and fidelity- of every target (Pope et al. 2019; Yuan et al. 2022; GraphFramEx, Amara et al. 2022). */
final class Fidelity {
    private Fidelity() {}

    /** What is lost without the explanation. */
    static double[] plus(MetricContext context, Measure measure, KeptMasks masks) {
        return losses(context, measure, masks, masks.removed());
    }

    /** What is lost with nothing but the explanation. */
    static double[] minus(MetricContext context, Measure measure, KeptMasks masks) {
        return losses(context, measure, masks, masks.kept());
    }

    private static double[] losses(MetricContext context, Measure measure, KeptMasks masks, List<Variant> changed) {
        List<double[]> before = context.predict(masks.unchanged());
        List<double[]> after = context.predict(changed);
        double[] losses = new double[masks.size()];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = measure.loss(context.result().explanations().get(i).target(), before.get(i), after.get(i));
        }
        return losses;
    }
}
