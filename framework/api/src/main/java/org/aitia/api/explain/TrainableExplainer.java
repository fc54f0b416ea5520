package org.aitia.api.explain;

import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An explainer that learns from many targets of one model before it explains any (PGExplainer).
 *
 * <p>{@link #explain} is always given what was learnt ({@link ExplanationBatch#learnt()}). One schema of options serves
 * both: training reads its part, explaining the other.
 */
@ConsumerType
public interface TrainableExplainer extends Explainer {
    /**
     * Learns. Random choices come from {@link ExplainerTraining#seed()} and the targets' seeds only.
     *
     * @param training targets, batches, device
     * @return what was learnt, on the host
     * @throws org.aitia.api.CancelledException if the monitor says so
     * @throws org.aitia.api.DeviceMemoryException if a batch is too large
     * @throws org.aitia.api.AitiaException if learning diverged; the message says where
     */
    LearntWeights train(ExplainerTraining training);

    /**
     * Tells which options may differ from those that it was trained with: training does not read them. All others are
     * taken from what was learnt, and a request that gives another value is refused.
     *
     * @return names of options; none by default
     */
    default Set<String> explainingOptions() {
        return Set.of();
    }
}
