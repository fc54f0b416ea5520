package org.aitia.evaluation.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The same work on several threads, the calling one among them. */
final class Lanes {
    private static final Logger log = LoggerFactory.getLogger(Lanes.class);

    private Lanes() {}

    /**
     * Runs and waits for all; the first failure is thrown on.
     *
     * @param count how many threads in all, at least 1
     * @param stopped set when one of them fails, so that the others end too
     * @param work safe for several threads
     */
    static void run(int count, AtomicBoolean stopped, Runnable work) {
        run(count, stopped, work, Thread::new);
    }

    /** Runs on threads of a factory's making. */
    static void run(int count, AtomicBoolean stopped, Runnable work, ThreadFactory threads) {
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
            Thread thread = threads.newThread(guarded);
            thread.setName("aitia-metric-lane-" + i);
            thread.setDaemon(true);
            try {
                thread.start();
            } catch (OutOfMemoryError e) {
                // the operating system refuses another thread; those that run must not be left alone for that
                log.warn("going on with {} of {} lanes: {}", i, count, e.getMessage());
                break;
            }
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
