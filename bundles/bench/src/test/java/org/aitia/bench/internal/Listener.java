package org.aitia.bench.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.aitia.api.TaskMonitor;

/** Notes what a run tells, and cancels it after so many cells. */
final class Listener implements TaskMonitor {
    final List<String> messages = Collections.synchronizedList(new ArrayList<>());
    private final long most;
    private volatile boolean cancelled;

    Listener() {
        this(Long.MAX_VALUE);
    }

    Listener(long most) {
        this.most = most;
    }

    @Override
    public void progress(String stage, long done, long total) {
        if (stage.startsWith("cells") && done >= most) {
            cancelled = true;
        }
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
