package org.aitia.explanations.internal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.device.DeviceInfo;
import org.aitia.api.device.DeviceManager;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.ExplanationInput;
import org.aitia.api.explain.ExplanationRequest;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.Explanations;
import org.aitia.api.explain.TrainableExplainer;
import org.aitia.api.explain.TrainedExplainer;
import org.aitia.api.model.ModelStore;
import org.aitia.api.model.StoredModel;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The {@link Explanations} service: a registry of explainers, and one {@link ExplanationRun} per request. */
@Component(service = {Explanations.class, ExplanationService.class})
public final class ExplanationService implements Explanations {
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final InputLoader loader;
    private final DeviceManager devices;
    private final TrainedStore trained;
    private final String version;
    private final ExplainerRegistry explainers = new ExplainerRegistry(GRACE);

    /**
     * Creates the service.
     *
     * @param context of this bundle, whose version is recorded
     * @param models where models are
     * @param datasets where data is
     * @param devices what is computed on
     * @param trained where trained explainers are
     */
    @Activate
    public ExplanationService(
            BundleContext context,
            @Reference ModelStore models,
            @Reference Datasets datasets,
            @Reference DeviceManager devices,
            @Reference TrainedStore trained) {
        this(
                models,
                datasets,
                devices,
                trained,
                context.getBundle().getVersion().toString());
    }

    /**
     * For use without OSGi.
     *
     * @param models where models are
     * @param datasets where data is
     * @param devices what is computed on
     * @param trained where trained explainers are
     * @param version of Aitia, to be recorded
     */
    public ExplanationService(
            ModelStore models, Datasets datasets, DeviceManager devices, TrainedStore trained, String version) {
        this.loader = new InputLoader(models, datasets);
        this.trained = trained;
        this.devices = devices;
        this.version = version;
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindExplainer(Explainer explainer, ServiceReference<Explainer> reference) {
        Bundle bundle = reference.getBundle();
        Object ranking = reference.getProperty(Constants.SERVICE_RANKING);
        explainers.add(
                explainer,
                // the bundle may have stopped between registration and this call
                bundle == null ? "unknown" : bundle.getSymbolicName() + " " + bundle.getVersion(),
                ranking instanceof Integer given ? given : 0,
                (Long) reference.getProperty(Constants.SERVICE_ID));
    }

    void unbindExplainer(Explainer explainer) {
        explainers.remove(explainer);
    }

    /** Adds an explainer without OSGi, for hosts and tests that wire by hand. */
    void add(Explainer explainer, String bundle) {
        explainers.add(explainer, bundle, 0, 0);
    }

    @Override
    public List<ExplainerEntry> explainers() {
        return explainers.list();
    }

    @Override
    public ExplainerEntry explainer(String name) {
        return explainers.find(name);
    }

    @Override
    public ExplanationResult explain(ExplanationRequest request, TaskMonitor monitor) {
        try (ExplainerRegistry.Use use = explainers.use(request.explainer())) {
            return new ExplanationRun(prepare(request, use, monitor), devices, version, monitor).execute();
        }
    }

    @Override
    public ExplanationInput load(ExplanationRequest request, TaskMonitor monitor) {
        return loader.load(request, loader.describe(request), monitor);
    }

    @Override
    public ExplanationResult explain(ExplanationRequest request, ExplanationInput input, TaskMonitor monitor) {
        try (ExplainerRegistry.Use use = explainers.use(request.explainer())) {
            Optional<TrainedExplainer> trained = check(request, use);
            ExplanationJob job = ExplanationJob.of(request, input, use, trained);
            return new ExplanationRun(job, devices, version, monitor).execute();
        }
    }

    /** Lets an explainer learn from the targets of a request. */
    TrainedExplainer train(String name, ExplanationRequest request, TaskMonitor monitor) {
        try (ExplainerRegistry.Use use = explainers.use(request.explainer())) {
            if (!(use.explainer() instanceof TrainableExplainer trainable)) {
                throw new InvalidRequestException("explainer '" + request.explainer()
                        + "' has nothing to learn, so there is nothing to train; explain with it as it is");
            }
            if (request.trained().isPresent()) {
                throw new InvalidRequestException("training begins from nothing, not from trained explainer '"
                        + request.trained().get() + "'; leave that out");
            }
            ExplanationJob job = prepare(request, use, monitor);
            RunProgress progress = new RunProgress(monitor, use, job.targets().size());
            Learnt learnt = new TrainingRun(job, trainable, devices, progress).execute();
            return learnt.describe(name, job, versions(version, learnt.libraries()));
        }
    }

    /** Versions of all that has a part in a result. */
    static Map<String, String> versions(String version, Map<String, String> libraries) {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("aitia", version);
        versions.putAll(libraries);
        versions.put("java", Runtime.version().toString());
        return versions;
    }

    /** Loads and checks; everything that can be refused is refused before data is loaded. */
    ExplanationJob prepare(ExplanationRequest request, ExplainerRegistry.Use use, TaskMonitor monitor) {
        Optional<TrainedExplainer> trained = check(request, use);
        StoredModel description = loader.describe(request);
        ExplanationJob.checkFit(use.explainer().info(), description.info());
        return ExplanationJob.of(request, loader.load(request, description, monitor), use, trained);
    }

    private Optional<TrainedExplainer> check(ExplanationRequest request, ExplainerRegistry.Use use) {
        request.deviceId().ifPresent(this::checkDevice);
        ExplanationJob.checkOptions(request, use.explainer());
        return request.trained().map(trained::find);
    }

    private void checkDevice(String id) {
        List<String> known = devices.devices().stream().map(DeviceInfo::id).toList();
        if (!known.contains(id)) {
            throw NotFoundException.of("device", id, known);
        }
    }
}
