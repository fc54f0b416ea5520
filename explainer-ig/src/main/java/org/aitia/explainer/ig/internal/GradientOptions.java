package org.aitia.explainer.ig.internal;

/** The options that all methods of this bundle share. */
interface GradientOptions {
    String MASK =
            "what gets attributions: node-and-edge (features and edges), edge, features (each feature of each node,"
                    + " or as nodeMaskType says), or node (one value per node)";
    String NODE_MASK_TYPE =
            "what gets a feature attribution of its own: each feature of each node (attributes), of those"
                    + " only the ones that sparse features store (stored), each node as the sum over its features (object), or"
                    + " each feature as the sum over nodes (common-attributes)";
    String OUTPUT = "what of the model's output is explained: the logit of the explained class, its probability or"
            + " log-probability; of a link the difference of its two logits; of a regression model always its output";
    String CONTRAST = "what the explained class is set against: none, runner-up (the most probable other class) or the"
            + " number of a class; the difference of the two outputs is explained then";
    String SCALING =
            "none; absolute-sum: the absolute values of a target's features add up to 1, and those of its edges;"
                    + " node-absolute-sum: those of each node's features add up to 1; max: the greatest absolute value is 1";

    MaskKind mask();

    NodeMaskType nodeMaskType();

    Output output();

    String contrast();

    Scaling scaling();

    /** What gets a feature attribution of its own, after {@code mask=node} has had its say. */
    default NodeMaskType features() {
        return mask() == MaskKind.NODE ? NodeMaskType.OBJECT : nodeMaskType();
    }
}
