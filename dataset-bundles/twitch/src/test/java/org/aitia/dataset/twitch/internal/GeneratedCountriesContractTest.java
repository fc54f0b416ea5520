package org.aitia.dataset.twitch.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import org.aitia.api.dataset.DatasetProvider;
import org.aitia.datasets.internal.FileDatasetCache;
import org.aitia.testkit.tck.DatasetProviderContract;
import org.junit.jupiter.api.io.TempDir;

/** The contract where there are no published files: countries without known checksums, from the archive's form. */
class GeneratedCountriesContractTest extends DatasetProviderContract {
    @TempDir
    private Path folder;

    @Override
    protected DatasetProvider provider() {
        try {
            Path mirror = folder.resolve("mirror");
            Country.SMALL.writeLoose(mirror, "ES");
            Country.SMALL.writeArchive(mirror, "FR");
            return new TwitchDatasets(new FileDatasetCache(folder.resolve("data"), mirror.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected boolean covers(String name) {
        return Set.of("twitch-es", "twitch-fr").contains(name);
    }
}
