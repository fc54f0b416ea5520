package org.aitia.api.explain;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.aitia.api.TaskMonitor;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.model.ModelSession;
import org.osgi.annotation.versioning.ProviderType;

/** The work of {@link TrainableExplainer#train}: all of it on one lease and one thread. */
@ProviderType
public interface ExplainerTraining {
    /**
     * Returns the model.
     *
     * @return open on the lease
     */
    ModelSession session();

    /**
     * Returns what to learn from.
     *
     * @return the targets with their predictions, in the order of the request
     */
    List<ExplanationTarget> targets();

    /**
     * Returns the options.
     *
     * @return as typed; to be parsed with the explainer's schema
     */
    Map<String, String> options();

    /**
     * Returns the seed of training.
     *
     * @return of every random choice that belongs to no target
     */
    long seed();

    /**
     * Divides the targets into batches that fit the lease.
     *
     * @param most targets per batch at most, for example 1 for a step per target; 0 for as many as fit
     * @return positions in {@link #targets}, in order
     */
    List<List<Integer>> plan(int most);

    /**
     * Puts targets on the device. Computation graphs are extracted once and remembered on the host.
     *
     * @param positions in {@link #targets}
     * @return the batch; what it holds on the device lives until {@link Work#close}
     */
    Work open(List<Integer> positions);

    /**
     * Returns what to compute on.
     *
     * @return the lease
     */
    DeviceLease lease();

    /**
     * Returns what owns arrays that live as long as training.
     *
     * @return a manager on the device; closed after the call
     */
    NDManager manager();

    /**
     * Returns what is to be told of progress and asked for cancellation, at every step.
     *
     * @return the monitor
     */
    TaskMonitor monitor();

    /** Targets on the device. */
    @ProviderType
    interface Work extends AutoCloseable {
        /**
         * Returns the targets as work.
         *
         * @return without learnt weights
         */
        ExplanationBatch batch();

        /** Frees what it holds on the device. */
        @Override
        void close();
    }
}
