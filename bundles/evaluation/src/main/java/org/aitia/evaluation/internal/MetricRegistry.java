package org.aitia.evaluation.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.aitia.api.NotFoundException;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.Metrics.MetricEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics that are there. A metric that is in use when its bundle goes is used to the end: it is without state and
 * holds nothing of its bundle but its classes.
 */
final class MetricRegistry {
    private static final Logger log = LoggerFactory.getLogger(MetricRegistry.class);

    // Guarded by this. The list holds every registration; of several with one name the first one serves.
    private final List<Registration> registrations = new ArrayList<>();

    /**
     * A metric of a bundle.
     *
     * @param metric the service
     * @param bundle symbolic name and version
     */
    record Registration(ExplanationMetric metric, String bundle) {
        String name() {
            return metric.info().name();
        }

        MetricEntry entry() {
            return new MetricEntry(metric.info(), metric.options().specs(), bundle);
        }
    }

    synchronized void add(ExplanationMetric metric, String bundle) {
        Registration added = new Registration(metric, bundle);
        if (registrations.stream().anyMatch(r -> r.name().equals(added.name()))) {
            log.warn("metric '{}' of {} waits behind another of that name", added.name(), bundle);
        }
        registrations.add(added);
    }

    synchronized void remove(ExplanationMetric metric) {
        registrations.removeIf(r -> r.metric() == metric);
    }

    synchronized List<MetricEntry> list() {
        TreeMap<String, MetricEntry> byName = new TreeMap<>();
        registrations.forEach(r -> byName.putIfAbsent(r.name(), r.entry()));
        return List.copyOf(byName.values());
    }

    synchronized Registration find(String name) {
        return registrations.stream()
                .filter(r -> r.name().equals(name))
                .findFirst()
                .orElseThrow(() -> NotFoundException.of(
                        "metric",
                        name,
                        registrations.stream().map(Registration::name).toList()));
    }
}
