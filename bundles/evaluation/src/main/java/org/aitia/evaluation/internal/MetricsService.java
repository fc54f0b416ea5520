package org.aitia.evaluation.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.AitiaException;
import org.aitia.api.CancelledException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.device.DeviceManager;
import org.aitia.api.explain.Explanations;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.aitia.api.metric.Metrics;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link Metrics} service: a registry of metrics, and one {@link ScoreContext} per request.
 *
 * <p>What is wrong with the request (an unknown metric or option, other data, another model) is thrown before anything
 * is computed. A metric that cannot be measured on these explanations, for example without ground truth, has no score
 * but a reason, whether it was named or not: in a comparison of several explainers one may lack what another has.
 */
@Component(service = Metrics.class)
public final class MetricsService implements Metrics {
    private static final Logger log = LoggerFactory.getLogger(MetricsService.class);

    private final MetricRegistry registry = new MetricRegistry();
    private final Explanations explanations;
    private final Datasets datasets;
    private final DeviceManager devices;

    /**
     * Creates the service; for OSGi and without.
     *
     * @param explanations loads models and runs explainers again
     * @param datasets where data is
     * @param devices what models are computed on
     */
    @Activate
    public MetricsService(
            @Reference Explanations explanations, @Reference Datasets datasets, @Reference DeviceManager devices) {
        this.explanations = explanations;
        this.datasets = datasets;
        this.devices = devices;
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindMetric(ExplanationMetric metric, ServiceReference<ExplanationMetric> reference) {
        Bundle bundle = reference.getBundle();
        Object ranking = reference.getProperty(Constants.SERVICE_RANKING);
        registry.add(
                metric,
                // the bundle may have stopped between registration and this call
                bundle == null ? "unknown" : bundle.getSymbolicName() + " " + bundle.getVersion(),
                ranking instanceof Integer given ? given : 0,
                (Long) reference.getProperty(Constants.SERVICE_ID));
    }

    void unbindMetric(ExplanationMetric metric) {
        registry.remove(metric);
    }

    /** Adds a metric without OSGi, for hosts and tests that wire by hand. */
    void add(ExplanationMetric metric, String bundle) {
        registry.add(metric, bundle, 0, 0);
    }

    @Override
    public List<MetricEntry> metrics() {
        return registry.list().stream().map(MetricRegistry.Registration::entry).toList();
    }

    @Override
    public MetricEntry metric(String name) {
        return registry.find(name).entry();
    }

    @Override
    public List<Outcome> score(ScoreRequest request, TaskMonitor monitor) {
        if (request.result().explanations().isEmpty()) {
            throw new InvalidRequestException("there are no explanations to be measured; explain at least one target");
        }
        List<MetricRegistry.Registration> chosen = new ArrayList<>();
        List<Selection> selections = new ArrayList<>();
        if (request.metrics().isEmpty()) {
            chosen.addAll(registry.list());
            chosen.forEach(metric -> selections.add(new Selection(metric.name(), Map.of())));
        } else {
            for (Selection selection : request.metrics()) {
                chosen.add(registry.find(selection.metric()));
                selections.add(selection);
            }
        }
        for (int i = 0; i < chosen.size(); i++) {
            checkOptions(chosen.get(i).metric(), selections.get(i));
        }
        ScoreContext context = ScoreContext.open(request, explanations, datasets, devices, monitor);
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            monitor.checkCancelled();
            monitor.progress("measuring", i, chosen.size());
            outcomes.add(outcome(chosen.get(i), selections.get(i), context));
        }
        monitor.progress("measuring", chosen.size(), chosen.size());
        return List.copyOf(outcomes);
    }

    private static void checkOptions(ExplanationMetric metric, Selection selection) {
        try {
            metric.options().parse(selection.options());
        } catch (InvalidRequestException e) {
            throw new InvalidRequestException("metric '" + selection.metric() + "': " + e.getMessage(), e);
        }
    }

    private static Outcome outcome(
            MetricRegistry.Registration registration, Selection selection, ScoreContext context) {
        MetricInfo info = registration.metric().info();
        if (!info.tasks().contains(context.task())) {
            return unmeasured(
                    selection, "metric '" + info.name() + "' is not for " + Texts.lower(context.task()) + " tasks");
        }
        try {
            MetricScore score = registration.metric().score(context, selection.options());
            return new Outcome(selection, Optional.of(score), "");
        } catch (CancelledException e) {
            throw e;
        } catch (AitiaException e) {
            return unmeasured(selection, Texts.firstLine(e.getMessage()));
        } catch (RuntimeException e) {
            // a defect of one metric must not take the scores of the others with it
            log.warn("metric '{}' of {} failed", info.name(), registration.bundle(), e);
            return unmeasured(
                    selection,
                    "metric '" + info.name() + "' of " + registration.bundle() + " failed with "
                            + Texts.firstLine(e.toString()) + "; the log has the details");
        }
    }

    private static Outcome unmeasured(Selection selection, String reason) {
        return new Outcome(selection, Optional.empty(), reason);
    }
}
