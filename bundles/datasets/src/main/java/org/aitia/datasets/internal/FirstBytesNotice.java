package org.aitia.datasets.internal;

import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.DatasetInfo;

/** Tells origin, licence and citation once, when a server has begun to send: not before an error. */
final class FirstBytesNotice implements TaskMonitor {
    private final TaskMonitor monitor;
    private final DatasetInfo dataset;
    private boolean noticed;

    FirstBytesNotice(TaskMonitor monitor, DatasetInfo dataset) {
        this.monitor = monitor;
        this.dataset = dataset;
    }

    @Override
    public void progress(String stage, long done, long total) {
        if (!noticed) {
            noticed = true;
            String citation = dataset.citation().isEmpty() ? "" : "; please cite: " + dataset.citation();
            monitor.message("downloading " + dataset.title() + " from " + dataset.origin() + "; licence: "
                    + dataset.licence() + citation);
        }
        monitor.progress(stage, done, total);
    }

    @Override
    public boolean isCancelled() {
        return monitor.isCancelled();
    }

    @Override
    public void message(String text) {
        monitor.message(text);
    }
}
