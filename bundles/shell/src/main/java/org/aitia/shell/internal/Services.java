package org.aitia.shell.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.api.AitiaException;
import org.aitia.api.NotFoundException;
import org.aitia.api.bench.Benchmarks;
import org.aitia.api.compare.ComparisonWriter;
import org.aitia.api.compare.Comparisons;
import org.aitia.api.compare.Sweeps;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.device.DeviceManager;
import org.aitia.api.explain.ExplanationIo;
import org.aitia.api.explain.Explanations;
import org.aitia.api.explain.TrainedExplainers;
import org.aitia.api.job.Jobs;
import org.aitia.api.metric.Metrics;
import org.aitia.api.model.ModelExchange;
import org.aitia.api.model.ModelStore;
import org.aitia.api.model.Predictor;
import org.aitia.api.model.Trainer;
import org.aitia.api.render.DatasetRenderer;
import org.aitia.api.render.Renderer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.FieldOption;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The services that commands use, as they are at the moment. All are optional, so that a command is always there and
 * can say what is missing and how to get it back.
 */
@Component(service = Services.class)
public class Services {
    // All fields are dynamic: services come and go while commands run, and each command asks once.
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Datasets datasets;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Trainer trainer;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile ModelStore models;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Predictor predictor;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile ModelExchange exchange;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Explanations explanations;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile ExplanationIo explanationIo;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Jobs jobs;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile DeviceManager devices;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile DatasetRenderer datasetRenderer;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile TrainedExplainers trainedExplainers;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Metrics metrics;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Comparisons comparisons;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Sweeps sweeps;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile ComparisonWriter comparisonWriter;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Benchmarks benchmarks;

    @Reference(policy = ReferencePolicy.DYNAMIC, fieldOption = FieldOption.UPDATE)
    final List<Renderer> renderers = new CopyOnWriteArrayList<>();

    private final Function<String, Optional<String>> properties;
    private final Supplier<List<AitiaCommand<?>>> commands;
    private final Runnable exit;
    private final Function<Diagnosis.Part, AitiaException> diagnose;
    private final String version;

    /**
     * Activates the component.
     *
     * @param context of this bundle
     */
    @Activate
    public Services(BundleContext context) {
        this(
                name -> Optional.ofNullable(context.getProperty(name)),
                context.getBundle().getVersion().toString().replace(".SNAPSHOT", "-SNAPSHOT"),
                () -> commands(context),
                () -> stop(context),
                part -> Diagnosis.of(part, bundles(context)));
    }

    Services(
            Function<String, Optional<String>> properties,
            String version,
            Supplier<List<AitiaCommand<?>>> commands,
            Runnable exit,
            Function<Diagnosis.Part, AitiaException> diagnose) {
        this.properties = properties;
        this.version = version;
        this.commands = commands;
        this.exit = exit;
        this.diagnose = diagnose;
    }

    /** Looked up rather than injected: help and completion, which ask, are commands themselves. */
    private static List<AitiaCommand<?>> commands(BundleContext context) {
        List<AitiaCommand<?>> commands = new ArrayList<>();
        try {
            for (ServiceReference<?> reference : context.getServiceReferences(AitiaCommand.class, null)) {
                if (context.getService(reference) instanceof AitiaCommand<?> command) {
                    commands.add(command);
                }
                context.ungetService(reference);
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("no filter is no syntax error", e);
        }
        return commands;
    }

    private static void stop(BundleContext context) {
        try {
            context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).stop();
        } catch (BundleException e) {
            throw new AitiaException("the container does not stop: " + e.getMessage(), e);
        }
    }

    private static List<Diagnosis.BundleState> bundles(BundleContext context) {
        return Stream.of(context.getBundles())
                .filter(bundle -> bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null)
                .map(bundle -> new Diagnosis.BundleState(
                        bundle.getBundleId(),
                        bundle.getSymbolicName(),
                        bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING))
                .toList();
    }

    private <T> T require(T service, Diagnosis.Part part) {
        if (service == null) {
            throw diagnose.apply(part);
        }
        return service;
    }

    /**
     * Returns the registry of data sets.
     *
     * @return the service
     * @throws AitiaException if it is not there
     */
    public Datasets datasets() {
        return require(datasets, Diagnosis.Part.DATASETS);
    }

    /**
     * Returns the trainer.
     *
     * @return the service
     * @throws AitiaException if it is not there
     */
    public Trainer trainer() {
        return require(trainer, Diagnosis.Part.TRAINER);
    }

    /**
     * Returns the store of models.
     *
     * @return the service
     * @throws AitiaException if it is not there
     */
    public ModelStore models() {
        return require(models, Diagnosis.Part.MODELS);
    }

