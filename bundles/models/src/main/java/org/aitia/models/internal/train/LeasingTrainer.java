package org.aitia.models.internal.train;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.aitia.api.NotFoundException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.dataset.Split;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.device.DeviceManager;
import org.aitia.api.device.LeaseRequest;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.model.ModelInfo;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.ModelStore;
import org.aitia.api.model.StoredModel;
import org.aitia.api.model.Trainer;
import org.aitia.api.model.TrainingRequest;
import org.aitia.api.option.OptionSchema;
import org.aitia.api.option.OptionSpec;
import org.aitia.models.internal.Architectures;
import org.aitia.models.internal.feed.BatchPlan;
import org.aitia.models.internal.store.ModelNames;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains on a leased lane and stores the result. */
@Component(service = Trainer.class)
public final class LeasingTrainer implements Trainer {
    private static final Logger LOG = LoggerFactory.getLogger(LeasingTrainer.class);
    private static final OptionSchema<TrainerOptions> SCHEMA = OptionSchema.of(TrainerOptions.class);
    private static final double NANOS_PER_SECOND = 1e9;

    private final Architectures architectures;
    private final Datasets datasets;
    private final DeviceManager devices;
    private final ModelStore store;
    private final String version;
    private final Path data;

    /**
     * For OSGi.
     *
     * @param context for the version of this bundle
     * @param architectures what can be trained
     * @param datasets what can be trained on
     * @param devices where to compute
     * @param store where models go
     */
    @Activate
    public LeasingTrainer(
            BundleContext context,
            @Reference Architectures architectures,
            @Reference Datasets datasets,
            @Reference DeviceManager devices,
            @Reference ModelStore store) {
        this(
                architectures,
                datasets,
                devices,
                store,
                context.getBundle().getVersion().toString(),
                Path.of(Optional.ofNullable(context.getProperty("aitia.data")).orElse("data")));
    }

    /**
     * For use without OSGi.
     *
     * @param architectures what can be trained
     * @param datasets what can be trained on
     * @param devices where to compute
     * @param store where models go
     * @param version of Aitia, to be recorded
     * @param data directory in which checkpoints and logs go
     */
    public LeasingTrainer(
            Architectures architectures,
            Datasets datasets,
            DeviceManager devices,
            ModelStore store,
            String version,
            Path data) {
        this.architectures = architectures;
        this.datasets = datasets;
        this.devices = devices;
        this.store = store;
        this.version = version;
        this.data = data.toAbsolutePath().normalize();
    }

    @Override
    public List<ArchitectureEntry> architectures() {
        return architectures.list().stream()
                .map(e -> new ArchitectureEntry(
                        e.architecture().name(),
                        e.architecture().description(),
                        e.architecture().options().specs(),
                        e.bundle()))
                .toList();
    }

    @Override
    public List<OptionSpec> options() {
        return SCHEMA.specs();
    }

