package org.aitia.api.model;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * Masks of one batch, as differentiable arrays on its device.
 *
 * <p>An edge mask multiplies the <em>message</em> along each edge, after normalisation or attention, in every layer;
 * self-loops, those of the graph and those that a layer adds, keep weight 1 (GNNExplainer; PyG
 * {@code explain_message}). A feature mask multiplies the input features. Values are meant to lie in [0, 1]; others
 * are computed with as they are (gradient methods use that).
 *
 * @param edge [E] in the batch's edge order, or empty for all ones
 * @param feature of the shape that {@code featureType} says, in the batch's row (or block) order, or empty for all
 *     ones
 * @param featureType the shape of {@code feature}
 */
public record Masks(Optional<NDArray> edge, Optional<NDArray> feature, FeatureMaskType featureType) {
    /** No masks. */
    public static final Masks NONE = new Masks(Optional.empty(), Optional.empty(), FeatureMaskType.NODE);

    /**
     * Masks edges only.
     *
     * @param edge [E]
     * @return the masks
     */
    public static Masks ofEdges(NDArray edge) {
        return new Masks(Optional.of(edge), Optional.empty(), FeatureMaskType.NODE);
    }

    /**
     * Masks features only.
     *
     * @param feature of the shape of {@code type}
     * @param type its shape
     * @return the masks
     */
    public static Masks ofFeatures(NDArray feature, FeatureMaskType type) {
        return new Masks(Optional.empty(), Optional.of(feature), type);
    }
}
