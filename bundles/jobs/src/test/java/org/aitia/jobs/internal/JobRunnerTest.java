package org.aitia.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.aitia.api.AitiaException;
import org.aitia.api.CancelledException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.job.Job;
import org.aitia.api.job.JobInfo;
import org.aitia.api.job.JobInfo.State;
import org.aitia.api.job.Jobs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JobRunnerTest {
    private final JobRunner jobs = new JobRunner(System::nanoTime, Duration.ofSeconds(20));

    @AfterEach
    void stop() {
        jobs.close();
    }

    @Test
    void aJobReturnsItsResult() {
        Job<Integer> job = jobs.start("train", "gcn on cora", TaskMonitor.NONE, monitor -> 42);

        assertThat(job.await()).isEqualTo(42);
        assertThat(job.await()).isEqualTo(42);
    }

    @Test
    void aJobMayReturnNothing() {
        Job<Void> job = jobs.start("clean", "cache", TaskMonitor.NONE, monitor -> null);

        assertThat(job.await()).isNull();
        assertThat(job.info().state()).isEqualTo(State.DONE);
    }

    @Test
    void aRunningJobIsListedWithItsProgress() throws InterruptedException {
        CountDownLatch reported = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        Job<String> job = jobs.start("train", "gcn on cora", TaskMonitor.NONE, monitor -> {
            monitor.progress("epoch", 3, 200);
            reported.countDown();
            return await(finish);
        });
        reported.await();

        JobInfo info = jobs.list().get(0);
        assertThat(info).isEqualTo(job.info());
        assertThat(info.kind()).isEqualTo("train");
        assertThat(info.description()).isEqualTo("gcn on cora");
        assertThat(info.state()).isEqualTo(State.RUNNING);
        assertThat(info.stage()).isEqualTo("epoch");
        assertThat(info.done()).isEqualTo(3);
        assertThat(info.total()).isEqualTo(200);
        assertThat(info.ended()).isEmpty();
        assertThat(info.error()).isEmpty();

        finish.countDown();
        job.await();
        assertThat(jobs.list()).containsExactly(job.info());
        assertThat(job.info().state()).isEqualTo(State.DONE);
        assertThat(job.info().ended().orElseThrow()).isAfterOrEqualTo(info.started());
    }

    @Test
    void aJobThatHasReportedNothingHasNoStageAndNoTotal() {
        Job<Integer> job = jobs.start("a", "b", TaskMonitor.NONE, monitor -> 1);
        job.await();

        assertThat(job.info().stage()).isEmpty();
        assertThat(job.info().done()).isZero();
        assertThat(job.info().total()).isEqualTo(-1);
    }

    @Test
    void eachJobHasADaemonThreadNamedAfterIt() {
        Job<Thread> first = jobs.start("a", "", TaskMonitor.NONE, monitor -> Thread.currentThread());
        Job<Thread> second = jobs.start("a", "", TaskMonitor.NONE, monitor -> Thread.currentThread());

        assertThat(first.await().getName()).isEqualTo("aitia-job-1");
        assertThat(second.await().getName()).isEqualTo("aitia-job-2");
        assertThat(second.await().isDaemon()).isTrue();
    }

    @Test
    void awaitThrowsTheVeryExceptionOfTheWork() {
        AitiaException failure = new InvalidRequestException("layers must be 1 or more,\n  but is 0");
        Job<Integer> job = jobs.start("train", "gcn on cora", TaskMonitor.NONE, monitor -> {
            throw failure;
        });

        assertThatThrownBy(job::await).isSameAs(failure);
        assertThat(job.info().state()).isEqualTo(State.FAILED);
        assertThat(job.info().error()).contains("layers must be 1 or more, but is 0");
    }

    @Test
    void anyOtherExceptionIsNamedWithItsJob() {
        IllegalStateException bug = new IllegalStateException("no such row");
        Job<Integer> job = jobs.start("train", "gcn on cora", TaskMonitor.NONE, monitor -> {
            throw bug;
        });

        assertThatThrownBy(job::await)
                .isExactlyInstanceOf(AitiaException.class)
                .hasCause(bug)
                .hasMessage("job 1 (train gcn on cora) failed unexpectedly: java.lang.IllegalStateException:"
                        + " no such row; see the log");
        assertThat(job.info().state()).isEqualTo(State.FAILED);
    }

    @Test
    void anErrorOfABundleThatHasGoneEndsTheJobToo() {
        Job<Integer> job = jobs.start("explain", "cora", TaskMonitor.NONE, monitor -> {
            throw new NoClassDefFoundError("org/example/Gone");
        });

        assertThatThrownBy(job::await).isInstanceOf(AitiaException.class).hasMessageContaining("org/example/Gone");
    }

    @Test
    void aFullHeapSaysWhatToDo() {
        Job<Integer> job = jobs.start("train", "gcn on cora", TaskMonitor.NONE, monitor -> {
            throw new OutOfMemoryError("Java heap space");
        });

        assertThatThrownBy(job::await)
                .hasMessageMatching("job 1 \\(train gcn on cora\\) ran out of Java heap, which has \\d+ MiB;"
                        + " give it more with -Xmx");
    }

    @Test
    void aCancelledJobStopsAtItsNextLook() throws InterruptedException {
        CountDownLatch working = new CountDownLatch(1);
        Job<Integer> job = jobs.start("explain", "cora", TaskMonitor.NONE, untilCancelled(working));
        working.await();

        assertThat(jobs.cancel(job.info().id())).isTrue();

        assertThatThrownBy(job::await).isInstanceOf(CancelledException.class);
        assertThat(job.info().state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void theHandleCancelsToo() throws InterruptedException {
        CountDownLatch working = new CountDownLatch(1);
        Job<Integer> job = jobs.start("explain", "cora", TaskMonitor.NONE, untilCancelled(working));
        working.await();

        job.cancel();

        assertThatThrownBy(job::await).isInstanceOf(CancelledException.class);
    }

    @Test
    void theListenerCancelsToo() {
        AtomicBoolean enough = new AtomicBoolean();
        TaskMonitor listener = new TaskMonitor() {
            @Override
            public void progress(String stage, long done, long total) {
                enough.set(true);
            }

            @Override
            public boolean isCancelled() {
                return enough.get();
            }
        };
        Job<Integer> job = jobs.start("explain", "cora", listener, monitor -> {
            monitor.progress("explaining", 0, -1);
            return untilCancelled(new CountDownLatch(1)).apply(monitor);
        });

        assertThatThrownBy(job::await).isInstanceOf(CancelledException.class);
        assertThat(job.info().state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void workThatFinishesInSpiteOfCancellationIsDone() throws InterruptedException {
        CountDownLatch finish = new CountDownLatch(1);
        Job<String> job = jobs.start("a", "b", TaskMonitor.NONE, monitor -> await(finish));

        job.cancel();
        finish.countDown();

        assertThat(job.await()).isEqualTo("finished");
        assertThat(job.info().state()).isEqualTo(State.DONE);
    }

    @Test
    void anEndedJobCannotBeCancelled() {
        Job<Integer> job = jobs.start("a", "b", TaskMonitor.NONE, monitor -> 1);
        job.await();

        assertThat(jobs.cancel(job.info().id())).isFalse();
        assertThat(job.info().state()).isEqualTo(State.DONE);
    }

    @Test
    void anUnknownJobIsNamed() {
        assertThatThrownBy(() -> jobs.cancel(7))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("unknown job 7; there are none");

        jobs.start("a", "b", TaskMonitor.NONE, monitor -> 1).await();
        jobs.start("a", "b", TaskMonitor.NONE, monitor -> 1).await();
        assertThatThrownBy(() -> jobs.cancel(7)).hasMessage("unknown job 7; there are 1, 2");

        IntStream.range(0, 10)
                .forEach(i ->
                        jobs.start("a", "b", TaskMonitor.NONE, monitor -> 1).await());
        assertThatThrownBy(() -> jobs.cancel(70))
                .hasMessage("unknown job 70; the last are 3, 4, 5, 6, 7, 8, 9, 10, 11, 12");
    }

    @Test
    void interruptingTheWaitCancelsTheJobAndKeepsTheInterrupt() throws InterruptedException {
        CountDownLatch working = new CountDownLatch(1);
        Job<Integer> job = jobs.start("explain", "cora", TaskMonitor.NONE, untilCancelled(working));
        working.await();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicBoolean stillInterrupted = new AtomicBoolean();
        Thread waiter = new Thread(() -> {
            try {
                job.await();
            } catch (CancelledException e) {
                thrown.set(e);
            }
            stillInterrupted.set(Thread.currentThread().isInterrupted());
        });
        waiter.start();

        waiter.interrupt();
        waiter.join();

        assertThat(thrown.get()).hasMessageStartingWith("job 1 (explain cora) was cancelled because");
        assertThat(stillInterrupted).isTrue();
        assertThatThrownBy(job::await).isInstanceOf(CancelledException.class);
        assertThat(job.info().state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void anInterruptedThreadStillLearnsHowAnEndedJobEnded() {
        Job<Integer> job = jobs.start("a", "b", TaskMonitor.NONE, monitor -> 42);
        job.await();

        Thread.currentThread().interrupt();
        try {
            assertThat(job.await()).isEqualTo(42);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void theHistoryKeepsTheLastHundredAndAllThatRun() throws InterruptedException {
        CountDownLatch finish = new CountDownLatch(1);
        Job<String> old = jobs.start("old", "", TaskMonitor.NONE, monitor -> await(finish));
        for (int i = 0; i < JobRunner.HISTORY + 5; i++) {
            jobs.start("short", "", TaskMonitor.NONE, monitor -> 1).await();
        }

        assertThat(jobs.list()).hasSize(JobRunner.HISTORY + 1);
        assertThat(jobs.list()).extracting(JobInfo::id).startsWith(1L, 7L, 8L).isSorted();
        assertThatThrownBy(() -> jobs.cancel(2)).isInstanceOf(NotFoundException.class);

        finish.countDown();
        old.await();
        assertThat(jobs.list()).hasSize(JobRunner.HISTORY);
        assertThat(jobs.list()).extracting(JobInfo::id).startsWith(1L, 8L);
    }

    @Test
    void manyJobsAtOnceAllEnd() {
        int count = 200;
        AtomicInteger done = new AtomicInteger();
        // nobody passes until half of them run at the same time
        CountDownLatch together = new CountDownLatch(count / 2);
        List<Job<Integer>> all = Collections.synchronizedList(new ArrayList<>());
        IntStream.range(0, count)
                .parallel()
                .forEach(i -> all.add(jobs.start("a", "b", TaskMonitor.NONE, monitor -> {
                    together.countDown();
                    await(together);
                    monitor.progress("step", 1, 1);
                    return done.incrementAndGet();
                })));

        assertThat(all.stream().map(Job::await)).doesNotHaveDuplicates().hasSize(count);
        assertThat(all.stream().map(job -> job.info().id())).doesNotHaveDuplicates();
        assertThat(jobs.list()).hasSize(JobRunner.HISTORY).allMatch(info -> info.state() == State.DONE);
    }

    @Test
    void closingCancelsEverythingAndLeavesNoThread() throws InterruptedException {
        Phaser working = new Phaser(1);
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        List<Job<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            working.register();
            all.add(jobs.start("explain", "cora", TaskMonitor.NONE, monitor -> {
                threads.add(Thread.currentThread());
                working.arriveAndDeregister();
                return untilCancelled(new CountDownLatch(1)).apply(monitor);
            }));
        }
        working.arriveAndAwaitAdvance();

        jobs.close();

        assertThat(threads).hasSize(5).noneMatch(Thread::isAlive);
        assertThat(all).allMatch(job -> job.info().state() == State.CANCELLED);
    }

    @Test
    void closingInterruptsWorkThatDoesNotLookAtItsMonitor() {
        JobRunner impatient = new JobRunner(System::nanoTime, Duration.ofMillis(1));
        CountDownLatch never = new CountDownLatch(1);
        Job<String> job = impatient.start("stubborn", "", TaskMonitor.NONE, monitor -> await(never));

        impatient.close();

        assertThatThrownBy(job::await).isInstanceOf(AitiaException.class).hasMessage("interrupted");
    }

    @Test
    void aJobMayStopTheService() {
        Job<String> job = jobs.start("stop", "", TaskMonitor.NONE, monitor -> {
            jobs.close();
            return "stopped";
        });

        assertThat(job.await()).isEqualTo("stopped");
    }

    @Test
    void nothingStartsAfterClosing() {
        jobs.close();

        assertThatThrownBy(() -> jobs.start("train", "gcn on cora", TaskMonitor.NONE, monitor -> 1))
                .isInstanceOf(AitiaException.class)
                .hasMessage("cannot start 'train gcn on cora': jobs are being stopped; try again when they are back");
        assertThat(jobs.list()).isEmpty();
    }

    @Test
    void jobsDoNotInheritThreadLocals() {
        InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
        local.set("of the caller");
        try {
            Job<Boolean> job = jobs.start("a", "b", TaskMonitor.NONE, monitor -> local.get() == null);
            assertThat(job.await()).isTrue();
        } finally {
            local.remove();
        }
    }

    @Test
    void theHistoryDoesNotKeepTheClassesOfTheWork() throws Exception {
        WeakReference<ClassLoader> foreign = runForeignWork();

        assertThat(jobs.list()).hasSize(1);
        assertThat(collected(foreign)).isTrue();
    }

    @Test
    void worksThroughTheServiceLoader() {
        Jobs found = ServiceLoader.load(Jobs.class).findFirst().orElseThrow();

        assertThat(found.start("a", "b", TaskMonitor.NONE, monitor -> 1).await())
                .isEqualTo(1);
    }

    /** Work and listener from a class loader of their own, as if from a bundle that is then removed. */
    @SuppressWarnings("unchecked")
    private WeakReference<ClassLoader> runForeignWork() throws Exception {
        URL classes = ForeignWork.class.getProtectionDomain().getCodeSource().getLocation();
        try (ChildFirstLoader loader = new ChildFirstLoader(classes)) {
            Object work = loader.loadClass(ForeignWork.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            assertThat(work.getClass().getClassLoader()).isSameAs(loader);
            Job<?> job = jobs.start("foreign", "", (TaskMonitor) work, (Function<TaskMonitor, Object>) work);
            job.await();
            // a thread that is about to end still refers to its job
            awaitThreadsOfJobs();
            return new WeakReference<>(loader);
        }
    }

    private static void awaitThreadsOfJobs() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("aitia-job-")) {
                thread.join();
            }
        }
    }

    private static boolean collected(WeakReference<?> reference) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (reference.get() != null && System.nanoTime() < deadline) {
            System.gc();
            Thread.onSpinWait();
        }
        return reference.get() == null;
    }

    private static Function<TaskMonitor, Integer> untilCancelled(CountDownLatch working) {
        return monitor -> {
            working.countDown();
            while (true) {
                monitor.checkCancelled();
                Thread.onSpinWait();
            }
        };
    }

    private static String await(CountDownLatch latch) {
        try {
            latch.await();
            return "finished";
        } catch (InterruptedException e) {
            throw new AitiaException("interrupted", e);
        }
    }

    /** Loads this test's classes itself instead of asking its parent. */
    private static final class ChildFirstLoader extends URLClassLoader {
        ChildFirstLoader(URL classes) {
            super(new URL[] {classes}, JobRunnerTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals(ForeignWork.class.getName())) {
                synchronized (getClassLoadingLock(name)) {
                    Class<?> known = findLoadedClass(name);
                    return known == null ? findClass(name) : known;
                }
            }
            return super.loadClass(name, resolve);
        }
    }
}
