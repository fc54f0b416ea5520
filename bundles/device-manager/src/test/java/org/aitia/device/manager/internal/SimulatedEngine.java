package org.aitia.device.manager.internal;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.aitia.api.DeviceException;
import org.aitia.api.engine.GpuMemory;
import org.aitia.api.engine.TensorEngine;

/** An engine with any GPUs one likes, whose managers only count how often they are closed. It computes nothing. */
final class SimulatedEngine {
    private final Map<Device, Supplier<GpuMemory>> gpus = new LinkedHashMap<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile boolean broken;

    private final TensorEngine service =
            proxy(TensorEngine.class, (self, method, arguments) -> switch (method.getName()) {
                case "gpus" -> List.copyOf(gpus.keySet());
                case "gpuMemory" -> gpus.get((Device) arguments[0]).get();
                case "newManager" -> newManager((Device) arguments[0]);
                default -> throw new UnsupportedOperationException(method.getName());
            });

    TensorEngine service() {
        return service;
    }

    SimulatedEngine withGpu(long totalBytes, long freeBytes) {
        gpus.put(Device.gpu(gpus.size()), () -> new GpuMemory(totalBytes, freeBytes));
        return this;
    }

    SimulatedEngine withBrokenGpu() {
        gpus.put(Device.gpu(gpus.size()), () -> {
            throw new DeviceException("the driver does not answer");
        });
        return this;
    }

    /** Whether managers cannot be made. */
    void setBroken(boolean broken) {
        this.broken = broken;
    }

    int opened() {
        return opened.get();
    }

    /** Counts every call of close, the second of one manager too. */
    int closed() {
        return closed.get();
    }

    private NDManager newManager(Device device) {
        if (broken) {
            throw new DeviceException("the engine is broken");
        }
        opened.incrementAndGet();
        return proxy(NDManager.class, (self, method, arguments) -> switch (method.getName()) {
            case "close" -> {
                closed.incrementAndGet();
                yield null;
            }
            case "getDevice" -> device;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(SimulatedEngine.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
