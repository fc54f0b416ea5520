package org.aitia.comparison.internal;

import java.util.List;
import org.aitia.api.TaskMonitor;
import org.aitia.api.compare.CompareRequest;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Comparisons;
import org.aitia.api.explain.ExplanationInput;
import org.aitia.api.explain.Explanations;
import org.aitia.api.metric.Metrics;
import org.aitia.api.model.ModelArchitecture;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Compares explainers. Safe for several threads: every comparison has a state of its own. */
@Component(service = Comparisons.class)
public final class ComparisonService implements Comparisons {
    private final Explanations explanations;
    private final Metrics metrics;

    // replaced as a whole by OSGi when an architecture comes or goes; by rising ranking
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<ModelArchitecture> architectures = List.of();

    /**
     * Creates the service.
     *
     * @param explanations runs explainers
     * @param metrics measures
     */
    @Activate
    public ComparisonService(@Reference Explanations explanations, @Reference Metrics metrics) {
        this.explanations = explanations;
        this.metrics = metrics;
    }

    /** For use without OSGi. */
    ComparisonService(Explanations explanations, Metrics metrics, List<ModelArchitecture> architectures) {
        this(explanations, metrics);
        this.architectures = List.copyOf(architectures);
    }

    @Override
    public Comparison compare(CompareRequest request, TaskMonitor monitor) {
        ExplanationInput input = explanations.load(
                request.subject()
                        .request(request.contestants().get(0), request.seeds().get(0)),
                monitor);
        return compare(request, input, monitor);
    }

    @Override
    public Comparison compare(CompareRequest request, ExplanationInput input, TaskMonitor monitor) {
        return new CompareWork(
                        explanations, metrics, request, input, new RandomisedModels(architectures, input), monitor)
                .run();
    }

    @Override
    public Comparison score(ScoringRequest request, TaskMonitor monitor) {
        return new ScoringWork(metrics, request, monitor).run();
    }

    @Override
    public Comparison join(List<Comparison> parts, List<String> baselines, double confidence) {
        return new Joining(parts, baselines, confidence).run();
    }
}
