package org.aitia.jobs.internal;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.aitia.api.TaskMonitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the work sees of its job. It remembers every report and passes some of them on.
 *
 * <p>The listener gets at most ten reports per second, but always the first and the last of each stage, one at a time
 * and in order. A listener that throws, or whose bundle has gone,
 * is not called again: the work is not to blame for it.
 */
final class JobMonitor implements TaskMonitor {
    static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final Logger LOG = LoggerFactory.getLogger(JobMonitor.class);

    /** The last report. */
    record Progress(String stage, long done, long total) {
        static final Progress NONE = new Progress("", 0, -1);
    }

    private final String job;
    private final LongSupplier nanoTime;
    // replaced by NONE once it failed or the work has ended, so that finished jobs hold on to nothing
    private volatile TaskMonitor listener;
    private volatile Progress latest = Progress.NONE;
    private volatile boolean cancelled;

    // serialises the listener's calls; guards the two fields below. Not held by isCancelled() or latest(), so that a
    // slow listener delays neither cancellation nor listings
    private final Object delivery = new Object();
    private Progress delivered = Progress.NONE;
    private long deliveredAt;

    JobMonitor(String job, TaskMonitor listener, LongSupplier nanoTime) {
        this.job = job;
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.deliveredAt = nanoTime.getAsLong() - INTERVAL_NANOS;
    }

    @Override
    public void progress(String stage, long done, long total) {
        Progress report = new Progress(stage, done, total);
        synchronized (delivery) {
            boolean newStage = !stage.equals(latest.stage());
            if (newStage) {
                deliver(latest);
            }
            latest = report;
            if (newStage || done == total || nanoTime.getAsLong() - deliveredAt >= INTERVAL_NANOS) {
                deliver(report);
            }
        }
    }

    @Override
    public boolean isCancelled() {
        if (!cancelled) {
            try {
                // never set to false: the job may be cancelled while the listener is asked
                if (listener.isCancelled()) {
                    cancelled = true;
                }
            } catch (RuntimeException | LinkageError e) {
                drop(e);
            }
        }
        return cancelled;
    }

    @Override
    public void message(String text) {
        synchronized (delivery) {
            try {
                listener.message(text);
            } catch (RuntimeException | LinkageError e) {
                drop(e);
            }
        }
    }

    void cancel() {
        cancelled = true;
    }

    Progress latest() {
        return latest;
    }

    /** Delivers the last report and lets the listener go. */
    void end() {
        synchronized (delivery) {
            deliver(latest);
            listener = NONE;
        }
    }

    private void deliver(Progress report) {
        if (report.equals(delivered)) {
            return;
        }
        try {
            listener.progress(report.stage(), report.done(), report.total());
        } catch (RuntimeException | LinkageError e) {
            drop(e);
        }
        delivered = report;
        deliveredAt = nanoTime.getAsLong();
    }

    private void drop(Throwable e) {
        LOG.warn("the listener of {} failed and hears no more of it", job, e);
        listener = NONE;
    }
}
