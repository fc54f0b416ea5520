package org.aitia.explainer.ig.internal;

import org.aitia.api.engine.Rectifier;
import org.aitia.api.explain.Explainer;
import org.osgi.service.component.annotations.Component;

/** The service {@code deconvolution}. */
@Component(service = Explainer.class, property = "aitia.name=deconvolution")
public final class DeconvolutionExplainer extends SingleGradient<PlainOptions> {
    /** Makes the service. */
    public DeconvolutionExplainer() {
        super(
                "deconvolution",
                "Deconvolution",
                "The derivative at the input, of which ReLUs let through what is positive on its way back, whatever their input was.",
                "Zeiler and Fergus: Visualizing and Understanding Convolutional Networks, ECCV 2014",
                PlainOptions.class,
                Rectifier.DECONVOLUTION,
                false);
    }
}
