package org.aitia.explainer.ig.internal;

import org.aitia.api.option.Option;

/**
 * Options of Integrated Gradients.
 *
 * @param mask what gets attributions
 * @param nodeMaskType what gets a feature attribution of its own
 * @param output what of the output is explained
 * @param contrast the class that the explained one is set against
 * @param scaling how attributions are scaled
 * @param baseline where the path of the features begins
 * @param method the rule of integration
 * @param steps points on the path
 * @param tolerance greatest convergence delta
 * @param maxSteps bound of doubling
 */
record IgOptions(
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
                description = Baseline.DESCRIPTION + "; edges begin at weight 0",
                defaultValue = "zero",
                aliases = {"baselines"},
                source = "Sundararajan et al. 2017, section 3; Captum")
        String baseline,

        @Option(
                description =
                        "rule of integration; riemann-trapezoid has weights that add up to 1, captum-trapezoid"
                                + " Captum's, which add up to 1 - 1/steps; gausslegendre beyond 128 steps in equal parts of the path",
                defaultValue = "gausslegendre",
                source = "Captum")
        Rule method,

        @Option(
                description = "points on the path at which derivatives are taken",
                defaultValue = "50",
                min = 1,
                max = 100_000,
                aliases = {"n_steps", "m_steps"},
                source = "Captum; Sundararajan et al. use 20 to 300")
        int steps,

        @Option(
                description =
                        "greatest absolute convergence delta, in units of the explained output; where it is exceeded"
                                + " steps are doubled for that target; 0 accepts any",
                defaultValue = "0",
                min = 0,
                source = "Sundararajan et al. 2017, section 5: within 5 % of the difference")
        double tolerance,

        @Option(
                description =
                        "steps are doubled up to this number; what has not converged then says so" + " (converged = 0)",
                defaultValue = "1600",
                min = 1,
                max = 1_000_000)
        int maxSteps)
        implements GradientOptions {
    IgOptions {
        contrast = Contrast.checked(contrast);
        baseline = Baseline.checked(baseline);
        if (steps < method.leastSteps()) {
            throw new org.aitia.api.InvalidRequestException(
                    "option 'steps' must be >= " + method.leastSteps() + " for a trapezoid, not '" + steps + "'");
        }
    }
}
