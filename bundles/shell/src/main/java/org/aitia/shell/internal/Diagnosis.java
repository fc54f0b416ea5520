package org.aitia.shell.internal;

import java.util.List;
import java.util.Optional;
import org.aitia.api.AitiaException;

/** Says why a service is not there, and what to do. */
public final class Diagnosis {
    private static final String OURS = "org.aitia.";

    /** What commands need. */
    public enum Part {
        /** Registry of data sets. */
        DATASETS("data set registry", "org.aitia.datasets"),
        /** Trainer. */
        TRAINER("trainer", "org.aitia.models"),
        /** Model store. */
        MODELS("model store", "org.aitia.models"),
        /** Predictor. */
        PREDICTOR("predictor", "org.aitia.models"),
        /** Import and export of models. */
        EXCHANGE("import and export of models", "org.aitia.models"),
        /** Explanations. */
        EXPLANATIONS("explanation service", "org.aitia.explanations"),
        /** Writer of explanations. */
        EXPLANATION_IO("writer of explanations", "org.aitia.explanations"),
        /** Jobs. */
        JOBS("job service", "org.aitia.jobs"),
        /** Devices. */
        DEVICES("device manager", "org.aitia.device.manager"),
        /** Metrics. */
        METRICS("evaluation", "org.aitia.evaluation"),
        /** Comparisons and sweeps. */
        COMPARISON("comparison", "org.aitia.comparison"),
        /** Suites. */
        BENCHMARKS("benchmark service", "org.aitia.bench"),
        /** Pictures. */
        RENDERERS("visualization", "org.aitia.visualization");

        private final String title;
        private final String bundle;

        Part(String title, String bundle) {
            this.title = title;
            this.bundle = bundle;
        }
    }

    /**
     * A bundle as the framework lists it.
     *
     * @param id its number
     * @param name its symbolic name
     * @param active whether it runs
     */
    public record BundleState(long id, String name, boolean active) {}

    private Diagnosis() {}

    /**
     * Phrases what is wrong.
     *
     * @param part what is missing
     * @param bundles all bundles
     * @return an exception to throw
     */
    static AitiaException of(Part part, List<BundleState> bundles) {
        return new AitiaException("the " + part.title + " is not running: " + reason(part, bundles));
    }

    private static String reason(Part part, List<BundleState> bundles) {
        Optional<BundleState> home =
                bundles.stream().filter(b -> part.bundle.equals(b.name())).findFirst();
        if (home.isEmpty()) {
            return "bundle " + part.bundle + " is not installed; put its jar into the directory plugins";
        }
        List<BundleState> stopped = bundles.stream()
                .filter(b -> b.name() != null && b.name().startsWith(OURS) && !b.active())
                .toList();
        if (!home.get().active()) {
            return "bundle " + part.bundle + " is stopped; " + remedy(home.get());
        }
        if (!stopped.isEmpty()) {
            BundleState first = stopped.get(0);
            return "it may need bundle " + first.name() + ", which is stopped; " + remedy(first);
        }
        return "a service that it needs is missing; the log says which";
    }

    private static String remedy(BundleState bundle) {
        return "start it with 'felix:start " + bundle.id() + "'";
    }
}
