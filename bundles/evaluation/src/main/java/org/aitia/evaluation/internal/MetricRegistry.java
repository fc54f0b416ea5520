package org.aitia.evaluation.internal;

import java.util.ArrayList;
import java.util.Comparator;
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

    // Guarded by this. The list holds every registration, the best first; of several with one name the first one
    // serves.
    private final List<Registration> registrations = new ArrayList<>();

    /**
     * A metric of a bundle.
     *
     * @param metric the service
     * @param bundle symbolic name and version
     * @param ranking of metrics of one name the highest serves
     * @param id of metrics of one ranking the oldest, that of the lowest id, serves
     */
    record Registration(ExplanationMetric metric, String bundle, int ranking, long id) {
        String name() {
            return metric.info().name();
        }

        MetricEntry entry() {
            return new MetricEntry(metric.info(), metric.options().specs(), bundle);
        }
    }

    synchronized void add(ExplanationMetric metric, String bundle, int ranking, long id) {
        Registration added = new Registration(metric, bundle, ranking, id);
        registrations.add(added);
        registrations.sort(
                Comparator.comparingInt((Registration r) -> -r.ranking()).thenComparingLong(Registration::id));
        List<Registration> namesakes = registrations.stream()
                .filter(r -> r.name().equals(added.name()))
                .toList();
        if (namesakes.size() > 1) {
            log.warn(
                    "there are {} metrics '{}'; that of {} serves, by service ranking and age",
                    namesakes.size(),
                    added.name(),
                    namesakes.get(0).bundle());
        }
    }

    synchronized void remove(ExplanationMetric metric) {
        registrations.removeIf(r -> r.metric() == metric);
    }

    /** Those that serve, by name. */
    synchronized List<Registration> list() {
        TreeMap<String, Registration> byName = new TreeMap<>();
        registrations.forEach(r -> byName.putIfAbsent(r.name(), r));
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
