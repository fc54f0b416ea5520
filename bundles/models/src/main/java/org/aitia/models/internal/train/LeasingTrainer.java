package org.aitia.models.internal.train;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.api.NotFoundException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.dataset.Split;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.device.DeviceManager;
import org.aitia.api.device.LeaseRequest;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.ModelStore;
import org.aitia.api.model.StoredModel;
import org.aitia.api.model.Trainer;
import org.aitia.api.model.TrainingRequest;
import org.aitia.api.option.OptionSchema;
import org.aitia.api.option.OptionSpec;
import org.aitia.models.internal.Architectures;
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
                context.getBundle().getVersion().toString());
    }

    /**
     * For use without OSGi.
     *
     * @param architectures what can be trained
     * @param datasets what can be trained on
     * @param devices where to compute
     * @param store where models go
     * @param version of Aitia, to be recorded
     */
    public LeasingTrainer(
            Architectures architectures, Datasets datasets, DeviceManager devices, ModelStore store, String version) {
        this.architectures = architectures;
        this.datasets = datasets;
        this.devices = devices;
        this.store = store;
        this.version = version;
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
        String name =
                ModelNames.check(request.name().orElseGet(() -> request.dataset() + "-" + request.architecture()));
        ModelArchitecture architecture = architectures.find(request.architecture());
        RequestOptions given = RequestOptions.sort(request.options(), SCHEMA, architecture);
        TrainerOptions options = SCHEMA.parse(given.trainer());
        architecture.options().parse(given.architecture());
        request.deviceId().ifPresent(this::checkDevice);
        Dataset dataset = datasets.load(request.dataset(), request.datasetOptions(), monitor);
        Split split = split(dataset, options.split());
        ModelShape shape = new ModelShape(dataset.info().task(), dataset.featureCount(), dataset.classCount());
        GnnModel untrained = architecture.create(shape, given.architecture(), request.seed());

        long start = System.nanoTime();
        LeaseRequest wanted = LeaseRequest.of("train " + name);
        try (DeviceLease lease =
                devices.acquire(request.deviceId().map(wanted::on).orElse(wanted), monitor)) {
            long computing = System.nanoTime();
            Training.Result result;
            try (Training training = new Training(lease, untrained, dataset, split, options, request.seed())) {
                result = training.run(monitor);
            }
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
                    SCHEMA.format(options),
                    request.seed(),
                    metrics,
                    "",
                    Instant.now(),
                    libraries);
            return store.save(description, result.model());
        }
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
