package org.aitia.evaluation.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** The same work on several threads, the calling one among them. */
final class Lanes {
    private Lanes() {}

    /**
     * Runs and waits for all; the first failure is thrown on.
     *
     * @param count how many threads in all, at least 1
     * @param stopped set when one of them fails, so that the others end too
     * @param work safe for several threads
     */
    static void run(int count, AtomicBoolean stopped, Runnable work) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Runnable guarded = () -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                // what the others throw follows from being stopped
                failure.compareAndSet(null, e);
                stopped.set(true);
            }
        };
        List<Thread> others = new ArrayList<>(count - 1);
        for (int i = 1; i < count; i++) {
            Thread thread = new Thread(guarded, "aitia-metric-lane-" + i);
            thread.setDaemon(true);
            thread.start();
            others.add(thread);
        }
        guarded.run();
        boolean interrupted = false;
        for (Thread thread : others) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    // leases are in that thread's hands: stop it, but wait for it
                    interrupted = true;
                    stopped.set(true);
                }
            }
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
}
