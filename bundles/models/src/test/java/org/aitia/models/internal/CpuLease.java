package org.aitia.models.internal;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.ServiceLoader;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.engine.TensorEngine;

/** A lease on the CPU that nobody manages. */
public final class CpuLease implements DeviceLease {
    private final TensorEngine engine =
            ServiceLoader.load(TensorEngine.class).findFirst().orElseThrow();
    private final NDManager manager = engine.newManager(Device.cpu());

    @Override
    public String id() {
        return "test";
    }

    @Override
    public String purpose() {
        return "test";
    }

    @Override
    public String deviceId() {
        return "cpu";
    }

    @Override
    public long memoryBudget() {
        return 1 << 30;
    }

    @Override
    public TensorEngine engine() {
        return engine;
    }

    @Override
    public NDManager manager() {
        return manager;
    }

    @Override
    public boolean isValid() {
        return true;
    }

    @Override
    public void checkValid() {
        // always
    }

    @Override
    public void close() {
        manager.close();
    }
}
