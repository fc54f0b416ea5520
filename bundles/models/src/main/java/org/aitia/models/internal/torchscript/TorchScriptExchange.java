package org.aitia.models.internal.torchscript;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.StorageException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.device.DeviceManager;
import org.aitia.api.device.LeaseRequest;
import org.aitia.api.engine.TorchScriptSource;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ImportReport;
import org.aitia.api.model.ImportRequest;
import org.aitia.api.model.ModelExchange;
import org.aitia.api.model.ModelStore;
import org.aitia.api.model.StoredModel;
import org.aitia.models.internal.store.ModelNames;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Imports and exports on a leased lane. */
@Component(service = ModelExchange.class)
public final class TorchScriptExchange implements ModelExchange {
    private final Datasets datasets;
    private final DeviceManager devices;
    private final ModelStore store;
    private final String version;

    /**
     * For OSGi.
     *
     * @param context for the version of this bundle
     * @param datasets what models are probed on
     * @param devices where to compute
     * @param store where models are
     */
    @Activate
    public TorchScriptExchange(
            BundleContext context,
            @Reference Datasets datasets,
            @Reference DeviceManager devices,
            @Reference ModelStore store) {
        this(datasets, devices, store, context.getBundle().getVersion().toString());
    }

    /**
     * For use without OSGi.
     *
     * @param datasets what models are probed on
     * @param devices where to compute
     * @param store where models are
     * @param version of Aitia, to be recorded
     */
    public TorchScriptExchange(Datasets datasets, DeviceManager devices, ModelStore store, String version) {
        this.datasets = datasets;
        this.devices = devices;
        this.store = store;
        this.version = version;
    }

    @Override
    public ImportReport importModel(ImportRequest request, TaskMonitor monitor) {
        String name = ModelNames.check(request.name());
        TorchFile file = TorchFile.read(request.file());
        Optional<Dataset> dataset = request.dataset().map(d -> load(request, d, monitor));
        try (DeviceLease lease = devices.acquire(LeaseRequest.of("import " + name), monitor)) {
            Probe.Result result = new Probe(file, request, dataset, lease, monitor).run();
            Map<String, Double> metrics = new LinkedHashMap<>();
            result.accuracy().ifPresent(accuracy -> metrics.put("testAccuracy", accuracy));
            Map<String, String> libraries = new LinkedHashMap<>();
            libraries.put("aitia", version);
            libraries.putAll(lease.engine().versions());
            StoredModel description = new StoredModel(
                    name,
                    result.model().info(),
                    request.dataset().orElse(""),
                    request.datasetOptions(),
                    dataset.map(Dataset::digest).orElse(""),
                    Map.of(),
                    request.seed(),
                    metrics,
                    "",
                    Instant.now(),
                    libraries);
            return new ImportReport(store.save(description, result.model()), result.findings());
        }
    }

    private Dataset load(ImportRequest request, String name, TaskMonitor monitor) {
        Dataset dataset = datasets.load(name, request.datasetOptions(), monitor);
        if (dataset.info().task() != request.task()) {
            throw new InvalidRequestException("data set '" + name + "' is about a "
                    + text(dataset.info().task()) + " task, the model is to be imported for a " + text(request.task())
                    + " task; "
                    + (request.task() == Task.LINK && dataset.info().task() == Task.NODE
                            ? "give the data set the option task=link (-D task=link)"
                            : "say the task of the data")
                    + ", or name other data");
        }
        return dataset;
    }

    private static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void exportModel(String model, Path file, TaskMonitor monitor) {
        GnnModel stored = store.load(model);
        write(file, stored instanceof TorchScriptModel imported ? imported.module() : packed(model, stored, monitor));
    }

    private byte[] packed(String name, GnnModel model, TaskMonitor monitor) {
        TorchScriptSource source = model.torchScript()
                .orElseThrow(() -> new InvalidRequestException("model '" + name + "' of architecture '"
                        + model.info().architecture() + "' cannot be written as TorchScript"
                        + (model.info().shape().edgeFeatures() > 0
                                ? ", as a module is given no features of edges; train it with edgeFeatures=false"
                                : "")));
        try (DeviceLease lease = devices.acquire(LeaseRequest.of("export " + name), monitor)) {
            byte[] module = lease.engine().packTorchScript(source);
            // what cannot be loaded here would not be loaded elsewhere
            lease.engine().loadTorchScript(lease.manager(), module).close();
            return module;
        }
    }

    private static void write(Path file, byte[] content) {
        Path target = file.toAbsolutePath();
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.write(temporary, content);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw new StorageException(
                    file + " cannot be written: " + e.getClass().getSimpleName()
                            + "; choose a directory that exists and has room",
                    e);
        }
    }
}
