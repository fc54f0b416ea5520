package org.aitia.explanations.internal;

import java.util.function.BooleanSupplier;
import org.aitia.api.CancelledException;
import org.aitia.api.DeviceException;
import org.aitia.api.TaskMonitor;

/**
 * Progress of one request in targets, put together from what each lane reports of its batch. Safe for several threads.
 */
final class RunProgress {
    private final TaskMonitor monitor;
    private final ExplainerRegistry.Use use;
    private final int total;
    private int finished; // guarded by this
    private double partial; // targets' worth of work inside unfinished batches; guarded by this
    private volatile boolean stopped;
    private volatile boolean begun;

    RunProgress(TaskMonitor monitor, ExplainerRegistry.Use use, int total) {
        this.monitor = monitor;
        this.use = use;
        this.total = total;
    }

    /** Makes every lane stop at its next look. */
    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    /** What a run whose explainer is taken away ends with. */
    DeviceException revoked() {
        return new DeviceException("explainer '" + use.explainer().info().name()
                + "' was stopped before this run finished; start its bundle and run again");
    }

    /** Replaces a share of unfinished work by what it has become, in one step: progress never goes back. */
    private synchronized void finish(int targets, double share) {
        finished += targets;
        partial -= share;
        report();
    }

    private synchronized void advance(double targets) {
        partial += targets;
        report();
    }

    private void report() {
        monitor.progress("explaining", Math.min(total, finished + (long) Math.max(0, partial)), total);
    }

    /** Tells that a lane has something to compute on: others that queue are no news any more. */
    void begin() {
        begun = true;
        synchronized (this) {
            report();
        }
    }

    /** A monitor for the work on one batch. */
    BatchMonitor batch(int targets) {
        return new BatchMonitor(targets);
    }

    /** A monitor for waiting in a queue, until there is nothing left to wait for. */
    TaskMonitor queueing(BooleanSupplier pointless) {
        return new LaneMonitor() {
            @Override
            public void progress(String stage, long done, long all) {
                if (!begun) {
                    monitor.progress(stage, done, all);
                }
            }

            @Override
            public boolean isCancelled() {
                return super.isCancelled() || pointless.getAsBoolean();
            }
        };
    }

    /** A monitor for training, which comes before anything is explained. */
    TaskMonitor training() {
        return new LaneMonitor() {
            @Override
            public void progress(String stage, long done, long all) {
                monitor.progress("training", done, all);
            }
        };
    }

    /** What all monitors of a run have in common. */
    private abstract class LaneMonitor implements TaskMonitor {
        @Override
        public boolean isCancelled() {
            return stopped || monitor.isCancelled() || use.isRevoked();
        }

        @Override
        public void message(String text) {
            monitor.message(text);
        }

        @Override
        public void checkCancelled() {
            try {
                TaskMonitor.super.checkCancelled();
            } catch (CancelledException e) {
                // asked afterwards: the explainer may be taken away at any moment, and then that is the cause
                throw use.isRevoked() ? revoked() : e;
            }
        }
    }

    /** Turns steps of a batch into a share of its targets. */
    final class BatchMonitor extends LaneMonitor implements AutoCloseable {
        private final int targets;
        private double reported; // used by the batch's thread only

        private BatchMonitor(int targets) {
            this.targets = targets;
        }

        @Override
        public void progress(String stage, long done, long all) {
            double now = all <= 0 ? 0 : targets * Math.min(1.0, done / (double) all);
            advance(now - reported);
            reported = now;
        }

        /** Counts the batch's targets as finished. */
        void finished() {
            finish(targets, reported);
            reported = 0;
        }

        /** Takes back what was reported, unless the batch has finished. */
        @Override
        public void close() {
            if (reported != 0) {
                advance(-reported);
                reported = 0;
            }
        }
    }
}
