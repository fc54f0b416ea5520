package org.aitia.explanations.internal;

import java.util.function.Supplier;
import org.aitia.api.AitiaException;
import org.aitia.api.device.DeviceLease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls into code of plugins: whatever comes out of it that is no error of the user's names the bundle. */
final class ExplainerCall {
    private static final Logger log = LoggerFactory.getLogger(ExplainerCall.class);

    private ExplainerCall() {}

    static <T> T of(ExplanationJob job, DeviceLease lease, Supplier<T> call) {
        try {
            return call.get();
        } catch (AitiaException e) {
            throw e;
        } catch (RuntimeException e) {
            if (Memory.isExhausted(e)) {
                throw e;
            }
            lease.checkValid(); // where the device went away, that is the cause
            log.warn("{} failed", job.explainerAndBundle(), e);
            throw new AitiaException(
                    job.explainerAndBundle() + " failed with "
                            + e.toString().lines().findFirst().orElse("an exception")
                            + "; the log has the details",
                    e);
        }
    }

    static AitiaException defect(ExplanationJob job, String returned) {
        return new AitiaException(
                job.explainerAndBundle() + " returned " + returned + "; this is a defect of that bundle");
    }
}
