package org.aitia.api.explain;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
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
 */
public record ExplanationBatch(
        ModelSession session,
        PreparedBatch prepared,
        List<ExplanationTarget> targets,
        Map<String, String> options,
        DeviceLease lease,
        NDManager manager,
        TaskMonitor monitor) {
    /** Copies the list and the map. */
    public ExplanationBatch {
        targets = List.copyOf(targets);
        options = Map.copyOf(options);
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
