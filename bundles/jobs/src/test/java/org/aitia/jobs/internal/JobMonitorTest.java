package org.aitia.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.aitia.api.TaskMonitor;
import org.junit.jupiter.api.Test;

class JobMonitorTest {
    private final AtomicLong clock = new AtomicLong(-5);
    private final Recorder listener = new Recorder();
    private final JobMonitor monitor = new JobMonitor("job 1", listener, clock::get);

    @Test
    void frequentReportsAreThinnedOut() {
        for (int i = 0; i < 1000; i++) {
            monitor.progress("epoch", i, 1000);
            clock.addAndGet(JobMonitor.INTERVAL_NANOS / 100);
        }

        assertThat(listener.heard).hasSize(10).startsWith("epoch 0/1000", "epoch 100/1000", "epoch 200/1000");
    }

    @Test
    void everyReportIsRemembered() {
        monitor.progress("epoch", 1, 1000);
        monitor.progress("epoch", 2, 1000);

        assertThat(listener.heard).containsExactly("epoch 1/1000");
        assertThat(monitor.latest()).isEqualTo(new JobMonitor.Progress("epoch", 2, 1000));
    }

    @Test
    void theLastReportIsAlwaysDelivered() {
        monitor.progress("epoch", 1, 1000);
        monitor.progress("epoch", 2, 1000);
        monitor.progress("epoch", 3, 1000);
        monitor.end();

        assertThat(listener.heard).containsExactly("epoch 1/1000", "epoch 3/1000");
    }

    @Test
    void theEndOfAStageIsDeliveredBeforeTheNextStage() {
        monitor.progress("epoch", 1, 1000);
        monitor.progress("epoch", 700, 1000);
        monitor.progress("testing", 0, -1);

        assertThat(listener.heard).containsExactly("epoch 1/1000", "epoch 700/1000", "testing 0/-1");
    }

    @Test
    void completionIsDeliveredAtOnceAndOnlyOnce() {
        monitor.progress("epoch", 999, 1000);
        monitor.progress("epoch", 1000, 1000);
        monitor.progress("epoch", 1000, 1000);
        monitor.end();

        assertThat(listener.heard).containsExactly("epoch 999/1000", "epoch 1000/1000");
    }

    @Test
    void nothingReportedIsNothingDelivered() {
        monitor.end();

        assertThat(listener.heard).isEmpty();
    }

    @Test
    void messagesAreNotThinnedOut() {
        monitor.message("licence: CC0");
        monitor.message("licence: CC BY");

        assertThat(listener.heard).containsExactly("licence: CC0", "licence: CC BY");
    }

    @Test
    void aListenerThatFailsHearsNoMoreAndDoesNotStopTheWork() {
        listener.failure = new IllegalStateException("terminal gone");
        monitor.progress("epoch", 1, 2);
        monitor.progress("epoch", 2, 2);
        monitor.message("still here");

        assertThat(listener.heard).containsExactly("epoch 1/2");
        assertThat(monitor.isCancelled()).isFalse();
        assertThat(monitor.latest().done()).isEqualTo(2);
    }

    @Test
    void aListenerWhoseBundleHasGoneDoesNotStopTheWork() {
        listener.failure = new NoClassDefFoundError("org/example/Gone");
        monitor.progress("epoch", 1, 2);
        monitor.progress("epoch", 2, 2);

        assertThat(listener.heard).containsExactly("epoch 1/2");
    }

    @Test
    void cancellationLasts() {
        listener.cancelled = true;
        assertThat(monitor.isCancelled()).isTrue();

        listener.cancelled = false;
        assertThat(monitor.isCancelled()).isTrue();
    }

    @Test
    void cancellingWhileTheListenerIsAskedIsNotLost() {
        listener.whenAsked = monitor::cancel;

        assertThat(monitor.isCancelled()).isTrue();
    }

    private static final class Recorder implements TaskMonitor {
        private final List<String> heard = new ArrayList<>();
        private boolean cancelled;
        private Throwable failure;
        private Runnable whenAsked = () -> {};

        @Override
        public void progress(String stage, long done, long total) {
            heard.add(stage + " " + done + "/" + total);
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
        }

        @Override
        public void message(String text) {
            heard.add(text);
        }

        @Override
        public boolean isCancelled() {
            whenAsked.run();
            return cancelled;
        }
    }
}
