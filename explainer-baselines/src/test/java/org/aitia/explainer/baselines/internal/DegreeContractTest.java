package org.aitia.explainer.baselines.internal;

import org.aitia.api.explain.Explainer;
import org.aitia.testkit.tck.ExplainerContract;

class DegreeContractTest extends ExplainerContract {
    @Override
    protected Explainer explainer() {
        return new DegreeExplainer();
    }
}
