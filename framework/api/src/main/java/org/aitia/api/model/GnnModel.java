package org.aitia.api.model;

import java.util.List;
import org.aitia.api.device.DeviceLease;
import org.osgi.annotation.versioning.ConsumerType;

/** A model with its weights, on the host. Immutable and safe for several threads. */
@ConsumerType
public interface GnnModel {
    /**
     * Returns what is known of it.
     *
     * @return architecture, shape, options, hops, mask support
     */
    ModelInfo info();

    /**
     * Returns its weights.
     *
     * @return in a fixed order
     */
    List<Parameter> parameters();

    /**
     * Puts the model on a device for prediction and explanation; weights are constants there.
     *
     * @param lease what it computes on
     * @return a session, to be closed before the lease
     */
    ModelSession open(DeviceLease lease);

    /**
     * Puts the model on a device for training.
     *
     * @param lease what it computes on
     * @return a session, to be closed before the lease
     */
    TrainingSession openForTraining(DeviceLease lease);
}
