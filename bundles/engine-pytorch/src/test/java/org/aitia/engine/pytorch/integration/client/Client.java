package org.aitia.engine.pytorch.integration.client;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.Ec2Utils;
import java.lang.reflect.Field;
import java.util.List;
import java.util.concurrent.Callable;
import org.aitia.api.engine.AdamOptimizer;
import org.aitia.api.engine.AdamOptions;
import org.aitia.api.engine.Adjacency;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** A bundle that computes with whatever engine is there, on behalf of the test. */
public final class Client implements BundleActivator, Callable<String> {
    private BundleContext context;

    @Override
    public void start(BundleContext context) {
        this.context = context;
        context.registerService(Callable.class, this, null);
    }

    @Override
    public void stop(BundleContext context) {}

    @Override
    public String call() throws ReflectiveOperationException {
        ServiceReference<TensorEngine> reference = context.getServiceReference(TensorEngine.class);
        if (reference == null) {
            return "no engine";
        }
        TensorEngine engine = context.getService(reference);
        try (NDManager manager = engine.newManager(Device.cpu())) {
            NDArray mask = engine.variable(manager.create(new double[] {1, 1, 1}));
            AdamOptimizer adam = engine.adam(AdamOptions.withLearningRate(0.5), List.of(mask));
            Adjacency graph = Adjacency.of(manager, new int[] {0, 2, 3}, new int[] {0, 1, 1}, 2);
            NDArray x = manager.create(new double[] {1, 10}, new Shape(2, 1));
            try (TensorScope step = engine.openStep()) {
                adam.step(engine.gradients(
                        engine.kernels().aggregate(graph, x, mask).sum(), List.of(mask)));
            }
            Field lastCheckIn = Ec2Utils.class.getDeclaredField("lastCheckIn");
            lastCheckIn.setAccessible(true);
            return engine.versions().get("pytorch") + " mask " + Math.round(1e6 * mask.getDouble(0)) / 1e6 + " report "
                    + lastCheckIn.get(null) + " alive " + engine.liveArrays();
        } finally {
            context.ungetService(reference);
        }
    }
}
