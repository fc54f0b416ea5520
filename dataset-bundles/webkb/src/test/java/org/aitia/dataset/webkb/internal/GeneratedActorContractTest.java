package org.aitia.dataset.webkb.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aitia.api.dataset.DatasetProvider;
import org.aitia.testkit.tck.DatasetProviderContract;
import org.junit.jupiter.api.io.TempDir;

/** The contract where there are no published files; only Actor has no known checksums. */
class GeneratedActorContractTest extends DatasetProviderContract {
    @TempDir
    private Path folder;

    @Override
    protected DatasetProvider provider() {
        try {
            Path film = folder.resolve("mirror/geom-gcn/new_data/film");
            Files.createDirectories(film);
            Files.writeString(film.resolve("out1_node_feature_label.txt"), WebkbDatasetsTest.NODES);
            Files.writeString(film.resolve("out1_graph_edges.txt"), WebkbDatasetsTest.EDGES);
            return new WebkbDatasets(new MirrorOnly(folder.resolve("mirror"), folder.resolve("data")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected boolean covers(String name) {
        return name.equals("actor");
    }
}
