package org.aitia.dataset.twitch.internal;

import java.nio.file.Path;
import java.util.Locale;
import org.aitia.api.dataset.DatasetProvider;
import org.aitia.datasets.internal.FileDatasetCache;
import org.aitia.testkit.data.SharedFiles;
import org.aitia.testkit.tck.DatasetProviderContract;
import org.junit.jupiter.api.io.TempDir;

class TwitchDatasetsContractTest extends DatasetProviderContract {
    @TempDir
    private Path data;

    @Override
    protected DatasetProvider provider() {
        return new TwitchDatasets(
                new FileDatasetCache(data, SharedFiles.datasets().toString()));
    }

    @Override
    protected boolean covers(String name) {
        return name.equals("twitch-de") || name.equals("twitch-engb");
    }

    @Override
    protected void prepare(String name) {
        SharedFiles.dataset("twitch/" + name.substring("twitch-".length()).toUpperCase(Locale.ROOT));
    }
}
