package org.aitia.explainer.ig.internal;

import org.aitia.api.engine.Rectifier;
import org.aitia.api.explain.Explainer;
import org.osgi.service.component.annotations.Component;

/** The service {@code input-x-gradient}. */
@Component(service = Explainer.class, property = "aitia.name=input-x-gradient")
public final class InputXGradientExplainer extends SingleGradient<PlainOptions> {
    /** Makes the service. */
    public InputXGradientExplainer() {
        super(
                "input-x-gradient",
                "Input x Gradient",
                "What each feature and each edge adds to the output by the linear approximation at the input: derivative times value.",
                "Shrikumar, Greenside, Kundaje: Learning Important Features Through Propagating Activation Differences,"
                        + " ICML 2017",
                PlainOptions.class,
                Rectifier.PLAIN,
                true);
    }
}
