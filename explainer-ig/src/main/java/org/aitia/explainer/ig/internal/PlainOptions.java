package org.aitia.explainer.ig.internal;

import org.aitia.api.option.Option;

/**
 * Options of one derivative.
 *
 * @param mask what gets attributions
 * @param nodeMaskType what gets a feature attribution of its own
 * @param output what of the output is explained
 * @param contrast the class that the explained one is set against
 * @param scaling how attributions are scaled
 */
record PlainOptions(
        @Option(
                description = GradientOptions.MASK,
                defaultValue = "node-and-edge",
                aliases = {"mask_type", "maskType"},
                source = "Captum with PyG: to_captum_model")
        MaskKind mask,

        @Option(
                description = GradientOptions.NODE_MASK_TYPE,
                defaultValue = "attributes",
                aliases = {"node_mask_type", "feat_mask_type"},
                source = "PyG")
        NodeMaskType nodeMaskType,

        @Option(description = GradientOptions.OUTPUT, defaultValue = "logit", source = "Captum with PyG: raw")
        Output output,

        @Option(description = GradientOptions.CONTRAST, defaultValue = "none")
        String contrast,

        @Option(description = GradientOptions.SCALING, defaultValue = "none")
        Scaling scaling)
        implements GradientOptions {
    PlainOptions {
        contrast = Contrast.checked(contrast);
    }
}
