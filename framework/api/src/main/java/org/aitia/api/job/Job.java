package org.aitia.api.job;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A piece of long work. Safe for several threads.
 *
 * @param <T> what it returns
 */
@ProviderType
public interface Job<T> {
    /**
     * Returns its state.
     *
     * @return a snapshot
     */
    JobInfo info();

    /**
     * Waits for the end. Interrupting the waiting thread cancels the job.
     *
     * @return the result
     * @throws org.aitia.api.AitiaException what the work threw, or {@link org.aitia.api.CancelledException}
     */
    T await();

    /** Asks the work to stop; it does at its next look at the monitor. */
    void cancel();
}
