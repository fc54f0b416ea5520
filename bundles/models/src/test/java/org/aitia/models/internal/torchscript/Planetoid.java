package org.aitia.models.internal.torchscript;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetCache;
import org.aitia.dataset.planetoid.internal.PlanetoidDatasets;

/** Cora from the shared folder. */
final class Planetoid {
    private Planetoid() {}

    static Dataset cora() {
        Path shared = Path.of(System.getProperty("aitia.shared", "shared"), "datasets");
        assumeTrue(Files.exists(shared.resolve("planetoid")), "skipped: there is no planetoid data");
        DatasetCache files = (dataset, wanted, monitor) ->
                wanted.stream().map(f -> shared.resolve(f.mirrorPath())).toList();
        return new PlanetoidDatasets(files).load("cora", Map.of(), TaskMonitor.NONE);
    }
}
