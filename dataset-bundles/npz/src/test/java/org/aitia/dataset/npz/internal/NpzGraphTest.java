package org.aitia.dataset.npz.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.aitia.api.AitiaException;
import org.aitia.api.DataFormatException;
import org.aitia.api.Seeds;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.SparseFeatures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzGraphTest {
    private static final NpzOptions PLAIN = new NpzOptions(true, false, 0, 20, 30);

    @TempDir
    private Path folder;

    /** Three nodes; 0 -> 1, 1 -> 0, 1 -> 2 and a loop at 2; columns of row 0 are not in order. */
    private static NpzFile small(String adj, String attr) {
        return new NpzFile()
                .matrix(adj, 3, 3, new int[] {0, 1, 3, 4}, new int[] {1, 0, 2, 2}, new float[] {1, 1, 7, 1})
                .matrix(attr, 3, 4, new int[] {0, 2, 2, 4}, new int[] {3, 0, 1, 2}, new float[] {2, 5, -1, 0})
                .ints("labels", 1, 0, 1);
    }

    private Path write(NpzFile file) {
        return file.write(folder.resolve("small.npz"));
    }

    @Test
    void edgesBecomeUndirectedWithoutLoopsAndWeights() {
        for (String[] prefixes : new String[][] {{"adj_", "attr_"}, {"adj_matrix.", "attr_matrix."}}) {
            Graph graph =
                    NpzGraph.read(write(small(prefixes[0], prefixes[1])), PLAIN).graph();
            assertThat(graph.edgeCount()).isEqualTo(4);
            assertThat(graph.isUndirected()).isTrue();
            assertThat(graph.isWeighted()).isFalse();
            assertThat(graph.edge(0, 1)).isNotNegative();
            assertThat(graph.edge(2, 1)).isNotNegative();
            assertThat(graph.edge(2, 2)).isNegative();
        }
    }

    @Test
    void positiveFeaturesBecomeOneAndStoredZerosGo() {
        SparseFeatures features = (SparseFeatures)
                NpzGraph.read(write(small("adj_", "attr_")), PLAIN).graph().features();
        assertThat(features.storedValues()).isEqualTo(3);
        assertThat(features.value(0, 0)).isEqualTo(1);
        assertThat(features.value(0, 3)).isEqualTo(1);
        assertThat(features.value(2, 1)).isEqualTo(-1);
    }

    @Test
    void featuresCanBeKeptAndScaled() {
        Path file = write(small("adj_", "attr_"));
        assertThat(NpzGraph.read(file, new NpzOptions(false, false, 0, 20, 30))
                        .graph()
                        .features()
                        .value(0, 0))
                .isEqualTo(5);
        assertThat(NpzGraph.read(file, new NpzOptions(false, true, 0, 20, 30))
                        .graph()
                        .features()
                        .value(0, 0))
                .isEqualTo(5f / 7);
    }

    @Test
    void namesAreReadWithoutTheirLineEnds() {
        NpzGraph graph = NpzGraph.read(
                write(small("adj_", "attr_")
                        .texts("node_names", 3, "a\n", "bé", "c")
                        .texts("class_names", 4, "no", "yes\n")
                        .texts("attr_names", 2, "w", "x", "y", "z")),
                PLAIN);
        assertThat(graph.classNames()).containsExactly("no", "yes");
        assertThat(graph.graph().nodeName(1)).contains("bé");
        assertThat(graph.graph().nodeName(0)).contains("a");
        assertThat(graph.featureNames()).containsExactly("w", "x", "y", "z");
    }

    @Test
    void classesWithoutNamesAreNumbered() {
        assertThat(NpzGraph.read(write(small("adj_", "attr_")), PLAIN).classNames())
                .containsExactly("0", "1");
        assertThat(NpzGraph.read(write(small("adj_", "attr_").texts("class_names", 1, "a", "a")), PLAIN)
                        .classNames())
                .containsExactly("0", "1");
    }

    /** numpy.array({0: 'no', 1: 'yes\\n'}, dtype=object), as NumPy 2 on Python 3 pickles it. */
    @Test
    void dictionariesOfNamesAreRead() {
        byte[] pickle = HexFormat.of()
                .parseHex("8003636e756d70792e636f72652e6d756c746961727261790a5f7265636f6e7374727563740a7100636e756d70"
                        + "790a6e6461727261790a71014b008571024301627103877104527105284b0129636e756d70790a64747970650a"
                        + "710658020000004f3871078988877108527109284b0358010000007c710a4e4e4e4affffffff4affffffff4b3f"
                        + "74710b62895d710c7d710d284b0058020000006e6f710e4b0158040000007965730a710f7561747110622e");
        Path file = write(small("adj_", "attr_").object("idx_to_class", pickle));
        assertThat(NpzGraph.read(file, PLAIN).classNames()).containsExactly("no", "yes");
    }

    @Test
    void namesThatOnlyPythonCanReadAreLeftOut() {
        byte[] pickle = "\u0080\u0003cos\nsystem\n.".getBytes(StandardCharsets.ISO_8859_1);
        Path file = write(small("adj_", "attr_").object("idx_to_class", pickle));
        assertThat(NpzGraph.read(file, PLAIN).classNames()).containsExactly("0", "1");
        Path strict = write(small("adj_", "attr_").object("class_names", pickle));
        assertThatThrownBy(() -> NpzGraph.read(strict, PLAIN))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("found the name 'os system', which is not allowed");
    }

    @Test
    void whatDoesNotFitIsRefusedByName() {
        assertThatThrownBy(() -> NpzGraph.read(write(small("adj_", "attr_").ints("labels", 0, 1)), PLAIN))
                .isInstanceOf(DataFormatException.class)
                .hasMessageStartingWith("file " + folder.resolve("small.npz"))
                .hasMessageContaining("found 3 x 3, 3 and 2");
        assertThatThrownBy(() -> NpzGraph.read(write(small("adj_", "attr_").ints("labels", 0, -1, 1)), PLAIN))
                .hasMessageContaining("expected classes from 0 on, found class -1");
        assertThatThrownBy(() -> NpzGraph.read(write(small("adj_", "attr_").ints("adj_indices", 1, 0, 3, 2)), PLAIN))
                .hasMessageContaining("adj_*, entry 2: expected a column in 0..2, found column 3");
        assertThatThrownBy(() -> NpzGraph.read(write(small("adjacency_", "attr_")), PLAIN))
                .hasMessageContaining("expected an array 'adj_shape', found only ");
    }

    @Test
    void damageIsReadOrRefusedButNothingElse() throws IOException {
        byte[] whole = Files.readAllBytes(write(small("adj_", "attr_").texts("class_names", 3, "no", "yes")));
        Path damaged = folder.resolve("damaged.npz");
        RandomGenerator random = Seeds.generator(5);
        int refused = 0;
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = i % 3 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            for (int flips = i % 3; flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(damaged, bytes);
            try {
                NpzGraph.read(damaged, PLAIN);
            } catch (AitiaException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(600);
    }
}