    @Override
    public StoredModel train(TrainingRequest request, TaskMonitor monitor) {
        // everything that can be refused is refused before data is loaded
        String name = ModelNames.check(request.name().orElseGet(() -> defaultName(request)));
        ModelArchitecture architecture = architectures.find(request.architecture());
        RequestOptions given = RequestOptions.sort(request.options(), SCHEMA, architecture);
        TrainerOptions options = SCHEMA.parse(given.trainer());
        architecture.options().parse(given.architecture());
        request.deviceId().ifPresent(this::checkDevice);
        Dataset dataset = datasets.load(request.dataset(), request.datasetOptions(), monitor);
        Optional<Split> split = options.folds() > 0 ? Optional.empty() : Optional.of(split(dataset, options.split()));
        TrainingRun.check(options, dataset, split);
        ModelShape shape = new ModelShape(
                dataset.info().task(), dataset.featureCount(), dataset.classCount(), dataset.edgeFeatureCount());
        LongFunction<GnnModel> untrained = seed -> architecture.create(shape, given.architecture(), seed);
        TrainingRun.Places places = new TrainingRun.Places(
                new CheckpointFile(data.resolve("checkpoints"), name),
                options.logDir().isBlank() ? data.resolve("logs").resolve(name) : Path.of(options.logDir()));
        TrainingRun run = new TrainingRun(
                dataset,
                split,
                options,
                untrained,
                request.seed(),
                places,
                fingerprint(
                        request,
                        dataset,
                        options,
                        architecture.name(),
                        untrained.apply(0).info()));
        if (!options.resume()
                && options.savesCheckpoints()
                && places.checkpoint().exists()) {
            monitor.message("note: the checkpoint of an earlier training of '" + name
                    + "' will be replaced; resume=true would go on from it");
        }

        long start = System.nanoTime();
        LeaseRequest wanted = LeaseRequest.of("train " + name);
        try (DeviceLease lease =
                devices.acquire(request.deviceId().map(wanted::on).orElse(wanted), monitor)) {
            long computing = System.nanoTime();
            Training.Result result = run.run(lease, monitor);
            Map<String, Double> metrics = new LinkedHashMap<>(result.metrics());
            metrics.put("seconds", (System.nanoTime() - computing) / NANOS_PER_SECOND);
            LOG.info(
                    "trained {} in {} s, after waiting {} s for {}: {}",
                    name,
                    metrics.get("seconds"),
                    (computing - start) / NANOS_PER_SECOND,
                    lease.deviceId(),
                    metrics);
            Map<String, String> libraries = new LinkedHashMap<>();
            libraries.put("aitia", version);
            libraries.putAll(lease.engine().versions());
            StoredModel description = new StoredModel(
                    name,
                    result.model().info(),
                    request.dataset(),
                    request.datasetOptions(),
                    dataset.digest(),
                    effective(options, dataset, result.plan()),
                    request.seed(),
                    metrics,
                    "",
                    Instant.now(),
                    libraries);
            StoredModel stored = store.save(description, result.model());
            if (options.savesCheckpoints() || options.resume()) {
                places.checkpoint().remove();
            }
            return stored;
        }
    }

    /** The options that lead to the same weights on any device: what was decided for lack of memory is said. */
    private static Map<String, String> effective(TrainerOptions options, Dataset dataset, BatchPlan plan) {
        Map<String, String> effective = TrainerOptions.decisive(SCHEMA.format(options));
        if (dataset.info().task() != Task.GRAPH) {
            effective.put("batchNodes", Integer.toString(plan.size()));
            effective.put(
                    "fanouts", plan.fanouts().stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
        return effective;
    }

    /** All that decides on the result. */
    private static Map<String, String> fingerprint(
            TrainingRequest request, Dataset dataset, TrainerOptions options, String architecture, ModelInfo model) {
        Map<String, String> fingerprint = new LinkedHashMap<>();
        fingerprint.put("dataset", request.dataset());
        request.datasetOptions().forEach((name, value) -> fingerprint.put("dataset option " + name, value));
        fingerprint.put("dataset digest", dataset.digest());
        fingerprint.put("architecture", architecture);
        model.options().forEach((name, value) -> fingerprint.put("architecture option " + name, value));
        fingerprint.putAll(TrainerOptions.decisive(SCHEMA.format(options)));
        fingerprint.put("seed", Long.toString(request.seed()));
        return fingerprint;
    }

    /** Models of links have a name of their own, beside those of the nodes of the same data. */
    private static String defaultName(TrainingRequest request) {
        boolean links = "link".equals(request.datasetOptions().get("task"));
        return request.dataset() + (links ? "-link-" : "-") + request.architecture();
    }

    private void checkDevice(String id) {
        List<String> known =
                devices.devices().stream().map(device -> device.id()).toList();
        if (!known.contains(id)) {
            throw NotFoundException.of("device", id, known);
        }
    }

    private static Split split(Dataset dataset, String name) {
        if (name.isEmpty()) {
            return dataset.split();
        }
        Split split = dataset.splits().get(name);
        if (split == null) {
            throw new NotFoundException("data set '" + dataset.info().name() + "' has no split '" + name + "'"
                    + NotFoundException.suggestion(name, dataset.splits().keySet()));
        }
        return split;
    }
}
