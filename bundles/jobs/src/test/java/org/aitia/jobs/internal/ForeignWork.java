package org.aitia.jobs.internal;

import java.util.function.Function;
import org.aitia.api.TaskMonitor;

/** Stands for work, listener and result of a bundle that may be removed. */
public final class ForeignWork implements Function<TaskMonitor, Object>, TaskMonitor {
    /** Made reflectively, by the class loader under test. */
    public ForeignWork() {}

    @Override
    public Object apply(TaskMonitor monitor) {
        monitor.progress("working", 1, 2);
        return new ForeignWork();
    }

    @Override
    public void progress(String stage, long done, long total) {
        // only its class matters
    }

    @Override
    public boolean isCancelled() {
        return false;
    }
}
