package org.aitia.explainer.ig.internal;

import java.util.Map;
import org.aitia.api.explain.Explainer;
import org.aitia.testkit.tck.ExplainerContract;
import org.junit.jupiter.api.Nested;

/** The contract of explainers, for each of this bundle. */
class GradientContractTest {
    @Nested
    class Ig extends ExplainerContract {
        @Override
        protected Explainer explainer() {
            return new IntegratedGradientsExplainer();
        }
    }

    @Nested
    class IgFromTheMean extends ExplainerContract {
        @Override
        protected Explainer explainer() {
            return new IntegratedGradientsExplainer();
        }

        @Override
        protected Map<String, String> quickOptions() {
            return Map.of("baseline", "mean", "tolerance", "0.001", "steps", "4");
        }
    }

    @Nested
    class Saliency extends ExplainerContract {
        @Override
        protected Explainer explainer() {
            return new SaliencyExplainer();
        }
    }

    @Nested
    class InputXGradient extends ExplainerContract {
        @Override
        protected Explainer explainer() {
            return new InputXGradientExplainer();
        }
    }

    @Nested
    class Deconvolution extends ExplainerContract {
        @Override
        protected Explainer explainer() {
            return new DeconvolutionExplainer();
        }
    }

    @Nested
    class GuidedBackprop extends ExplainerContract {
        @Override
        protected Explainer explainer() {
            return new GuidedBackpropExplainer();
        }
    }

    @Nested
    class SmoothGrad extends ExplainerContract {
        @Override
        protected Explainer explainer() {
            return new SmoothGradExplainer();
        }
    }

    @Nested
    class GradientShap extends ExplainerContract {
        @Override
        protected Explainer explainer() {
            return new GradientShapExplainer();
        }
    }

    @Nested
    class GradCam extends ExplainerContract {
        @Override
        protected Explainer explainer() {
            return new GradCamExplainer();
        }
    }
}
