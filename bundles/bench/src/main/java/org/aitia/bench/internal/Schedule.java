package org.aitia.bench.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.aitia.api.CancelledException;
import org.aitia.api.TaskMonitor;

/**
 * Runs tasks on threads of its own, each once those are done that it waits for; of those that could run, the most urgent
 * first. Tasks are added before it runs.
 */
final class Schedule {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Something to do. */
    static final class Task {
        private final Runnable work;
        private final double urgency;
        private final int order;
        private final List<Task> dependents = new ArrayList<>();
        private int waitsFor;

        private Task(Runnable work, double urgency, int order) {
            this.work = work;
            this.urgency = urgency;
            this.order = order;
        }
    }

    private final List<Task> tasks = new ArrayList<>();
    // guards all below: workers take tasks and tell of their ends
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Task> ready = new PriorityQueue<>(
            Comparator.<Task>comparingDouble(task -> -task.urgency).thenComparingInt(task -> task.order));
    private int left;
    private Throwable failure;
    private volatile boolean stopped;

    /**
     * Adds a task.
     *
     * @param urgency of tasks that could run, the greatest goes first; of equal ones, that which was added first
     * @param waitsFor tasks that must have ended
     * @param work what to do; what it throws ends everything
     */
    Task add(double urgency, List<Task> waitsFor, Runnable work) {
        Task task = new Task(work, urgency, tasks.size());
        task.waitsFor = waitsFor.size();
        waitsFor.forEach(other -> other.dependents.add(task));
        tasks.add(task);
        return task;
    }

    /**
     * Runs all tasks.
     *
     * @param threads how many tasks at once
     * @param monitor asked for cancellation
     * @throws CancelledException if cancelled, once all threads have ended
     */
    void run(int threads, TaskMonitor monitor) {
        left = tasks.size();
        tasks.stream().filter(task -> task.waitsFor == 0).forEach(ready::add);
        List<Thread> workers = new ArrayList<>();
        try {
            for (int i = 0; i < threads; i++) {
                Thread worker = new Thread(this::work, "aitia-bench-" + (i + 1));
                worker.setDaemon(true);
                worker.start();
                workers.add(worker);
            }
            awaitEnd(monitor);
        } finally {
            stopped = true;
            wake();
            join(workers);
        }
        if (failure instanceof Error error) {
            throw error;
        } else if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** Tells whether tasks should end at once. */
    boolean isStopped() {
        return stopped;
    }

    private void awaitEnd(TaskMonitor monitor) {
        lock.lock();
        try {
            while (left > 0 && failure == null) {
                monitor.checkCancelled();
                changed.awaitNanos(POLL_NANOS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException("cancelled", e);
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        Task task = next();
        while (task != null) {
            Throwable thrown = null;
            try {
                task.work.run();
            } catch (RuntimeException | Error e) {
                thrown = e;
            }
            end(task, thrown);
            task = next();
        }
    }

    /** Returns what to do next; null if there is nothing left. */
    private Task next() {
        lock.lock();
        try {
            while (ready.isEmpty() && left > 0 && !stopped && failure == null) {
                changed.await();
            }
            return stopped || failure != null ? null : ready.poll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void end(Task task, Throwable thrown) {
        lock.lock();
        try {
            left--;
            if (thrown != null && failure == null) {
                failure = thrown;
            }
            for (Task dependent : task.dependents) {
                if (--dependent.waitsFor == 0) {
                    ready.add(dependent);
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for threads to end, whatever happens: they hold leases. */
    private static void join(List<Thread> workers) {
        boolean interrupted = false;
        for (Thread worker : workers) {
            while (worker.isAlive()) {
                try {
                    worker.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
