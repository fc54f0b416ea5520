package org.aitia.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Follows and can cancel one piece of long work.
 *
 * <p>The worker calls {@link #progress} as often as it likes (implementations throttle) and {@link #checkCancelled} at
 * least once per second of work. Both may be called from several threads.
 */
@ConsumerType
public interface TaskMonitor {
    /** Ignores progress and never cancels. */
    TaskMonitor NONE = new TaskMonitor() {
        @Override
        public void progress(String stage, long done, long total) {
            // nobody listens
        }

        @Override
        public boolean isCancelled() {
            return false;
        }
    };

    /**
     * Reports progress.
     *
     * @param stage what is being done, for example {@code "epoch"} or {@code "explaining"}
     * @param done units done so far, 0 or more
     * @param total units in all, or -1 when not known
     */
    void progress(String stage, long done, long total);

    /**
     * Tells whether the work was cancelled.
     *
     * @return true from the moment of cancellation on
     */
    boolean isCancelled();

    /**
     * Reports something worth a line of its own, for example the licence of data being downloaded.
     *
     * @param text one line
     */
    default void message(String text) {
        // not every listener shows messages
    }

    /**
     * Returns normally unless the work was cancelled.
     *
     * @throws CancelledException if it was
     */
    default void checkCancelled() {
        if (isCancelled() || Thread.currentThread().isInterrupted()) {
            throw new CancelledException("cancelled");
        }
    }
}
