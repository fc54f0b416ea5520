package org.aitia.models.internal.torchscript;

import java.nio.file.Path;
import java.util.Map;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetCache;
import org.aitia.dataset.planetoid.internal.PlanetoidDatasets;
import org.aitia.testkit.data.SharedFiles;

/** Cora from the shared folder. */
final class Planetoid {
    private Planetoid() {}

    static Dataset cora() {
        Path mirror = SharedFiles.dataset("planetoid").getParent();
        DatasetCache files = (dataset, wanted, monitor) ->
                wanted.stream().map(f -> mirror.resolve(f.mirrorPath())).toList();
        return new PlanetoidDatasets(files).load("cora", Map.of(), TaskMonitor.NONE);
    }
}
