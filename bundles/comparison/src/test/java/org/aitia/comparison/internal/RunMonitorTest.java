package org.aitia.comparison.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.aitia.api.CancelledException;
import org.aitia.api.TaskMonitor;
import org.junit.jupiter.api.Test;

class RunMonitorTest {
    private final List<String> told = new ArrayList<>();
    private boolean cancelled;
    private final AtomicLong clock = new AtomicLong();

    private final TaskMonitor outer = new TaskMonitor() {
        @Override
        public void progress(String stage, long done, long total) {
            told.add(stage + " " + done + "/" + total);
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    };

    @Test
    void progressTellsTheRunTheTimeLeftAndWhatTheRunDoes() {
        RunMonitor monitor = new RunMonitor(outer, 3, clock::get);

        monitor.begin("ig, seed 0");
        monitor.progress("explaining", 5, 10);
        clock.set(TimeUnit.SECONDS.toNanos(20));
        monitor.end();
        monitor.begin("ig, seed 1");
        clock.set(TimeUnit.SECONDS.toNanos(400));
        monitor.end();
        monitor.begin("ig, seed 2");

        assertThat(told)
                .containsExactly(
                        "run 1 of 3 (ig, seed 0) 0/3",
                        "run 1 of 3 (ig, seed 0): explaining 5/10",
                        "run 2 of 3 (ig, seed 1; about 40 s left) 1/3",
                        "run 3 of 3 (ig, seed 2; about 3 min left) 2/3");
    }

    @Test
    void noRunBeginsAfterCancellation() {
        RunMonitor monitor = new RunMonitor(outer, 3, clock::get);
        cancelled = true;

        assertThatThrownBy(() -> monitor.begin("ig, seed 0")).isInstanceOf(CancelledException.class);
        assertThat(told).isEmpty();
    }
}
