package org.aitia.dataset.tudataset.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.aitia.api.DataFormatException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.datasets.internal.FileDatasetCache;
import org.aitia.formats.ByteSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GinTextTest {
    /** A triangle with a tail of class 2, and a pair of class 0. */
    static final String SMALL = "2\n4 2\n0 2 1 2\n0 2 0 2\n3 3 0 1 3\n1 1 2\n2 0\n0 1 1\n1 1 0\n";

    @TempDir
    private Path folder;

    /** As in GIN's archive: folds beside the set, and what a Mac adds. */
    @Test
    void isFoundInAnArchiveWithFoldsAndClutter() throws IOException {
        Texts archive = new Texts(new TreeMap<>())
                .with("MUTAG/MUTAG.txt", SMALL)
                .with("MUTAG/10fold_idx/test_idx-1.txt", "0\n")
                .with("MUTAG/10fold_idx/train_idx-1.txt", "1\n")
                .with("README.txt", "?");
        archive.writeZip(folder.resolve("dataset.zip"), "dataset");
        Dataset set = new TuDatasets(new FileDatasetCache(folder.resolve("data"), ""))
                .load("tu", Map.of("path", folder.resolve("dataset.zip").toString()), TaskMonitor.NONE);
        assertThat(set.graphs()).hasSize(2);
        assertThat(set.graphs().get(0).nodeCount()).isEqualTo(4);
        assertThat(set.graphs().get(0).edgeCount()).isEqualTo(8);
        assertThat(set.graphs().get(0).edge(2, 3)).isNotNegative();
        assertThat(set.classNames()).containsExactly("0", "2");
        assertThat(set.label(0)).isOne();
        assertThat(set.featureCount()).isEqualTo(4);
        assertThat(set.graphs().get(0).features().value(2, 3)).isEqualTo(1);
    }

    @Test
    void attributesFollowNeighbours() {
        Tables tables = read("1\n2 0\n0 1 1 .5 2\n1 1 0 1.5 3\n");
        assertThat(tables.nodeAttributes().columns()).isEqualTo(2);
        assertThat(tables.nodeAttributes().values()).containsExactly(.5f, 2, 1.5f, 3);
    }

    @Test
    void hugeCountsInHeadersCostNothing() {
        assertRefused("16777216\n1 0\n0 0\n", "line 4", "the number of nodes and the class of graph 2", "the end");
        assertRefused("1\n16777216 0\n0 0\n", "line 4", "node 1 of graph 1", "the end");
        assertRefused("99999999\n", "line 1", "a whole number from 1 to 16777216");
    }

    @Test
    void neighbourOutsideItsGraphIsReportedWithItsLine() {
        assertRefused("1\n2 0\n0 1 1\n1 1 2\n", "line 4", "a whole number from 0 to 1", "found 2");
    }

    @Test
    void degreeThatIsTooLargeIsReportedWithItsLine() {
        assertRefused("1\n2 0\n0 2 1\n1 1 0\n", "line 3", "a whole number from 0 to 1", "found 2");
    }

    @Test
    void moreGraphsThanAnnouncedAreReported() {
        assertRefused("1\n1 0\n0 0\n1 1\n0 0\n", "line 4", "the end after 1 graphs");
    }

    private static void assertRefused(String text, String... parts) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContainingAll(parts);
    }

    private static Tables read(String text) {
        return GinText.read("X", ByteSource.of("X.txt", text.getBytes(StandardCharsets.UTF_8)), TaskMonitor.NONE);
    }
}
