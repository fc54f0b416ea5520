package org.aitia.distribution.probe;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.aitia.api.engine.TensorEngine;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Runs inside the container as a bundle of its own and tells, as commands, what is still in memory there. It holds
 * bundles by weak references only.
 */
public final class LeakProbe implements BundleActivator {
    private final Map<String, List<WeakReference<ClassLoader>>> seen = new TreeMap<>();
    private BundleContext context;

    @Override
    public void start(BundleContext started) {
        context = started;
        Map<String, Object> properties = Map.of("osgi.command.scope", "probe", "osgi.command.function", new String[] {
            "watch", "survivors", "arrays", "threads"
        });
        started.registerService(LeakProbe.class, this, FrameworkUtil.asDictionary(properties));
    }

    @Override
    public void stop(BundleContext stopped) {
        seen.clear();
    }

    /** Remembers the class loader that a bundle has now. */
    public String watch(String name) {
        for (Bundle bundle : context.getBundles()) {
            if (name.equals(bundle.getSymbolicName())) {
                ClassLoader loader = bundle.adapt(BundleWiring.class).getClassLoader();
                List<WeakReference<ClassLoader>> known = seen.computeIfAbsent(name, n -> new ArrayList<>());
                if (known.stream().noneMatch(reference -> reference.refersTo(loader))) {
                    known.add(new WeakReference<>(loader));
                }
                return name + " watched " + known.size();
            }
        }
        throw new IllegalArgumentException("no bundle " + name);
    }

    /** For each bundle: how many of the class loaders that were watched are there after a collection. */
    public String survivors() {
        System.gc();
        return seen.entrySet().stream()
                .map(e -> e.getKey() + "="
                        + e.getValue().stream().filter(r -> !r.refersTo(null)).count() + "/"
                        + e.getValue().size())
                .collect(Collectors.joining(" "));
    }

    /** Native arrays of the engine that are alive. */
    public String arrays() {
        ServiceReference<TensorEngine> reference = context.getServiceReference(TensorEngine.class);
        try {
            return "arrays=" + context.getService(reference).liveArrays();
        } finally {
            context.ungetService(reference);
        }
    }

    /** Names of the product's own threads. */
    public String threads() {
        return "threads="
                + Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(n -> n.startsWith("aitia-"))
                        .sorted()
                        .toList();
    }
}
