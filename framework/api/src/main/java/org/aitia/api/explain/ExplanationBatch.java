package org.aitia.api.explain;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.TaskMonitor;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.PreparedBatch;

/**
 * The work that an explainer is given: independent targets in one block-diagonal batch, on a leased device.
 *
 * @param session the model
 * @param prepared the batch on the device; block b belongs to target b
 * @param targets what to explain, [B]
 * @param options as typed; to be parsed with the explainer's schema
 * @param lease what to compute on
 * @param manager owns whatever must live longer than one step; closed after the call
 * @param monitor to be asked and told at every step
 * @param initial masks that the caller wants to begin with, per target; an empty list if there are none
 * @param learnt what the explainer has learnt; present for a {@link TrainableExplainer}, and only for one
 */
public record ExplanationBatch(
        ModelSession session,
        PreparedBatch prepared,
        List<ExplanationTarget> targets,
        Map<String, String> options,
        DeviceLease lease,
        NDManager manager,
        TaskMonitor monitor,
        List<Optional<MaskValues>> initial,
        Optional<LearntWeights> learnt) {
    /** Copies the lists and the map. */
    public ExplanationBatch {
        targets = List.copyOf(targets);
        options = Map.copyOf(options);
        initial = List.copyOf(initial);
        if (!initial.isEmpty() && initial.size() != targets.size()) {
            throw new IllegalArgumentException(
                    "initial masks for " + initial.size() + " of " + targets.size() + " targets");
        }
    }

    /**
     * Work that begins from nothing.
     *
     * @param session the model
     * @param prepared the batch on the device
     * @param targets what to explain, [B]
     * @param options as typed
     * @param lease what to compute on
     * @param manager owns whatever must live longer than one step
     * @param monitor to be asked and told at every step
     */
    public ExplanationBatch(
            ModelSession session,
            PreparedBatch prepared,
            List<ExplanationTarget> targets,
            Map<String, String> options,
            DeviceLease lease,
            NDManager manager,
            TaskMonitor monitor) {
        this(session, prepared, targets, options, lease, manager, monitor, List.of(), Optional.empty());
    }

    /**
     * Returns the masks that the caller wants one target to begin with.
     *
     * @param target position in {@link #targets}
     * @return its masks, if the caller gave any
     */
    public Optional<MaskValues> initial(int target) {
        return initial.isEmpty() ? Optional.empty() : initial.get(target);
    }

    /**
     * Returns the structure.
     *
     * @return the batch, on the host
     */
    public GraphBatch graphs() {
        return prepared.batch();
    }

    /**
     * Returns what computes.
     *
     * @return the lease's engine
     */
    public TensorEngine engine() {
        return lease.engine();
    }
}
