package org.aitia.explainer.ig.internal;

import org.aitia.api.InvalidRequestException;
import org.aitia.api.option.Option;

/**
 * Options of Grad-CAM.
 *
 * @param layer whose embeddings are used
 * @param positive whether negative scores become 0
 * @param output what of the output is explained
 * @param contrast the class that the explained one is set against
 * @param scaling how scores are scaled
 */
record GradCamOptions(
        @Option(
                description =
                        "whose embeddings: mean is the mean of all layers' maps (Grad-CAM Avg), last, or the number"
                                + " of a layer from 1 on. Layer k of L reaches nodes within L - k hops of a node to be explained",
                defaultValue = "mean",
                source = "Pope et al. 2019, section 3")
        String layer,

        @Option(
                description = "whether negative scores become 0",
                defaultValue = "true",
                aliases = {"relu_attributions"},
                source = "Selvaraju et al. 2017, equation 2; Pope et al. 2019, equation 9")
        boolean positive,

        @Option(description = GradientOptions.OUTPUT, defaultValue = "logit")
        Output output,

        @Option(description = GradientOptions.CONTRAST, defaultValue = "none")
        String contrast,

        @Option(
                description = "none; absolute-sum: the absolute scores of a target add up to 1; max: the greatest is 1;"
                        + " node-absolute-sum leaves the signs alone",
                defaultValue = "none")
        Scaling scaling)
        implements GradientOptions {
    static final String MEAN = "mean";
    static final String LAST = "last";

    GradCamOptions {
        contrast = Contrast.checked(contrast);
        layer = layer.trim().toLowerCase(java.util.Locale.ROOT);
        if (!layer.equals(MEAN) && !layer.equals(LAST) && !layer.matches("[1-9]\\d{0,3}")) {
            throw new InvalidRequestException(
                    "option 'layer' takes mean, last or the number of a layer from 1 on, not '" + layer + "'");
        }
    }

    @Override
    public MaskKind mask() {
        return MaskKind.NODE;
    }

    @Override
    public NodeMaskType nodeMaskType() {
        return NodeMaskType.OBJECT;
    }
}
