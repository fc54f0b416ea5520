package org.aitia.dataset.tudataset.internal;

import java.nio.file.Path;
import java.util.Map;
import org.aitia.api.dataset.DatasetProvider;
import org.aitia.datasets.internal.FileDatasetCache;
import org.aitia.testkit.data.SharedFiles;
import org.aitia.testkit.tck.DatasetProviderContract;
import org.junit.jupiter.api.io.TempDir;

class TuDatasetsContractTest extends DatasetProviderContract {
    private static final Map<String, String> PUBLISHED = Map.of(
            "mutag", "tudataset/MUTAG",
            "proteins", "tudataset/PROTEINS",
            "mutagenicity", "pgexplainer/Mutagenicity.zip");

    @TempDir
    private Path data;

    @Override
    protected DatasetProvider provider() {
        return new TuDatasets(new FileDatasetCache(data, SharedFiles.datasets().toString()));
    }

    @Override
    protected boolean covers(String name) {
        return PUBLISHED.containsKey(name);
    }

    @Override
    protected void prepare(String name) {
        SharedFiles.dataset(PUBLISHED.get(name));
    }
}
