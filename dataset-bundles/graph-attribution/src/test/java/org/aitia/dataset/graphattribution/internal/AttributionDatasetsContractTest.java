package org.aitia.dataset.graphattribution.internal;

import java.nio.file.Path;
import org.aitia.api.dataset.DatasetProvider;
import org.aitia.datasets.internal.FileDatasetCache;
import org.aitia.testkit.data.SharedFiles;
import org.aitia.testkit.tck.DatasetProviderContract;
import org.junit.jupiter.api.io.TempDir;

class AttributionDatasetsContractTest extends DatasetProviderContract {
    @TempDir
    private Path data;

    @Override
    protected DatasetProvider provider() {
        return new AttributionDatasets(
                new FileDatasetCache(data, SharedFiles.datasets().toString()));
    }

    @Override
    protected void prepare(String name) {
        SharedFiles.dataset("graph-attribution/alkane_carbonyl/x_true.npz");
    }
}
