package org.aitia.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TaskMonitorTest {
    @Test
    void checkPassesUntilCancelled() {
        assertThatCode(TaskMonitor.NONE::checkCancelled).doesNotThrowAnyException();
        TaskMonitor cancelled = new TaskMonitor() {
            @Override
            public void progress(String stage, long done, long total) {
                // not of interest
            }

            @Override
            public boolean isCancelled() {
                return true;
            }
        };
        assertThatThrownBy(cancelled::checkCancelled).isInstanceOf(CancelledException.class);
    }

    @Test
    void interruptedThreadCountsAsCancelledAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(TaskMonitor.NONE::checkCancelled).isInstanceOf(CancelledException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
