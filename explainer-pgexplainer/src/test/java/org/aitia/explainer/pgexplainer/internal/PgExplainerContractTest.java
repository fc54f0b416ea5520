package org.aitia.explainer.pgexplainer.internal;

import java.util.Map;
import org.aitia.api.explain.TrainableExplainer;
import org.aitia.testkit.tck.TrainableExplainerContract;

class PgExplainerContractTest extends TrainableExplainerContract {
    @Override
    protected TrainableExplainer explainer() {
        return new PgExplainer();
    }

    @Override
    protected Map<String, String> quickOptions() {
        return Map.of("epochs", "5");
    }
}
