package org.aitia.shell.internal.console;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.aitia.api.TaskMonitor;

/**
 * Shows progress on standard error: a bar that is redrawn, or a line now and then. Safe for several threads.
 *
 * <p>Workers only note what they did. A thread of its own draws, because a worker may be interrupted at any time and
 * writing on an interrupted thread would close the channel of the session.
 */
public final class Progress implements TaskMonitor, AutoCloseable {
    static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(5);
    static final long NEW_STAGE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long PERIOD_MILLIS = 100;
    private static final int BAR_COLUMNS = 28;
    private static final String CLEAR_LINE = "\r\u001b[K";

    /** How progress is shown. */
    public enum Style {
        /** A bar in the last line of a terminal. */
        LIVE,
        /** Throttled lines. */
        LINES,
        /** Not at all. */
        QUIET
    }

    private final PrintStream err;
    private final Style style;
    private final boolean unicode;
    private final int width;
    private final LongSupplier nanoTime;
    private final long start;
    private final ScheduledExecutorService painter;

    private final List<String> messages = new ArrayList<>();
    private String stage = "";
    private long done;
    private long total = -1;
    private boolean dirty;

    private String shownStage = "";
    private long shownAt;
    private boolean shownAny;
    private boolean barShown;
    private boolean closed;

    /**
     * Starts to show progress.
     *
     * @param console where to
     * @param quiet whether to show nothing
     * @return to be closed
     */
    @SuppressWarnings("FutureReturnValueIgnored") // painting throws nothing and ends with the painter
    public static Progress start(Console console, boolean quiet) {
        // in the background it would disturb what the user does meanwhile; 'jobs' shows it
        boolean silent = quiet || !console.foreground();
        Style style = silent ? Style.QUIET : console.live() ? Style.LIVE : Style.LINES;
        Progress progress = new Progress(console.err(), style, console.unicode(), console.width(), System::nanoTime);
        if (style != Style.QUIET) {
            progress.painter.scheduleWithFixedDelay(
                    progress::paint, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
        return progress;
    }

    Progress(PrintStream err, Style style, boolean unicode, int width, LongSupplier nanoTime) {
        this.err = err;
        this.style = style;
        this.unicode = unicode;
        this.width = width;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.painter = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(null, task, "aitia-progress", 0, false);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public synchronized void progress(String newStage, long newDone, long newTotal) {
        stage = newStage;
        done = newDone;
        total = newTotal;
        dirty = true;
    }

    @Override
    public synchronized void message(String text) {
        messages.add(text);
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    /** Draws what has changed; called now and then. */
    synchronized void paint() {
        if (style == Style.QUIET || closed) {
            return;
        }
        if (!messages.isEmpty()) {
            clearBar();
            messages.forEach(err::println);
            messages.clear();
        }
        if (stage.isEmpty()) {
            return;
        }
        long now = nanoTime.getAsLong();
        if (style == Style.LIVE) {
            err.print(CLEAR_LINE + bar((now - start) / 1e9));
            err.flush();
            barShown = true;
        } else if (dirty && isDue(now)) {
            err.println(line());
            shownAny = true;
            shownAt = now;
            shownStage = stage;
            dirty = false;
        }
    }

    private boolean isDue(long now) {
        long since = now - shownAt;
        return !shownAny || since >= LINE_NANOS || !stage.equals(shownStage) && since >= NEW_STAGE_NANOS;
    }

    private String line() {
        if (total > 0) {
            return stage + ": " + Text.count(done) + " of " + Text.count(total) + " (" + percent() + ")";
        }
        return done > 0 ? stage + ": " + Text.count(done) : stage;
    }

    private String bar(double seconds) {
        String time = Text.decimal(seconds, 0) + " s";
        String text;
        if (total > 0) {
            String bar = Bar.progress((double) done / total, BAR_COLUMNS, unicode);
            text = stage + " " + (unicode ? "▕" + bar + "▏" : "[" + bar + "]") + " " + Text.count(done) + "/"
                    + Text.count(total) + "  " + percent() + "  " + time;
        } else {
            text = stage + (done > 0 ? " " + Text.count(done) : "") + "  " + time;
        }
        // a line that wraps could not be redrawn
        while (Text.width(text) >= width) {
            text = text.substring(0, text.length() - 1);
        }
        return text;
    }

    private String percent() {
        return Math.min(100, 100 * done / total) + " %";
    }

    private void clearBar() {
        if (barShown) {
            err.print(CLEAR_LINE);
            err.flush();
            barShown = false;
        }
    }

    /** Ends it; the bar disappears, pending messages are shown. */
    @Override
    public void close() {
        painter.shutdown();
        // see Console.close
        boolean interrupted = Thread.interrupted();
        synchronized (this) {
            if (!closed) {
                clearBar();
                if (style != Style.QUIET) {
                    messages.forEach(err::println);
                }
                err.flush();
                closed = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
