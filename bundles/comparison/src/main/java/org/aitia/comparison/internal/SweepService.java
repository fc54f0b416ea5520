package org.aitia.comparison.internal;

import org.aitia.api.TaskMonitor;
import org.aitia.api.compare.Contestant;
import org.aitia.api.compare.Sweep;
import org.aitia.api.compare.SweepRequest;
import org.aitia.api.compare.Sweeps;
import org.aitia.api.explain.ExplanationInput;
import org.aitia.api.explain.Explanations;
import org.aitia.api.metric.Metrics;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tries options of explainers. Safe for several threads: every sweep has a state of its own. */
@Component(service = Sweeps.class)
public final class SweepService implements Sweeps {
    private final Explanations explanations;
    private final Metrics metrics;

    /**
     * Creates the service.
     *
     * @param explanations runs explainers
     * @param metrics measures
     */
    @Activate
    public SweepService(@Reference Explanations explanations, @Reference Metrics metrics) {
        this.explanations = explanations;
        this.metrics = metrics;
    }

    @Override
    public Sweep sweep(SweepRequest request, TaskMonitor monitor) {
        ExplanationInput input = explanations.load(
                request.subject()
                        .request(
                                Contestant.of(request.explainer(), request.options()),
                                request.seeds().get(0)),
                monitor);
        return sweep(request, input, monitor);
    }

    @Override
    public Sweep sweep(SweepRequest request, ExplanationInput input, TaskMonitor monitor) {
        return new SweepWork(explanations, metrics, request, input, monitor).run();
    }
}
