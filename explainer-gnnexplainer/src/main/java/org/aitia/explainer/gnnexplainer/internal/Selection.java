package org.aitia.explainer.gnnexplainer.internal;

import java.util.Optional;
import org.aitia.api.Task;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.explain.Threshold;
import org.aitia.api.graph.ComputationGraph;

/** What stays of a mask: values above a threshold, the largest ones, as they are or relative to the largest. */
final class Selection {
    private final GnnExplainerOptions options;

    Selection(GnnExplainerOptions options) {
        this.options = options;
    }

    MaskValues apply(ExplanationTarget target, ComputationGraph graph, MaskValues masks) {
        MaskValues selected = options.threshold() > 0 ? above(masks) : masks;
        if (options.topk() > 0) {
            Threshold.Kind kind = options.topk() < 1 ? Threshold.Kind.FRACTION : Threshold.Kind.TOP_K;
            selected = new Threshold(kind, options.topk(), options.undirected())
                    .apply(Explanation.of(target, graph, selected), Task.NODE)
                    .masks();
        }
        boolean cut = options.threshold() > 0 || options.topk() > 0;
        return cut && options.thresholdKeep() == GnnExplainerOptions.ThresholdKeep.RENORMALIZE
                ? renormalized(selected)
                : selected;
    }

    private MaskValues above(MaskValues masks) {
        Optional<MaskValues.Deviation> deviation = masks.deviation()
                .map(d -> new MaskValues.Deviation(
                        above(masks.edges(), d.edges()),
                        above(masks.features(), d.features()),
                        above(masks.edgeFeatures(), d.edgeFeatures())));
        return new MaskValues(
                above(masks.edges(), masks.edges()),
                masks.featureType(),
                above(masks.features(), masks.features()),
                above(masks.edgeFeatures(), masks.edgeFeatures()),
                deviation,
                masks.diagnostics());
    }

    /** Values, with 0 where the mask is not above the threshold. */
    private float[] above(float[] mask, float[] values) {
        float[] kept = new float[values.length];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = mask[i] > (float) options.threshold() ? values[i] : 0;
        }
        return kept;
    }

    private static MaskValues renormalized(MaskValues masks) {
        float edges = largest(masks.edges());
        float features = largest(masks.features());
        float edgeFeatures = largest(masks.edgeFeatures());
        return new MaskValues(
                divided(masks.edges(), edges),
                masks.featureType(),
                divided(masks.features(), features),
                divided(masks.edgeFeatures(), edgeFeatures),
                masks.deviation()
                        .map(d -> new MaskValues.Deviation(
                                divided(d.edges(), edges),
                                divided(d.features(), features),
                                divided(d.edgeFeatures(), edgeFeatures))),
                masks.diagnostics());
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    private static float[] divided(float[] values, float divisor) {
        float[] divided = new float[values.length];
        for (int i = 0; i < divided.length; i++) {
            divided[i] = divisor == 0 ? 0 : values[i] / divisor;
        }
        return divided;
    }
}
