package org.aitia.dataset.npz.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aitia.api.dataset.DatasetProvider;
import org.aitia.datasets.internal.FileDatasetCache;
import org.aitia.testkit.data.SharedFiles;
import org.aitia.testkit.tck.DatasetProviderContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Where there is no published file to test with, a small one of the same format stands in. */
class NpzDatasetsContractTest extends DatasetProviderContract {
    private static final Map<String, List<String>> STAND_INS = Map.of(
            "graph2gauss", List.of("cora", "citeseer", "dblp", "pubmed"),
            "gnn-benchmark", List.of("citeseer", "amazon_electronics_computers", "ms_academic_cs", "ms_academic_phy"));

    @TempDir
    private Path data;

    @TempDir
    private Path mirror;

    @BeforeEach
    void makeStandIns() throws IOException {
        for (Map.Entry<String, List<String>> folder : STAND_INS.entrySet()) {
            Path directory = Files.createDirectories(mirror.resolve(folder.getKey()));
            for (String name : folder.getValue()) {
                ring().write(directory.resolve(name + ".npz"));
            }
        }
    }

    /** Twelve nodes in a ring, of two classes in turn. */
    private static NpzFile ring() {
        int[] offsets = new int[13];
        int[] next = new int[12];
        float[] ones = new float[12];
        int[] labels = new int[12];
        for (int v = 0; v < 12; v++) {
            offsets[v + 1] = v + 1;
            next[v] = (v + 1) % 12;
            ones[v] = 1;
            labels[v] = v % 2;
        }
        return new NpzFile()
                .matrix("adj_", 12, 12, offsets, next, ones)
                .matrix("attr_", 12, 12, offsets, next, ones)
                .ints("labels", labels);
    }

    @Override
    protected DatasetProvider provider() {
        return new NpzDatasets(new FileDatasetCache(data, SharedFiles.datasets() + ";" + mirror));
    }

    @Override
    protected void prepare(String name) {
        if (PublishedFiles.isPublished(name)) {
            PublishedFiles.require(name);
        }
    }
}
