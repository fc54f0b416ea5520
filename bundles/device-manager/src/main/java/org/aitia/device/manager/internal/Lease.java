package org.aitia.device.manager.internal;

import ai.djl.ndarray.NDManager;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.aitia.api.DeviceException;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.engine.TensorEngine;

/**
 * A granted lease.
 *
 * <p>Only {@link #close()} frees native memory. Revoking does not: the holder may be inside a native call on the very
 * arrays that would be freed, which ends the process. A revoked lease instead refuses further use, and its memory is
 * freed when the holder, thrown out by {@link #checkValid()} or {@link #manager()}, closes it.
 */
final class Lease implements DeviceLease {
    private enum State {
        /** Usable. */
        HELD,
        /** Not usable any more; holds its lane and memory until closed. */
        REVOKED,
        /** Everything was given back. */
        CLOSED
    }

    private final Holding holding;
    private final String deviceId;
    private final TensorEngine engine;
    private final NDManager manager;
    private final Consumer<Lease> giveBack;
    private final AtomicReference<State> state = new AtomicReference<>(State.HELD);

    /**
     * Creates a lease.
     *
     * @param giveBack returns the lane and the budget to the books; called once, after the arrays are freed
     */
    Lease(Holding holding, String deviceId, TensorEngine engine, NDManager manager, Consumer<Lease> giveBack) {
        this.holding = holding;
        this.deviceId = deviceId;
        this.engine = engine;
        this.manager = manager;
        this.giveBack = giveBack;
    }

    @Override
    public String id() {
        return holding.leaseId();
    }

    @Override
    public String purpose() {
        return holding.purpose();
    }

    @Override
    public String deviceId() {
        return deviceId;
    }

    @Override
    public long memoryBudget() {
        return holding.bytes();
    }

    @Override
    public TensorEngine engine() {
        return engine;
    }

    @Override
    public NDManager manager() {
        checkValid();
        return manager;
    }

    @Override
    public boolean isValid() {
        return state.get() == State.HELD;
    }

    @Override
    public void checkValid() {
        switch (state.get()) {
            case HELD -> {
                // nothing to say
            }
            case REVOKED ->
                throw new DeviceException(
                        "lease %s on %s for '%s' was revoked because the devices are being stopped; close it, and run the work again when they are back"
                                .formatted(id(), deviceId, purpose()));
            case CLOSED ->
                throw new DeviceException(
                        "lease %s on %s for '%s' is closed; acquire a new one".formatted(id(), deviceId, purpose()));
        }
    }

    /** Makes the lease unusable without freeing anything; a closed one stays closed. */
    void revoke() {
        state.compareAndSet(State.HELD, State.REVOKED);
    }

    @Override
    public void close() {
        if (state.getAndSet(State.CLOSED) == State.CLOSED) {
            return;
        }
        try {
            manager.close();
        } finally {
            giveBack.accept(this);
        }
    }

    @Override
    public String toString() {
        return id() + " '" + purpose() + "'";
    }
}
