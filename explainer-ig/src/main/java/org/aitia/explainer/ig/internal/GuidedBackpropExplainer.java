package org.aitia.explainer.ig.internal;

import org.aitia.api.engine.Rectifier;
import org.aitia.api.explain.Explainer;
import org.osgi.service.component.annotations.Component;

/** The service {@code guided-backprop}. */
@Component(service = Explainer.class, property = "aitia.name=guided-backprop")
public final class GuidedBackpropExplainer extends SingleGradient<PlainOptions> {
    /** Makes the service. */
    public GuidedBackpropExplainer() {
        super(
                "guided-backprop",
                "Guided Backpropagation",
                "The derivative at the input, of which ReLUs let through what is positive on its way back where their input was too.",
                "Springenberg, Dosovitskiy, Brox, Riedmiller: Striving for Simplicity, ICLR workshop 2015",
                PlainOptions.class,
                Rectifier.GUIDED,
                false);
    }
}
