package org.aitia.dataset.webkb.internal;

import java.nio.file.Path;
import org.aitia.api.dataset.DatasetProvider;
import org.aitia.testkit.data.SharedFiles;
import org.aitia.testkit.tck.DatasetProviderContract;
import org.junit.jupiter.api.io.TempDir;

class WebkbDatasetsContractTest extends DatasetProviderContract {
    @TempDir
    private Path data;

    @Override
    protected DatasetProvider provider() {
        return new WebkbDatasets(new MirrorOnly(SharedFiles.datasets(), data));
    }

    @Override
    protected boolean covers(String name) {
        return name.equals("texas") || name.equals("wisconsin");
    }

    @Override
    protected void prepare(String name) {
        SharedFiles.dataset("geom-gcn/new_data/" + name);
    }
}
