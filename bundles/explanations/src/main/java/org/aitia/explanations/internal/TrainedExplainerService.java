package org.aitia.explanations.internal;

import java.util.List;
import org.aitia.api.TaskMonitor;
import org.aitia.api.explain.ExplanationRequest;
import org.aitia.api.explain.TrainedExplainer;
import org.aitia.api.explain.TrainedExplainers;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The {@link TrainedExplainers} service: trains as explaining does, and stores. */
@Component(service = TrainedExplainers.class)
public final class TrainedExplainerService implements TrainedExplainers {
    private final ExplanationService explanations;
    private final TrainedStore store;

    /**
     * Creates the service.
     *
     * @param explanations what trains
     * @param store where trained explainers are
     */
    @Activate
    public TrainedExplainerService(@Reference ExplanationService explanations, @Reference TrainedStore store) {
        this.explanations = explanations;
        this.store = store;
    }

    @Override
    public TrainedExplainer train(String name, ExplanationRequest request, TaskMonitor monitor) {
        String wanted = TrainedStore.check(name.isEmpty() ? request.model() + "-" + request.explainer() : name);
        TrainedExplainer trained = explanations.train(wanted, request, monitor);
        store.save(trained);
        return trained;
    }

    @Override
    public List<TrainedExplainer> list() {
        return store.list();
    }

    @Override
    public TrainedExplainer find(String name) {
        return store.find(name);
    }

    @Override
    public void remove(String name) {
        store.remove(name);
    }
}
