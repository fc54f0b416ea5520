package org.aitia.dataset.graphattribution.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.graph.Graph;
import org.aitia.datasets.internal.FileDatasetCache;
import org.aitia.testkit.data.SharedFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published files have the counts that NumPy finds in them. */
class PublishedMoleculesTest {
    private static final int CARBON = 0;
    private static final int OXYGEN = 2;
    private static final int FLUORINE = 4;
    private static final int DOUBLE = 1;

    @TempDir
    private Path data;

    @BeforeEach
    void isThere() {
        SharedFiles.dataset("graph-attribution/alkane_carbonyl/x_true.npz");
    }

    private Dataset load(Map<String, String> options) {
        return new AttributionDatasets(
                        new FileDatasetCache(data, SharedFiles.datasets().toString()))
                .load("alkane-carbonyl", options, TaskMonitor.NONE);
    }

    @Test
    void countsAreThoseOfTheFiles() {
        Dataset set = load(Map.of());
        assertThat(set.graphs()).hasSize(4326).allMatch(Graph::isUndirected);
        assertThat(set.graphs().stream().mapToInt(Graph::nodeCount).sum()).isEqualTo(91393);
        assertThat(set.graphs().stream().mapToInt(Graph::edgeCount).sum()).isEqualTo(194450);
        assertThat(labels(set).filter(label -> label == 1)).hasSize(375);
        assertThat(set.featureCount()).isEqualTo(14);
        assertThat(set.edgeFeatureCount()).isEqualTo(5);
        assertThat(sum(set, CARBON)).isEqualTo(66757);
        assertThat(sum(set, FLUORINE)).isEqualTo(1278);
    }

    /** The first line of the table of SMILES is {@code CCOc1c(c(cc(n1)c1ccccc1)c1ccc(cc1)C)C#N}. */
    @Test
    void atomsAndBondsAreThoseOfTheMolecule() {
        Dataset set = load(Map.of());
        Graph first = set.graphs().get(0);
        assertThat(IntStream.range(0, 24).mapToObj(atom -> first.nodeName(atom).orElseThrow()))
                .containsExactly("CCOCCCCCNCCCCCCCCCCCCCCN".split(""));
        assertThat(set.edgeFeatureName(DOUBLE)).isEqualTo("double");
        assertThat(first.edgeFeatures().value(first.edge(22, 23), 2))
                .as("the triple bond of C#N")
                .isEqualTo(1);
        assertThat(first.edgeFeatures().value(first.edge(23, 22), 2)).isEqualTo(1);
        assertThat(first.edgeFeatures().value(first.edge(0, 1), 0)).isEqualTo(1);
    }

    @Test
    void onlyMoleculesOfClassOneHaveReasons() {
        Dataset set = load(Map.of());
        GroundTruth truth = set.groundTruth().orElseThrow();
        Map<Integer, Integer> molecules = new TreeMap<>(); // number of reasons -> molecules
        int nodes = 0;
        int edges = 0;
        for (int g = 0; g < 4326; g++) {
            assertThat(truth.alternatives(g).isEmpty()).isEqualTo(set.label(g) == 0);
            molecules.merge(truth.alternatives(g).size(), 1, Integer::sum);
            nodes += truth.nodes(g).cardinality();
            edges += truth.edges(g).cardinality();
        }
        assertThat(molecules).containsEntry(0, 3951).containsEntry(1, 162).containsEntry(3, 91);
        assertThat(nodes).isEqualTo(1606);
        assertThat(edges).isEqualTo(958);
        assertThat(set.suggestedTargets().split(",")).hasSize(375).startsWith("25", "49", "75");
    }

    /** Whatever the name of the set says. */
    @Test
    void everyReasonIsAFluorineAndADoublyBoundOxygen() {
        Dataset set = load(Map.of());
        GroundTruth truth = set.groundTruth().orElseThrow();
        int smallest = 0;
        for (int g = 0; g < 4326; g++) {
            Graph graph = set.graphs().get(g);
            for (GroundTruth.Alternative reason : truth.alternatives(g)) {
                if (reason.nodes().cardinality() == 3) {
                    smallest++;
                    assertThat(elements(graph, reason.nodes())).containsExactly(CARBON, OXYGEN, FLUORINE);
                }
                assertThat(reason.edges().stream()
                                .filter(e -> graph.edgeFeatures().value(e, DOUBLE) == 1))
                        .as("the carbonyl, both ways")
                        .hasSizeGreaterThanOrEqualTo(2);
            }
        }
        assertThat(smallest).isEqualTo(839);
    }

    @Test
    void edgesAreTrueBetweenTwoMarkedAtoms() {
        Dataset set = load(Map.of());
        Graph graph = set.graphs().get(49);
        GroundTruth.Alternative reason =
                set.groundTruth().orElseThrow().alternatives(49).get(0);
        assertThat(reason.nodes()).isEqualTo(bits(16, 17, 18));
        assertThat(reason.edges())
                .as("the fluorine is bound elsewhere")
                .isEqualTo(bits(graph.edge(17, 18), graph.edge(18, 17)));
    }

    @Test
    void someOfClassZeroCanBeKept() {
        Dataset set = load(Map.of("negatives", "2"));
        assertThat(labels(set).filter(label -> label == 0)).hasSize(750);
        assertThat(labels(set).filter(label -> label == 1)).hasSize(375);
        assertThat(set.groundTruth().orElseThrow().alternatives(first(set))).isNotEmpty();
        assertThat(load(Map.of("negatives", "2", "seed", "1")).digest()).isNotEqualTo(set.digest());
        assertThat(load(Map.of("negatives", "1000")).digest())
                .isEqualTo(load(Map.of()).digest());
    }

    @Test
    void theSplitHasBothClassesInEachPart() {
        Dataset set = load(Map.of());
        assertThat(ones(set, set.split().test())).isEqualTo(38);
        assertThat(ones(set, set.split().validation())).isEqualTo(38);
        assertThat(set.split().train()).hasSize(4326 - 2 * (38 + 395));
    }

    private static long ones(Dataset set, int[] part) {
        return Arrays.stream(part).filter(g -> set.label(g) == 1).count();
    }

    private static int first(Dataset set) {
        return Integer.parseInt(set.suggestedTargets().split(",")[0]);
    }

    private static IntStream labels(Dataset set) {
        return IntStream.range(0, set.instanceCount()).map(set::label);
    }

    private static double sum(Dataset set, int element) {
        return set.graphs().stream()
                .mapToDouble(graph -> IntStream.range(0, graph.nodeCount())
                        .mapToDouble(atom -> graph.features().value(atom, element))
                        .sum())
                .sum();
    }

    private static List<Integer> elements(Graph graph, BitSet atoms) {
        return atoms.stream()
                .map(atom -> IntStream.range(0, 14)
                        .filter(i -> graph.features().value(atom, i) == 1)
                        .findFirst()
                        .orElseThrow())
                .sorted()
                .boxed()
                .toList();
    }

    private static BitSet bits(int... numbers) {
        BitSet bits = new BitSet();
        Arrays.stream(numbers).forEach(bits::set);
        return bits;
    }
}
