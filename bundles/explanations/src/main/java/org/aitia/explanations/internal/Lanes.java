package org.aitia.explanations.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Runs the same work on several threads, the calling one among them, and waits for all. */
final class Lanes {
    private Lanes() {}

    /**
     * Runs.
     *
     * @param count how many threads in all, at least 1
     * @param progress stopped when one of them fails, so that the others do too
     * @param work safe for several threads
     */
    static void run(int count, RunProgress progress, Runnable work) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Runnable guarded = () -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                // the first failure is the cause; what the others throw follows from being stopped
                failure.compareAndSet(null, e);
                progress.stop();
            }
        };
        List<Thread> others = new ArrayList<>(count - 1);
        for (int i = 1; i < count; i++) {
            Thread thread = new Thread(guarded, "aitia-lane-" + i);
            thread.setDaemon(true);
            thread.start();
            others.add(thread);
        }
        guarded.run();
        boolean interrupted = false;
        for (Thread thread : others) {
            interrupted |= joined(thread, progress);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure.get() instanceof Error error) {
            throw error;
        } else if (failure.get() instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private static boolean joined(Thread thread, RunProgress progress) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // leases and native memory are in that thread's hands: stop it, but wait for it
                interrupted = true;
                progress.stop();
            }
        }
        return interrupted;
    }
}
