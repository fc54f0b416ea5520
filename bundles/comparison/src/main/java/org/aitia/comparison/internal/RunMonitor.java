package org.aitia.comparison.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.aitia.api.TaskMonitor;

/** Tells of many runs as one piece of work: which run it is, how long the others may take, what the run does. */
final class RunMonitor implements TaskMonitor {
    private final TaskMonitor outer;
    private final int runs;
    private final LongSupplier nanoTime;
    private final long start;
    private final AtomicInteger finished = new AtomicInteger();
    private volatile String run = "";

    RunMonitor(TaskMonitor outer, int runs, LongSupplier nanoTime) {
        this.outer = outer;
        this.runs = runs;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** Begins a run. */
    void begin(String name) {
        outer.checkCancelled();
        int done = finished.get();
        run = "run " + (done + 1) + " of " + runs + " (" + name + timeLeft(done) + ")";
        outer.progress(run, done, runs);
    }

    /** Ends a run, whatever came of it. */
    void end() {
        finished.incrementAndGet();
    }

    private String timeLeft(int done) {
        if (done == 0) {
            return "";
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds((nanoTime.getAsLong() - start) / done * (runs - done));
        if (seconds < 1) {
            return "";
        }
        return seconds < 100 ? "; about " + seconds + " s left" : "; about " + (seconds + 30) / 60 + " min left";
    }

    @Override
    public void progress(String stage, long stageDone, long total) {
        outer.progress(run + ": " + stage, stageDone, total);
    }

    @Override
    public boolean isCancelled() {
        return outer.isCancelled();
    }

    @Override
    public void message(String text) {
        outer.message(text);
    }
}