    /**
     * Returns what predicts and evaluates.
     *
     * @return the service
     * @throws AitiaException if it is not there
     */
    public Predictor predictor() {
        return require(predictor, Diagnosis.Part.PREDICTOR);
    }

    /**
     * Returns what imports and exports models.
     *
     * @return the service
     * @throws AitiaException if it is not there
     */
    public ModelExchange exchange() {
        return require(exchange, Diagnosis.Part.EXCHANGE);
    }

    /**
     * Returns what draws data sets.
     *
     * @return the service
     * @throws AitiaException if it is not there
     */
    public DatasetRenderer datasetRenderer() {
        return require(datasetRenderer, Diagnosis.Part.RENDERERS);
    }

    /**
     * Returns what explains.
     *
     * @return the service
     * @throws AitiaException if it is not there
     */
    public Explanations explanations() {
        return require(explanations, Diagnosis.Part.EXPLANATIONS);
    }

    /**
     * Returns what writes explanations.
     *
     * @return the service
     * @throws AitiaException if it is not there
     */
    public ExplanationIo explanationIo() {
        return require(explanationIo, Diagnosis.Part.EXPLANATION_IO);
    }

    /**
     * Returns what runs long work.
     *
     * @return the service
     * @throws AitiaException if it is not there
     */
    public Jobs jobs() {
        return require(jobs, Diagnosis.Part.JOBS);
    }

    /**
     * Returns the device manager.
     *
     * @return the service
     * @throws AitiaException if it is not there
     */
    public DeviceManager devices() {
        return require(devices, Diagnosis.Part.DEVICES);
    }

    /**
     * Returns what trains explainers and stores them.
     *
     * @return the service
     * @throws AitiaException if it is not there
     */
    public TrainedExplainers trainedExplainers() {
        return require(trainedExplainers, Diagnosis.Part.EXPLANATIONS);
    }

    /**
     * Returns what measures explanations.
     *
     * @return the service
     * @throws AitiaException if it is not there
     */
    public Metrics metrics() {
        return require(metrics, Diagnosis.Part.METRICS);
    }

    /**
     * Returns what compares explainers.
     *
     * @return the service
     * @throws AitiaException if it is not there
     */
    public Comparisons comparisons() {
        return require(comparisons, Diagnosis.Part.COMPARISON);
    }

    /**
     * Returns what tries options of an explainer.
     *
     * @return the service
     * @throws AitiaException if it is not there
     */
    public Sweeps sweeps() {
        return require(sweeps, Diagnosis.Part.COMPARISON);
    }

    /**
     * Returns what writes comparisons.
     *
     * @return the service
     * @throws AitiaException if it is not there
     */
    public ComparisonWriter comparisonWriter() {
        return require(comparisonWriter, Diagnosis.Part.COMPARISON);
    }

    /**
     * Returns what runs suites.
     *
     * @return the service
     * @throws AitiaException if it is not there
     */
    public Benchmarks benchmarks() {
        return require(benchmarks, Diagnosis.Part.BENCHMARKS);
    }

    /**
     * Returns what makes documents of a format.
     *
     * @param format for example {@code html}
     * @return the service
     * @throws AitiaException if it is not there
     */
    public Renderer renderer(String format) {
        return renderers.stream()
                .filter(renderer -> renderer.format().equals(format))
                .findFirst()
                .orElseThrow(() ->
                        missing("picture format", format, Diagnosis.Part.RENDERERS, names(renderers, r -> r.format())));
    }

    /**
     * Returns the formats that explanations can be written in.
     *
     * @return file extensions, by name
     */
    public List<String> formats() {
        if (renderers.isEmpty()) {
            throw diagnose.apply(Diagnosis.Part.RENDERERS);
        }
        return List.copyOf(names(renderers, Renderer::format));
    }

    private static <T> Collection<String> names(List<T> services, Function<T, String> name) {
        return services.stream().map(name).collect(Collectors.toCollection(TreeSet::new));
    }

    private AitiaException missing(String kind, String name, Diagnosis.Part part, Collection<String> known) {
        return known.isEmpty() ? diagnose.apply(part) : NotFoundException.of(kind, name, known);
    }

    /**
     * Returns a framework property.
     *
     * @param name for example {@code aitia.data}
     * @return its value, if it has one
     */
    public Optional<String> property(String name) {
        return properties.apply(name);
    }

    /**
     * Returns the commands of this bundle.
     *
     * @return by name
     */
    public List<AitiaCommand<?>> commands() {
        return commands.get().stream()
                .sorted(Comparator.comparing(AitiaCommand::name))
                .toList();
    }

    /**
     * Returns the version of Aitia.
     *
     * @return as builds name it
     */
    public String version() {
        return version;
    }

    /** Stops the container. */
    public void exit() {
        exit.run();
    }
}
