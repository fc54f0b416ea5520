package org.aitia.api.explain;

import java.util.List;
import java.util.Map;
import org.aitia.api.model.ModelInfo;
import org.aitia.api.option.OptionSchema;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An explanation algorithm; a service that bundles register.
 *
 * <p>It holds no state between calls and is safe for several threads: each call computes on the lease it is given, on
 * the calling thread. It knows nothing of threads, devices, files or pictures. Its results must not depend on how
 * targets are batched: random choices for target b come from {@code targets().get(b).seed()} only.
 *
 * <p>A bundle also declares the capability {@code aitia.explainer} in its manifest.
 */
@ConsumerType
public interface Explainer {
    /**
     * Returns what it is.
     *
     * @return name, tasks, requirements
     */
    ExplainerInfo info();

    /**
     * Returns its options.
     *
     * @return the schema
     */
    OptionSchema<?> options();

    /**
     * Explains every target of a batch.
     *
     * @param batch the work
     * @return one result per target, in order
     * @throws org.aitia.api.CancelledException if the monitor says so
     * @throws org.aitia.api.DeviceMemoryException if the batch is too large; the planner then tries smaller ones
     */
    List<MaskValues> explain(ExplanationBatch batch);

    /**
     * Estimates the memory it needs beside one forward and backward pass of the model.
     *
     * @param nodes rows of the batch
     * @param edges edges of the batch
     * @param model what is explained
     * @param options as typed
     * @return bytes; 0 by default
     */
    default long workingSetBytes(long nodes, long edges, ModelInfo model, Map<String, String> options) {
        return 0;
    }
}
