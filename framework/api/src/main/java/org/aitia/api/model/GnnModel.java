package org.aitia.api.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.engine.TorchScriptSource;
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
     * Returns files that belong to the model besides its weights, such as a TorchScript module.
     *
     * @return content by file name; none by default; not to be changed
     */
    default Map<String, byte[]> attachments() {
        return Map.of();
    }

    /**
     * Writes the model as source of an equivalent TorchScript module.
     *
     * @return the source; empty if the architecture cannot
     */
    default Optional<TorchScriptSource> torchScript() {
        return Optional.empty();
    }

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
     * @throws org.aitia.api.InvalidRequestException if the model cannot be trained here, as an imported one
     */
    TrainingSession openForTraining(DeviceLease lease);
}
