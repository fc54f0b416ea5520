package org.aitia.dataset.webkb.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aitia.api.DataUnavailableException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.DatasetCache;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.datasets.internal.FileDatasetCache;

/** The real cache, except that nothing is asked over the network: what no directory holds cannot be had. */
record MirrorOnly(Path mirror, Path data) implements DatasetCache {
    @Override
    public List<Path> fetch(DatasetInfo dataset, List<RemoteFile> files, TaskMonitor monitor) {
        for (RemoteFile file : files) {
            if (!Files.exists(mirror.resolve(file.mirrorPath()))) {
                throw new DataUnavailableException("no " + file.mirrorPath());
            }
        }
        return new FileDatasetCache(data, mirror.toString()).fetch(dataset, files, monitor);
    }
}
