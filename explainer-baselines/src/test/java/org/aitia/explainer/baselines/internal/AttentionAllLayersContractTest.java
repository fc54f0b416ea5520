package org.aitia.explainer.baselines.internal;

import java.util.Map;
import org.aitia.api.Task;
import org.aitia.api.explain.Explainer;
import org.aitia.api.graph.Graph;
import org.aitia.api.model.GnnModel;
import org.aitia.testkit.tck.ExplainerContract;

class AttentionAllLayersContractTest extends ExplainerContract {
    @Override
    protected Explainer explainer() {
        return new AttentionExplainer();
    }

    @Override
    protected Map<String, String> quickOptions() {
        return Map.of("layers", "all");
    }

    @Override
    protected GnnModel model(Task task, Graph graph, int classes, int layers) {
        return Gats.create(task, graph, classes, layers);
    }
}
