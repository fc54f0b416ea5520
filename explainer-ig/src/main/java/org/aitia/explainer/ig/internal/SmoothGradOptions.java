package org.aitia.explainer.ig.internal;

import org.aitia.api.option.Option;

/**
 * Options of SmoothGrad.
 *
 * @param mask what gets attributions
 * @param nodeMaskType what gets a feature attribution of its own
 * @param output what of the output is explained
 * @param contrast the class that the explained one is set against
 * @param scaling how attributions are scaled
 * @param samples noisy inputs per target
 * @param sd how strong the noise is
 * @param sdUnit what {@code sd} is in units of
 * @param edgeSd how strong the noise of edge weights is
 * @param type what becomes of the samples' derivatives
 * @param absolute whether signs are dropped
 */
record SmoothGradOptions(
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
                description = "noisy inputs per target",
                defaultValue = "25",
                min = 2,
                max = 1_000_000,
                aliases = {"nt_samples"},
                source = "Smilkov et al. 2017, section 4: 50; Captum: 5")
        int samples,

        @Option(
                description = "standard deviation of the noise on features",
                defaultValue = "0.15",
                min = 0,
                aliases = {"stdevs"},
                source = "Smilkov et al. 2017, section 4: 10 to 20 % of the range")
        double sd,

        @Option(
                description =
                        "unit of sd: range is the greatest less the least feature of the target's computation graph,"
                                + " absolute that of the features",
                defaultValue = "range",
                source = "Smilkov et al. 2017; Captum: absolute")
        Unit sdUnit,

        @Option(
                description = "standard deviation of the noise on edge weights, which are 1",
                defaultValue = "0",
                min = 0)
        double edgeSd,

        @Option(
                description =
                        "what becomes of the samples' derivatives: smoothgrad is their mean, smoothgrad-sq the mean of"
                                + " their squares, vargrad their variance (with n)",
                defaultValue = "smoothgrad",
                aliases = {"nt_type"},
                source = "Smilkov et al. 2017; Hooker et al. 2019; Adebayo et al. 2018; Captum")
        Type type,

        @Option(
                description = "whether signs of the mean are dropped",
                defaultValue = "false",
                aliases = {"abs"})
        boolean absolute)
        implements GradientOptions {
    SmoothGradOptions {
        contrast = Contrast.checked(contrast);
    }

    /** What the deviation of noise is in units of. */
    enum Unit {
        RANGE,
        ABSOLUTE
    }

    /** What becomes of the samples' derivatives. */
    enum Type {
        SMOOTHGRAD,
        SMOOTHGRAD_SQ,
        VARGRAD
    }
}
