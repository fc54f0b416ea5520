package org.aitia.explanations.internal;

import ai.djl.engine.EngineException;
import java.util.Locale;
import org.aitia.api.DeviceMemoryException;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.model.ModelSession;

/** How large batches may be, and how it looks when they were too large. */
final class Memory {
    /** Share of a lease's budget that a batch is planned to fill; the rest is slack for the estimate. */
    private static final double SHARE = 0.5;

    /**
     * Edges and nodes of a batch beyond which it only leaves the processor's caches: more targets per batch then cost
     * the same per target, or more.
     */
    private static final long MAX_BATCH_ELEMENTS = 32_768;

    private Memory() {}

    /** What fits the lease. */
    static TargetPlan.Limit limit(ExplanationJob job, ModelSession session, DeviceLease lease) {
        double featuresPerNode = job.storedFeaturesPerNode();
        return (count, nodes, edges) -> {
            long bytes = session.workingSetBytes(nodes, edges, (long) (featuresPerNode * nodes))
                    + job.explainer().workingSetBytes(nodes, edges, job.model(), job.options());
            return bytes <= SHARE * lease.memoryBudget() && nodes + edges <= MAX_BATCH_ELEMENTS;
        };
    }

    /** Tells whether a smaller batch may succeed where this was thrown. */
    static boolean isExhausted(Throwable e) {
        if (e instanceof DeviceMemoryException) {
            return true;
        }
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (e instanceof OutOfMemoryError) {
            return !message.contains("native thread"); // of those there are not more with smaller batches
        }
        return e instanceof EngineException
                && (message.contains("out of memory") || message.contains("can't allocate memory"));
    }

    /** What has run out, for messages. */
    static String place(Throwable e, DeviceLease lease) {
        return e instanceof OutOfMemoryError ? "Java's heap" : lease.deviceId();
    }
}
