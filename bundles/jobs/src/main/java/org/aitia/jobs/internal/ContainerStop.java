package org.aitia.jobs.internal;

import org.aitia.api.job.JobInfo;
import org.aitia.api.job.Jobs;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Cancels all jobs as soon as the container begins to stop. Bundles stop one after the other, and those of explainers
 * first: without this they would wait for their runs to finish, as they do when they are updated.
 */
@Component(service = {})
public final class ContainerStop {
    private final BundleContext context;
    private final SynchronousBundleListener listener;

    /**
     * Begins to listen.
     *
     * @param context of this bundle
     * @param jobs what is cancelled
     */
    @Activate
    public ContainerStop(BundleContext context, @Reference Jobs jobs) {
        this.context = context;
        this.listener = event -> {
            if (event.getType() == BundleEvent.STOPPING
                    && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
                jobs.list().stream()
                        .filter(job -> job.state() == JobInfo.State.RUNNING)
                        .forEach(job -> jobs.cancel(job.id()));
            }
        };
        context.addBundleListener(listener);
    }

    @Deactivate
    void close() {
        context.removeBundleListener(listener);
    }
}
