package org.aitia.device.manager.internal;

import ai.djl.Device;
import org.aitia.api.device.DeviceInfo;

/**
 * A device and its books.
 *
 * @param device as the engine knows it
 * @param description for people
 * @param ledger who holds what
 */
record ManagedDevice(Device device, String description, DeviceLedger ledger) {
    String id() {
        return ledger.deviceId();
    }

    boolean isGpu() {
        return device.isGpu();
    }

    /** Holders and waiters: the shorter, the sooner a new request is served. */
    int load() {
        DeviceLedger.Snapshot snapshot = ledger.snapshot();
        return snapshot.holdings().size() + snapshot.queued();
    }

    DeviceInfo info() {
        DeviceLedger.Snapshot snapshot = ledger.snapshot();
        return new DeviceInfo(
                id(),
                device,
                description,
                ledger.lanes(),
                snapshot.holdings().size(),
                ledger.memory(),
                snapshot.leased(),
                snapshot.queued());
    }
}
