package org.aitia.bench.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.aitia.api.TaskMonitor;

/**
 * Tells how far a run is and how long it may take: the mean time of what is done of each kind, times what is left of
 * it. Safe for several threads.
 */
final class Pace {
    // an estimate that changes more often cannot be read
    private static final long ESTIMATE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final TaskMonitor monitor;
    private final int lanes;
    private final LongSupplier nanoTime;
    private final Map<Kind, Tally> tallies = new HashMap<>();
    private int all;
    private int done;
    private String current = "";
    private String left = "";
    private long estimatedAt;

    /**
     * What takes about the same time.
     *
     * @param what name of an explainer, or that a model is trained
     * @param on label of the data set
     */
    record Kind(String what, String on) {}

    private static final class Tally {
        private int waiting;
        private int measured;
        private double seconds;
    }

    Pace(TaskMonitor monitor, int lanes, LongSupplier nanoTime) {
        this.monitor = monitor;
        this.lanes = lanes;
        this.nanoTime = nanoTime;
        this.estimatedAt = nanoTime.getAsLong() - ESTIMATE_NANOS;
    }

    /** Expects a cell, or something else that takes time. */
    synchronized void expect(Kind kind, boolean cell) {
        tally(kind).waiting++;
        all += cell ? 1 : 0;
    }

    private Tally tally(Kind kind) {
        return tallies.computeIfAbsent(kind, any -> new Tally());
    }

    /** Says what is being done. */
    synchronized void begin(String what) {
        current = what;
        tell();
    }

    /** Counts what was not computed: it tells nothing of how long the others take. */
    synchronized void skipped(Kind kind, boolean cell) {
        tally(kind).waiting--;
        done += cell ? 1 : 0;
        tell();
    }

    /** Counts what was computed. */
    synchronized void ended(Kind kind, boolean cell, double seconds) {
        Tally tally = tally(kind);
        tally.waiting--;
        tally.measured++;
        tally.seconds += seconds;
        done += cell ? 1 : 0;
        tell();
    }

    private void tell() {
        long now = nanoTime.getAsLong();
        if (now - estimatedAt >= ESTIMATE_NANOS) {
            estimatedAt = now;
            left = inWords(secondsLeft());
        }
        monitor.progress("cells" + left + (current.isEmpty() ? "" : " (" + current + ")"), done, all);
    }

    /** Seconds until the end; NaN as long as nothing is known of most of what waits. */
    synchronized double secondsLeft() {
        double seconds = 0;
        int known = 0;
        int unknown = 0;
        for (Map.Entry<Kind, Tally> entry : tallies.entrySet()) {
            int waiting = entry.getValue().waiting;
            double mean = mean(entry.getKey());
            if (Double.isNaN(mean)) {
                unknown += waiting;
            } else {
                known += waiting;
                seconds += waiting * mean;
            }
        }
        if (known < unknown) {
            return Double.NaN;
        }
        // what is not known is taken to be like the rest
        return known == 0 ? 0 : seconds / known * (known + unknown) / lanes;
    }

    /** The mean time of this kind, or of what does the same on other data. */
    private double mean(Kind kind) {
        Tally own = tallies.get(kind);
        if (own.measured > 0) {
            return own.seconds / own.measured;
        }
        double seconds = 0;
        int measured = 0;
        for (Map.Entry<Kind, Tally> entry : tallies.entrySet()) {
            if (entry.getKey().what().equals(kind.what())) {
                seconds += entry.getValue().seconds;
                measured += entry.getValue().measured;
            }
        }
        return seconds / measured; // NaN if there is none
    }

    private static String inWords(double seconds) {
        if (!(seconds >= 1)) {
            return "";
        }
        if (seconds < 100) {
            return ", about " + (seconds < 10 ? Math.round(seconds) : 10 * Math.round(seconds / 10)) + " s left";
        }
        long minutes = Math.round(seconds / 60);
        return minutes < 120
                ? ", about " + minutes + " min left"
                : ", about " + minutes / 60 + " h " + minutes % 60 + " min left";
    }
}
