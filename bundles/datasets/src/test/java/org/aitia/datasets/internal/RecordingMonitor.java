package org.aitia.datasets.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.aitia.api.TaskMonitor;

/** Remembers what it was told, and cancels on a word. */
final class RecordingMonitor implements TaskMonitor {
    /**
     * One report.
     *
     * @param stage what was done
     * @param done so far
     * @param total in all
     */
    record Progress(String stage, long done, long total) {}

    final List<Progress> progress = new CopyOnWriteArrayList<>();
    final List<String> messages = new CopyOnWriteArrayList<>();
    private final long cancelAfter;
    private volatile boolean cancelled;

    RecordingMonitor() {
        this(Long.MAX_VALUE);
    }

    /** Cancels when so much is done. */
    RecordingMonitor(long cancelAfter) {
        this.cancelAfter = cancelAfter;
    }

    void cancel() {
        cancelled = true;
    }

    @Override
    public void progress(String stage, long done, long total) {
        progress.add(new Progress(stage, done, total));
        cancelled |= done >= cancelAfter;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void message(String text) {
        messages.add(text);
    }
}
