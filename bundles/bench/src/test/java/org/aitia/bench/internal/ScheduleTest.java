package org.aitia.bench.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.aitia.api.CancelledException;
import org.aitia.api.TaskMonitor;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private final Schedule schedule = new Schedule();
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    private Schedule.Task task(String name, double urgency, Schedule.Task... before) {
        return schedule.add(urgency, List.of(before), () -> done.add(name));
    }

    @Test
    void theMostUrgentGoesFirstOnceWhatItWaitsForIsDone() {
        Schedule.Task training = task("training", 5);
        task("cell", 0);
        task("other cell", 0);
        Schedule.Task trial = task("trial", 1, training);
        task("chosen", 9, training, trial);

        schedule.run(1, TaskMonitor.NONE);

        assertThat(done).containsExactly("training", "trial", "chosen", "cell", "other cell");
    }

    @Test
    void tasksRunAtOnceOnAsManyThreads() {
        CountDownLatch both = new CountDownLatch(2);
        Runnable meet = () -> {
            both.countDown();
            await(both); // ends only if the other runs meanwhile
            done.add(Thread.currentThread().getName());
        };
        schedule.add(0, List.of(), meet);
        schedule.add(0, List.of(), meet);

        schedule.run(2, TaskMonitor.NONE);

        assertThat(done).containsExactlyInAnyOrder("aitia-bench-1", "aitia-bench-2");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anErrorEndsTheOthers() {
        Schedule.Task broken = schedule.add(1, List.of(), () -> {
            throw new IllegalStateException("broken");
        });
        task("dependent", 0, broken);

        assertThatThrownBy(() -> schedule.run(2, TaskMonitor.NONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
        assertThat(done).isEmpty();
    }

    @Test
    void cancellationWaitsForWhatRunsAndBeginsNothingMore() {
        Listener listener = new Listener(1);
        schedule.add(1, List.of(), () -> {
            listener.progress("cells", 1, 2);
            while (!schedule.isStopped()) {
                Thread.onSpinWait();
            }
            done.add("running");
        });
        task("waiting", 0);

        assertThatThrownBy(() -> schedule.run(1, listener)).isInstanceOf(CancelledException.class);

        assertThat(done).containsExactly("running");
    }

    @Test
    void nothingToDoIsDone() {
        schedule.run(2, TaskMonitor.NONE);

        assertThat(done).isEmpty();
    }
}
