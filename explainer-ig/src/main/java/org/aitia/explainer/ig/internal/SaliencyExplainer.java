package org.aitia.explainer.ig.internal;

import org.aitia.api.engine.Rectifier;
import org.aitia.api.explain.Explainer;
import org.osgi.service.component.annotations.Component;

/** The service {@code saliency}. */
@Component(service = Explainer.class, property = "aitia.name=saliency")
public final class SaliencyExplainer extends SingleGradient<SaliencyOptions> {
    /** Makes the service. */
    public SaliencyExplainer() {
        super(
                "saliency",
                "Saliency",
                "How much the output changes with each feature and each edge weight: the absolute derivative at the input.",
                "Simonyan, Vedaldi, Zisserman: Deep Inside Convolutional Networks, ICLR workshop 2014;"
                        + " Baldassarre and Azizpour: Explainability Techniques for Graph Convolutional Networks, 2019",
                SaliencyOptions.class,
                Rectifier.PLAIN,
                false);
    }

    @Override
    boolean absolute(SaliencyOptions options) {
        return options.absolute();
    }
}
