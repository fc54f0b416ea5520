package org.aitia.api.model;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.aitia.api.engine.Rectifier;

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
 * @param edgeFeature [E, D] in the batch's edge order: multiplies the features of edges; or empty for all ones. Only
 *     for models whose shape has features of edges
 * @param rectifier how derivatives pass the model's ReLUs
 */
public record Masks(
        Optional<NDArray> edge,
        Optional<NDArray> feature,
        FeatureMaskType featureType,
        Optional<NDArray> edgeFeature,
        Rectifier rectifier) {
    /** No masks. */
    public static final Masks NONE = new Masks(Optional.empty(), Optional.empty(), FeatureMaskType.NODE);

    /**
     * Masks on edges and features of nodes.
     *
     * @param edge [E], or empty for all ones
     * @param feature of the shape that {@code featureType} says, or empty for all ones
     * @param featureType the shape of {@code feature}
     */
    public Masks(Optional<NDArray> edge, Optional<NDArray> feature, FeatureMaskType featureType) {
        this(edge, feature, featureType, Optional.empty(), Rectifier.PLAIN);
    }

    /**
     * Returns these masks with another rule for the derivatives of ReLUs.
     *
     * @param rule the rule
     * @return a copy
     */
    public Masks with(Rectifier rule) {
        return new Masks(edge, feature, featureType, edgeFeature, rule);
    }

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
