package org.aitia.launcher;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes the update of a bundle whose packages others use.
 *
 * <p>The engine exports DJL and the API imports it, while the engine imports the API: its new revision cannot resolve as
 * long as the API is wired to the old one. OSGi leaves it to a management agent to refresh the wiring and to start what
 * could not start before; for bundles that export nothing, like plugins, there is nothing to do.
 */
final class Rewiring implements BundleListener {

    private static final Logger LOG = LoggerFactory.getLogger(Rewiring.class);

    private final BundleContext context;

    Rewiring(BundleContext context) {
        this.context = context;
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        boolean newRevision = event.getType() == BundleEvent.UPDATED || event.getType() == BundleEvent.INSTALLED;
        FrameworkWiring wiring = systemBundle().adapt(FrameworkWiring.class);
        if (newRevision && !wiring.getRemovalPendingBundles().isEmpty()) {
            LOG.info(
                    "Refreshing the bundles that depend on {}",
                    event.getBundle().getSymbolicName());
            wiring.refreshBundles(null, refreshed -> startWhatIsDue());
        }
    }

    private void startWhatIsDue() {
        int level = systemBundle().adapt(FrameworkStartLevel.class).getStartLevel();
        for (Bundle bundle : context.getBundles()) {
            boolean down = bundle.getState() == Bundle.INSTALLED || bundle.getState() == Bundle.RESOLVED;
            if (down && isDue(bundle, level)) {
                try {
                    bundle.start(Bundle.START_ACTIVATION_POLICY);
                } catch (BundleException e) {
                    LOG.info("Bundle {} does not start", bundle.getSymbolicName(), e);
                }
            }
        }
    }

    private static boolean isDue(Bundle bundle, int level) {
        BundleStartLevel start = bundle.adapt(BundleStartLevel.class);
        return start.isPersistentlyStarted()
                && start.getStartLevel() <= level
                && bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null;
    }

    private Bundle systemBundle() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_ID);
    }
}
