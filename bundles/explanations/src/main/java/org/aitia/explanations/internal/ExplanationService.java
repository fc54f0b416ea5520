package org.aitia.explanations.internal;

import java.time.Duration;
import java.util.List;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.device.DeviceManager;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.ExplanationInput;
import org.aitia.api.explain.ExplanationRequest;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.Explanations;
import org.aitia.api.model.ModelStore;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The {@link Explanations} service: a registry of explainers, and one {@link ExplanationRun} per request. */
@Component(service = Explanations.class)
public final class ExplanationService implements Explanations {
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final ModelStore models;
    private final Datasets datasets;
    private final DeviceManager devices;
    private final String version;
    private final ExplainerRegistry explainers = new ExplainerRegistry(GRACE);

    /**
     * Creates the service.
     *
     * @param context of this bundle, whose version is recorded
     * @param models where models are
     * @param datasets where data is
     * @param devices what is computed on
     */
    @Activate
    public ExplanationService(
            BundleContext context,
            @Reference ModelStore models,
            @Reference Datasets datasets,
            @Reference DeviceManager devices) {
        this(models, datasets, devices, context.getBundle().getVersion().toString());
    }

    /**
     * For use without OSGi.
     *
     * @param models where models are
     * @param datasets where data is
     * @param devices what is computed on
     * @param version of Aitia, to be recorded
     */
    public ExplanationService(ModelStore models, Datasets datasets, DeviceManager devices, String version) {
        this.models = models;
        this.datasets = datasets;
        this.devices = devices;
        this.version = version;
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindExplainer(Explainer explainer, ServiceReference<Explainer> reference) {
        Bundle bundle = reference.getBundle();
        // the bundle may have stopped between registration and this call
        add(explainer, bundle == null ? "unknown" : bundle.getSymbolicName() + " " + bundle.getVersion());
    }

    void unbindExplainer(Explainer explainer) {
        explainers.remove(explainer);
    }

    /** Adds an explainer without OSGi, for hosts and tests that wire by hand. */
    void add(Explainer explainer, String bundle) {
        explainers.add(explainer, bundle);
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
            return new ExplanationRun(request, use, models, datasets, devices, version, monitor).execute();
        }
    }

    @Override
    public ExplanationInput load(ExplanationRequest request, TaskMonitor monitor) {
        throw new UnsupportedOperationException("under construction");
    }

    @Override
    public ExplanationResult explain(ExplanationRequest request, ExplanationInput input, TaskMonitor monitor) {
        throw new UnsupportedOperationException("under construction");
    }
}
