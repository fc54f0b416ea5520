package org.aitia.device.manager.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.aitia.api.DeviceException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.device.DeviceManager;
import org.aitia.api.device.LeaseRequest;
import org.aitia.api.engine.TensorEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Leases on this machine's CPU with the real tensor library, found as an embedding host without OSGi finds it. */
@Timeout(300)
class CpuLeaseTest {
    private static LeasingDeviceManager manager;
    private static TensorEngine engine;

    @BeforeAll
    static void findManager() {
        System.setProperty(DeviceSettings.CPU_LANES, "2");
        try {
            manager = (LeasingDeviceManager)
                    ServiceLoader.load(DeviceManager.class).findFirst().orElseThrow();
        } finally {
            System.clearProperty(DeviceSettings.CPU_LANES);
        }
        try (DeviceLease lease = acquire()) {
            engine = lease.engine();
            // whatever the library keeps for good is made by the first computation
            lease.manager().ones(new Shape(2, 2)).sum().getFloat();
        }
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    @Test
    void theManagerIsOnTheLeasedDevice() {
        try (DeviceLease lease = acquire()) {
            assertThat(lease.manager().getDevice().isGpu()).isFalse();
        }
    }

    @Test
    void closingALeaseFreesAllArraysOfItsManagerAndSubManagers() {
        long before = engine.liveArrays();
        DeviceLease lease = acquire();
        NDArray ones = lease.manager().ones(new Shape(100, 100));
        NDManager sub = lease.manager().newSubManager();
        NDArray inSub = sub.ones(new Shape(10));
        NDArray sum = ones.add(1);
        assertThat(sum.sum().getFloat()).isEqualTo(20_000f);
        assertThat(engine.liveArrays()).isGreaterThanOrEqualTo(before + 3);

        lease.close();

        assertThat(engine.liveArrays()).isEqualTo(before);
        assertThatThrownBy(inSub::toFloatArray).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void manyLeasesOnTwoLanesComputeAtOnceAndLeaveNothing() throws Exception {
        long before = engine.liveArrays();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Float>> sums = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                float value = i;
                sums.add(threads.submit(() -> {
                    try (DeviceLease lease = acquire()) {
                        NDArray x = lease.manager().full(new Shape(50, 50), value);
                        return x.matMul(x).max().getFloat();
                    }
                }));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(sums.get(i).get()).isEqualTo(50f * i * i);
            }
        } finally {
            threads.shutdown();
        }

        assertThat(engine.liveArrays()).isEqualTo(before);
        assertThat(manager.leases()).isEmpty();
    }

    @Test
    void arraysOfARevokedLeaseLiveUntilTheHolderClosesIt() {
        long before = engine.liveArrays();
        Machine machine = Machine.here();
        DeviceSettings atOnce = new DeviceSettings(1, 1 << 20, 1, "1g", Duration.ZERO, Duration.ZERO);
        LeasingDeviceManager stopped = new LeasingDeviceManager(engine, machine, atOnce, TimeSource.SYSTEM);
        DeviceLease lease = stopped.acquire(LeaseRequest.of("train").on("cpu"), TaskMonitor.NONE);
        NDArray ones = lease.manager().ones(new Shape(3));

        stopped.close();

        assertThatThrownBy(lease::checkValid)
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("revoked");
        assertThat(ones.toFloatArray()).containsExactly(1, 1, 1);
        lease.close();
        assertThat(engine.liveArrays()).isEqualTo(before);
    }

    private static DeviceLease acquire() {
        return manager.acquire(LeaseRequest.of("test").on("cpu"), TaskMonitor.NONE);
    }
}
