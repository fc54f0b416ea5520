package org.aitia.models.internal.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.Masks;

/** Refuses masks that do not fit a batch. Asked in every pass, so what takes time is found out once. One thread. */
public final class MaskCheck {
    private static final long UNKNOWN = -1;

    private final GraphBatch batch;
    private final long features;
    private final long edgeFeatures;
    private long stored = UNKNOWN;

    /**
     * For one batch.
     *
     * @param batch what is masked
     * @param features per node
     * @param edgeFeatures per edge, of those that the model looks at; 0 if it looks at none
     */
    public MaskCheck(GraphBatch batch, long features, long edgeFeatures) {
        this.batch = batch;
        this.features = features;
        this.edgeFeatures = edgeFeatures;
    }

    /**
     * Checks shapes.
     *
     * @param masks any masks
     * @throws InvalidRequestException if a mask is of another shape than the batch needs
     */
    public void check(Masks masks) {
        masks.edge().ifPresent(mask -> check("edge", mask, new Shape(batch.edgeCount())));
        masks.feature().ifPresent(mask -> check("feature", mask, featureShape(masks.featureType())));
        masks.edgeFeature().ifPresent(mask -> {
            if (edgeFeatures == 0) {
                throw new InvalidRequestException(
                        "the model does not look at features of edges, so they cannot be masked; mask edges, or use a"
                                + " model that does: gat or gatv2 on a graph that has features of edges");
            }
            check("edge feature", mask, new Shape(batch.edgeCount(), edgeFeatures));
        });
    }

    private Shape featureShape(FeatureMaskType type) {
        return switch (type) {
            case NODE -> new Shape(batch.nodeCount(), 1);
            case FEATURE -> new Shape(batch.blocks().size(), features);
            case NODE_FEATURE -> new Shape(batch.nodeCount(), features);
            case STORED -> new Shape(stored());
        };
    }

    private long stored() {
        if (stored == UNKNOWN) {
            stored = batch.storedOffsets()[batch.nodeCount()];
        }
        return stored;
    }

    private static void check(String kind, NDArray mask, Shape expected) {
        if (!mask.getShape().equals(expected)) {
            throw new InvalidRequestException(
                    "the " + kind + " mask has shape " + mask.getShape() + "; this batch needs " + expected);
        }
    }
}
