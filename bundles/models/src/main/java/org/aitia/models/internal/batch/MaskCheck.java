package org.aitia.models.internal.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.Masks;

/** Refuses masks that do not fit a batch. */
public final class MaskCheck {
    private MaskCheck() {}

    /**
     * Checks shapes.
     *
     * @param batch what is masked
     * @param masks any masks
     * @param features per node
     * @throws InvalidRequestException if a mask is of another shape than the batch needs
     */
    public static void check(GraphBatch batch, Masks masks, long features) {
        masks.edge().ifPresent(mask -> check("edge", mask, new Shape(batch.edgeCount())));
        masks.feature()
                .ifPresent(mask -> check(
                        "feature",
                        mask,
                        switch (masks.featureType()) {
                            case NODE -> new Shape(batch.nodeCount(), 1);
                            case FEATURE -> new Shape(batch.blocks().size(), features);
                            case NODE_FEATURE -> new Shape(batch.nodeCount(), features);
                            case STORED -> new Shape(batch.storedOffsets()[batch.nodeCount()]);
                        }));
    }

    private static void check(String kind, NDArray mask, Shape expected) {
        if (!mask.getShape().equals(expected)) {
            throw new InvalidRequestException(
                    "the " + kind + " mask has shape " + mask.getShape() + "; this batch needs " + expected);
        }
    }
}
