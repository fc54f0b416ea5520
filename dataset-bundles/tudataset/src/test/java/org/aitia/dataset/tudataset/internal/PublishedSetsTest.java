package org.aitia.dataset.tudataset.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import java.util.stream.IntStream;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.graph.Graph;
import org.aitia.datasets.internal.FileDatasetCache;
import org.aitia.testkit.data.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published files have the counts that are known of them. */
class PublishedSetsTest {
    @TempDir
    private Path data;

    @Test
    void mutag() {
        SharedFiles.dataset("tudataset/MUTAG");
        Dataset set = load("mutag", Map.of());
        assertCounts(set, 188, 3371, 7442);
        assertThat(classSizes(set)).containsExactly(63, 125);
        assertThat(set.classNames()).containsExactly("not mutagenic", "mutagenic");
        assertThat(set.featureCount()).isEqualTo(7);
        assertThat(set.featureName(5)).isEqualTo("Cl");
        assertThat(set.edgeFeatureCount()).isEqualTo(4);
        assertThat(set.edgeFeatureName(0)).isEqualTo("aromatic");
        Graph first = set.graphs().get(0);
        assertThat(first.nodeName(0)).contains("C");
        assertThat(first.edgeFeatures().value(first.edge(1, 0), 0)).isEqualTo(1);
        assertThat(set.groundTruth()).isEmpty();
    }

    @Test
    void proteins() {
        SharedFiles.dataset("tudataset/PROTEINS");
        Dataset set = load("proteins", Map.of());
        assertCounts(set, 1113, 43471, 162088);
        assertThat(classSizes(set)).containsExactly(663, 450);
        assertThat(set.featureCount()).as("one attribute and three labels").isEqualTo(4);
        assertThat(set.graphs().get(0).features().value(0, 0)).isEqualTo(23);
        assertThat(set.edgeFeatureCount()).isZero();
        assertThat(load("proteins", Map.of("attributes", "false")).featureCount())
                .isEqualTo(3);
    }

    @Test
    void cleanedProteins() {
        SharedFiles.dataset("tudataset/cleaned/PROTEINS.zip");
        Dataset set = load("proteins", Map.of("cleaned", "true"));
        assertCounts(set, 975, 42323, 158022);
        assertThat(classSizes(set)).containsExactly(632, 343);
        assertThat(set.featureCount()).isEqualTo(4);
    }

    /** The file lists every edge twice per direction. */
    @Test
    void cleanedImdbBinary() {
        SharedFiles.dataset("tudataset/cleaned/IMDB-BINARY.zip");
        Dataset set = load("imdb-binary", Map.of("cleaned", "true"));
        assertCounts(set, 493, 11872, 2 * 54712);
        assertThat(classSizes(set)).containsExactly(261, 232);
        assertThat(set.featureCount()).isEqualTo(1);
        assertThat(set.graphs().get(0).features().value(3, 0)).isEqualTo(1);
    }

    @Test
    void cleanedImdbBinaryWithOneHotDegrees() {
        SharedFiles.dataset("tudataset/cleaned/IMDB-BINARY.zip");
        Dataset set = load("imdb-binary", Map.of("cleaned", "true", "features", "degree"));
        int most = set.graphs().stream()
                .flatMapToInt(graph -> IntStream.range(0, graph.nodeCount()).map(graph::inDegree))
                .max()
                .orElseThrow();
        assertThat(set.featureCount()).isEqualTo(most + 1);
        assertThat(set.featureName(most)).isEqualTo("degree " + most);
        Graph graph = set.graphs().get(7);
        assertThat(graph.features().value(2, graph.inDegree(2))).isEqualTo(1);
    }

    @Test
    void mutagenicityWithItsTruth() {
        SharedFiles.dataset("pgexplainer/Mutagenicity.zip");
        Dataset set = load("mutagenicity", Map.of());
        assertCounts(set, 4337, 131488, 266894);
        assertThat(classSizes(set)).containsExactly(2401, 1936);
        assertThat(set.classNames()).containsExactly("mutagen", "nonmutagen");
        assertThat(set.featureCount()).isEqualTo(14);
        assertThat(set.featureName(4)).isEqualTo("N");
        assertThat(set.edgeFeatureCount()).isEqualTo(3);

        GroundTruth truth = set.groundTruth().orElseThrow();
        int edges = 0;
        int graphs = 0;
        int explained = 0;
        for (int g = 0; g < 4337; g++) {
            int marked = truth.edges(g).cardinality();
            edges += marked;
            graphs += marked > 0 ? 1 : 0;
            explained += truth.alternatives(g).isEmpty() ? 0 : 1;
        }
        assertThat(edges).isEqualTo(7352);
        assertThat(graphs).isEqualTo(1356);
        assertThat(explained).isEqualTo(1015);
        assertThat(set.suggestedTargets().split(",")).hasSize(1015);
        assertThat(truth.alternatives(Integer.parseInt(set.suggestedTargets().split(",")[0])))
                .isNotEmpty();
    }

    /** Every group is nitrogen with its hydrogen or oxygen, and each is an explanation of its own. */
    @Test
    void mutagenicityIsExplainedByAminoAndNitroGroups() {
        SharedFiles.dataset("pgexplainer/Mutagenicity.zip");
        Dataset set = load("mutagenicity", Map.of());
        GroundTruth truth = set.groundTruth().orElseThrow();
        for (String target : set.suggestedTargets().split(",")) {
            int g = Integer.parseInt(target);
            Graph graph = set.graphs().get(g);
            var alternatives = truth.alternatives(g);
            var groups = alternatives.size() == 1 ? alternatives : alternatives.subList(1, alternatives.size());
            BitSet union = new BitSet();
            for (GroundTruth.Alternative group : groups) {
                assertThat(group.nodes().stream()
                                .mapToObj(node -> graph.nodeName(node).orElseThrow()))
                        .contains("N")
                        .isSubsetOf("N", "O", "H");
                assertThat(union.intersects(group.edges())).isFalse();
                union.or(group.edges());
            }
            assertThat(union).isEqualTo(alternatives.get(0).edges());
        }
    }

    private static void assertCounts(Dataset set, int graphs, int nodes, int edges) {
        assertThat(set.graphs()).hasSize(graphs);
        assertThat(set.graphs().stream().mapToInt(Graph::nodeCount).sum()).isEqualTo(nodes);
        assertThat(set.graphs().stream().mapToInt(Graph::edgeCount).sum()).isEqualTo(edges);
        assertThat(set.graphs()).allMatch(Graph::isUndirected);
    }

    private static int[] classSizes(Dataset set) {
        int[] sizes = new int[set.classCount()];
        IntStream.range(0, set.instanceCount()).forEach(g -> sizes[set.label(g)]++);
        return sizes;
    }

    private Dataset load(String name, Map<String, String> options) {
        return new TuDatasets(new FileDatasetCache(data, SharedFiles.datasets().toString()))
                .load(name, options, TaskMonitor.NONE);
    }
}
