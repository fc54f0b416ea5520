package org.aitia.dataset.planetoid.internal;

import java.nio.file.Path;
import org.aitia.api.dataset.DatasetProvider;
import org.aitia.datasets.internal.FileDatasetCache;
import org.aitia.testkit.data.SharedFiles;
import org.aitia.testkit.tck.DatasetProviderContract;
import org.junit.jupiter.api.io.TempDir;

class PlanetoidDatasetsContractTest extends DatasetProviderContract {
    @TempDir
    private Path data;

    @Override
    protected DatasetProvider provider() {
        return new PlanetoidDatasets(
                new FileDatasetCache(data, SharedFiles.datasets().toString()));
    }

    @Override
    protected void prepare(String name) {
        PlanetoidGraph.PARTS.forEach(part -> SharedFiles.dataset("planetoid/ind." + name + "." + part));
    }
}
