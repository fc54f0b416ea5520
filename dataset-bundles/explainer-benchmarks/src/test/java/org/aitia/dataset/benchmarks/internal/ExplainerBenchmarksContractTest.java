package org.aitia.dataset.benchmarks.internal;

import java.nio.file.Path;
import org.aitia.api.dataset.DatasetProvider;
import org.aitia.datasets.internal.FileDatasetCache;
import org.aitia.testkit.data.SharedFiles;
import org.aitia.testkit.tck.DatasetProviderContract;
import org.junit.jupiter.api.io.TempDir;

class ExplainerBenchmarksContractTest extends DatasetProviderContract {
    @TempDir
    private Path data;

    @Override
    protected DatasetProvider provider() {
        return new ExplainerBenchmarks(
                new FileDatasetCache(data, SharedFiles.datasets().toString()));
    }

    @Override
    protected void prepare(String name) {
        SharedFiles.dataset("pgexplainer/" + (name.equals("ba-2motifs-original") ? "BA-2motif.pkl" : "datasets.zip"));
    }
}
