package org.aitia.engine.pytorch.internal;

import org.aitia.api.engine.TensorEngine;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The tensor engine as a service. Immediate, so that DJL is set up by this bundle before another one touches its
 * classes; apart from {@link PyTorchEngine}, so that a plain class path needs no OSGi classes.
 */
@Component(service = TensorEngine.class, immediate = true)
public final class EngineComponent extends PyTorchEngine {
    /**
     * Starts libtorch as the framework properties say, or joins the one that runs.
     *
     * @param context of this bundle
     */
    @Activate
    public EngineComponent(BundleContext context) {
        super(EngineSettings.of(context::getProperty, System::getenv));
    }

    /** Frees everything. */
    @Deactivate
    void deactivate() {
        close();
    }
}
