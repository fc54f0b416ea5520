package org.aitia.explanations.internal;

import java.util.List;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.model.FeatureMaskType;

/** Does not trust what explainers return. */
final class MaskCheck {
    private MaskCheck() {}

    static void check(ExplanationJob job, List<ComputationGraph> graphs, List<MaskValues> masks) {
        if (masks.size() != graphs.size()) {
            throw ExplainerCall.defect(job, masks.size() + " results for " + graphs.size() + " targets");
        }
        for (int b = 0; b < masks.size(); b++) {
            check(job, graphs.get(b), masks.get(b));
            checkFinite(job, masks.get(b).edges());
            checkFinite(job, masks.get(b).features());
            checkFinite(job, masks.get(b).edgeFeatures());
        }
    }

    /** A NaN that is stored shows itself only when someone ranks or draws it. */
    private static void checkFinite(ExplanationJob job, float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw ExplainerCall.defect(job, "the importance " + value + ", which is no finite number");
            }
        }
    }

    private static void check(ExplanationJob job, ComputationGraph graph, MaskValues masks) {
        int edges = graph.edgeCount();
        int found = masks.edges().length;
        if (found != 0 && found != edges) {
            throw ExplainerCall.defect(job, "an edge mask of " + found + " values for " + edges + " edges");
        }
        long values = featureMaskSize(job, masks.featureType(), graph);
        found = masks.features().length;
        if (found != 0 && found != values) {
            throw ExplainerCall.defect(job, "a feature mask of " + found + " values where there should be " + values);
        }
        values = (long) edges * job.model().shape().edgeFeatures();
        found = masks.edgeFeatures().length;
        if (found != 0 && found != values) {
            throw ExplainerCall.defect(
                    job, "a mask on features of edges of " + found + " values where there should be " + values);
        }
        masks.deviation().ifPresent(deviation -> {
            if (deviation.edges().length != masks.edges().length
                    || deviation.features().length != masks.features().length
                    || deviation.edgeFeatures().length != masks.edgeFeatures().length) {
                throw ExplainerCall.defect(job, "deviations of other sizes than its masks");
            }
        });
    }

    static long featureMaskSize(ExplanationJob job, FeatureMaskType type, ComputationGraph graph) {
        long features = job.model().shape().inputFeatures();
        return switch (type) {
            case NODE -> graph.nodeCount();
            case FEATURE -> features;
            case NODE_FEATURE -> graph.nodeCount() * features;
            case STORED -> graph.storedOffsets()[graph.nodeCount()];
        };
    }
}
