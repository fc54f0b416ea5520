package org.aitia.api.device;

import java.util.List;
import org.aitia.api.TaskMonitor;
import org.osgi.annotation.versioning.ProviderType;

/** Shares the devices of this machine fairly among all work. Safe for several threads. */
@ProviderType
public interface DeviceManager {
    /**
     * Returns the devices and their state.
     *
     * @return GPUs first, the CPU last; never empty
     */
    List<DeviceInfo> devices();

    /**
     * Returns the leases that are held.
     *
     * @return oldest first
     */
    List<LeaseInfo> leases();

    /**
     * Waits for a lane. Requests for a device are served in the order in which they came.
     *
     * @param request what is needed
     * @param monitor its cancellation ends the wait
     * @return a lease, to be closed
     * @throws org.aitia.api.NotFoundException if there is no such device
     * @throws org.aitia.api.InvalidRequestException if the budget exceeds what the device has
     * @throws org.aitia.api.DeviceException if no lane became free in time, or the manager is shutting down
     * @throws org.aitia.api.CancelledException if cancelled while waiting
     */
    DeviceLease acquire(LeaseRequest request, TaskMonitor monitor);
}
