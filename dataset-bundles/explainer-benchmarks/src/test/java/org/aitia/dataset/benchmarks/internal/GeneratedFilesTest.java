package org.aitia.dataset.benchmarks.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.aitia.api.AitiaException;
import org.aitia.api.DataFormatException;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.formats.ByteSource;
import org.junit.jupiter.api.Test;

/** Small files of the published formats, made here. */
class GeneratedFilesTest {
    private static final List<String> CLASSES = List.of("base", "motif");

    private static ByteSource source(byte[] bytes) {
        return ByteSource.of("small.pkl", bytes);
    }

    private static DatasetInfo info(Task task) {
        return new DatasetInfo("small", "Small", "", task, "", "", "", false);
    }

    private static Dataset nodeSet(byte[] bytes) {
        return NodeSet.read(info(Task.NODE), source(bytes), CLASSES).build();
    }

    private static Dataset graphSet(byte[] bytes) {
        return TwoMotifs.read(info(Task.GRAPH), source(bytes), new GraphSetOptions(false, 0))
                .build();
    }

    /** Node 0 with two motifs of two nodes: 1 - 2 and 3 - 4. */
    private static byte[] twoPairs(double extraEdge, double extraTruth) {
        double[] adjacency = new double[25];
        double[] truth = new double[25];
        for (int[] edge : new int[][] {{0, 1}, {0, 3}, {1, 2}, {3, 4}}) {
            adjacency[5 * edge[0] + edge[1]] = 1;
            adjacency[5 * edge[1] + edge[0]] = 1;
        }
        truth[5 * 1 + 2] = 1;
        truth[5 * 4 + 3] = 1;
        adjacency[5 * 2 + 3] = extraEdge;
        truth[5 * 0 + 4] = extraTruth;
        return new ArrayPickle()
                .doubles(adjacency, 5, 5)
                .doubles(new double[] {1, 2, 3, 4, 5}, 5, 1)
                .doubles(new double[] {1, 0, 0, 1, 0, 0, 0, 0, 0, 0}, 5, 2)
                .doubles(new double[] {0, 0, 0, 0, 0, 1, 0, 0, 0, 0}, 5, 2)
                .doubles(new double[] {0, 0, 0, 0, 0, 0, 0, 1, 0, 1}, 5, 2)
                .truths(1, 1, 0, 0, 0)
                .truths(0, 0, 1, 0, 0)
                .truths(0, 0, 0, 1, 1)
                .doubles(truth, 5, 5)
                .tuple();
    }

    /** A chain of six nodes without and one with a loop, the first in class 0. */
    private static byte[] twoChains() {
        double[] adjacency = new double[72];
        for (int g = 0; g < 2; g++) {
            for (int v = 0; v < 5; v++) {
                adjacency[36 * g + 6 * v + v + 1] = 1;
                adjacency[36 * g + 6 * (v + 1) + v] = 1;
            }
        }
        adjacency[36 + 7] = 1;
        return new ArrayPickle()
                .doubles(adjacency, 2, 6, 6)
                .doubles(new double[12], 2, 6, 1)
                .doubles(new double[] {1, 0, 0, 1}, 2, 2)
                .tuple();
    }

    @Test
    void truthOfOneDirectionBecomesTruthOfBoth() {
        Dataset dataset = nodeSet(twoPairs(0, 0));
        GroundTruth truth = dataset.groundTruth().orElseThrow();
        assertThat(truth.edges(0).cardinality()).isEqualTo(4);
        assertThat(truth.alternatives(0)).isEmpty();
        assertThat(truth.alternatives(4).get(0).nodes().stream().toArray()).containsExactly(3, 4);
        assertThat(truth.alternatives(2).get(0).nodes().stream().toArray()).containsExactly(1, 2);
        assertThat(dataset.split().test()).containsExactly(3, 4);
        assertThat(dataset.label(4)).isEqualTo(1);
    }

    @Test
    void loopsOfTwoMotifsAreDropped() {
        Dataset dataset = graphSet(twoChains());
        assertThat(dataset.graphs()).allSatisfy(g -> assertThat(g.edgeCount()).isEqualTo(10));
        assertThat(dataset.groundTruth().orElseThrow().edges(0).cardinality()).isEqualTo(8);
        assertThat(dataset.label(1)).isEqualTo(1);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> nodeSet(twoPairs(1, 0)))
                .isInstanceOf(DataFormatException.class)
                .hasMessage("file small.pkl: expected an undirected graph without loops, found edge 2 -> 3; correct it"
                        + " or fetch it anew");
        assertThatThrownBy(() -> nodeSet(twoPairs(0, 1)))
                .hasMessageContaining("expected true edges that are edges, found 0 -> 4");
        assertThatThrownBy(() -> nodeSet(twoPairs(0, Double.NaN)))
                .hasMessageContaining("expected finite numbers in part 8, found NaN");
        assertThatThrownBy(() -> nodeSet(twoChains()))
                .hasMessageContaining("expected a tuple of nine arrays, found a tuple of 3");
        assertThatThrownBy(() -> graphSet(twoPairs(0, 0)))
                .hasMessageContaining("expected a tuple of three arrays, found a tuple of 9");
    }

    @Test
    void damageIsReadOrRefusedButNothingElse() {
        assertDamageIsHandled(twoPairs(0, 0), GeneratedFilesTest::nodeSet);
        assertDamageIsHandled(twoChains(), GeneratedFilesTest::graphSet);
    }

    private static void assertDamageIsHandled(byte[] whole, Function<byte[], Dataset> reader) {
        RandomGenerator random = Seeds.generator(9);
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = i % 3 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            for (int flips = i % 3; flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                assertThat(reader.apply(bytes).digest()).isNotEmpty();
            } catch (AitiaException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1500);
    }
}
