package org.aitia.explainer.ig.internal;

import org.aitia.api.option.Option;

/**
 * Options of Gradient SHAP.
 *
 * @param mask what gets attributions
 * @param nodeMaskType what gets a feature attribution of its own
 * @param output what of the output is explained
 * @param contrast the class that the explained one is set against
 * @param scaling how attributions are scaled
 * @param baselines the distribution that baselines are drawn from
 * @param samples draws per target
 * @param sd how strong the noise on features is
 */
record GradientShapOptions(
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
        Scaling scaling,

        @Option(
                description =
                        "where baselines of features come from: nodes draws for each node one of the graph's nodes,"
                                + " mean takes their mean, zero is 0; edges begin at weight 0",
                defaultValue = "nodes",
                source = "Lundberg and Lee 2017; Captum: given by the caller")
        Distribution baselines,

        @Option(
                description = "draws of baseline and of place on the path per target",
                defaultValue = "50",
                min = 1,
                max = 1_000_000,
                aliases = {"n_samples"},
                source = "Captum: 5; shap: 200")
        int samples,

        @Option(
                description = "standard deviation of noise that is added to features",
                defaultValue = "0",
                min = 0,
                aliases = {"stdevs"},
                source = "Captum")
        double sd)
        implements GradientOptions {
    GradientShapOptions {
        contrast = Contrast.checked(contrast);
    }

    /** Where baselines come from. */
    enum Distribution {
        NODES,
        MEAN,
        ZERO
    }
}
