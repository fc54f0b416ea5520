package org.aitia.dataset.npz.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.datasets.internal.FileDatasetCache;
import org.aitia.testkit.data.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpzDatasetsTest {
    @TempDir
    private Path data;

    private NpzDatasets provider() {
        return new NpzDatasets(new FileDatasetCache(data, SharedFiles.datasets().toString()));
    }

    private Dataset load(String name, Map<String, String> options) {
        PublishedFiles.require(name);
        return provider().load(name, options, TaskMonitor.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            amazon-photo | 7650 | 238162 |  745 | 1979909 | 369,1686,703,915,882,823,1941,331
            cora-ml      | 2995 |  16316 | 2879 |  151171 | 354,402,452,442,857,193,295
            cora-linqs   | 2708 |  10556 | 1433 |   49216 | 298,418,818,426,217,180,351
            """)
    void countsAreThoseOfTheLiterature(String name, int nodes, int edges, int features, int stored, String classes) {
        Dataset dataset = load(name, Map.of());
        Graph graph = dataset.graph();
        assertThat(graph.nodeCount()).isEqualTo(nodes);
        assertThat(graph.edgeCount()).isEqualTo(edges);
        assertThat(graph.isUndirected()).isTrue();
        assertThat(graph.isWeighted()).isFalse();
        assertThat(IntStream.range(0, edges).filter(e -> graph.source(e) == graph.target(e)))
                .isEmpty();
        assertThat(dataset.featureCount()).isEqualTo(features);
        assertThat(graph.features().storedValues()).isEqualTo(stored);
        int[] counts = new int[dataset.classCount()];
        IntStream.range(0, nodes).forEach(v -> counts[graph.label(v)]++);
        assertThat(String.join(
                        ",", IntStream.of(counts).mapToObj(Integer::toString).toList()))
                .isEqualTo(classes);
        assertThat(dataset.splits()).containsOnlyKeys("random");
        assertThat(dataset.split().train()).hasSize(20 * counts.length);
        assertThat(dataset.split().validation()).hasSize(30 * counts.length);
        assertThat(dataset.split().test()).hasSize(nodes - 50 * counts.length);
    }

    @Test
    void featuresAreOneUnlessAskedOtherwise() {
        FloatBuffer values = ((SparseFeatures) load("cora-ml", Map.of()).graph().features()).values();
        while (values.hasRemaining()) {
            assertThat(values.get()).isEqualTo(1);
        }
        FloatBuffer kept = ((SparseFeatures)
                        load("cora-ml", Map.of("binarize", "false")).graph().features())
                .values();
        List<Float> others = new ArrayList<>();
        while (kept.hasRemaining()) {
            float value = kept.get();
            if (value != 1) {
                others.add(value);
            }
        }
        assertThat(others).isNotEmpty();
    }

    @Test
    void namesAreThoseOfTheFiles() {
        Dataset ml = load("cora-ml", Map.of());
        assertThat(ml.classNames().get(3)).isEqualTo("Artificial_Intelligence/Machine_Learning/Probabilistic_Methods");
        assertThat(ml.graph().nodeName(0)).contains("129558"); // in the file its line ends with it
        assertThat(ml.featureName(1)).isEqualTo("10");
        assertThat(load("amazon-photo", Map.of()).classNames().get(7)).isEqualTo("Flashes");
        assertThat(load("cora-linqs", Map.of()).graph().nodeName(1)).contains("100197");
    }

    @Test
    void sizesAndSeedOfTheSplitCanBeChosen() {
        Dataset dataset = load("cora-ml", Map.of("trainPerClass", "3", "validationPerClass", "0", "seed", "1"));
        assertThat(dataset.split().train()).hasSize(21);
        assertThat(dataset.split().validation()).isEmpty();
        assertThat(load("cora-ml", Map.of("trainPerClass", "3", "seed", "2"))
                        .split()
                        .train())
                .isNotEqualTo(dataset.split().train());
    }

    @Test
    void badOptionsAreRefused() {
        assertThatThrownBy(() -> provider().load("dblp", Map.of("trainPerClass", "0"), TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("trainPerClass");
    }

    @Test
    void everyDataSetSaysWhereItComesFrom() {
        assertThat(provider().datasets()).hasSize(11).allSatisfy(info -> {
            assertThat(info.origin()).startsWith("https://github.com/");
            assertThat(info.citation()).isNotBlank();
            assertThat(info.licence()).startsWith("MIT");
            assertThat(Optional.of(info.description())).get().asString().endsWith(".");
        });
    }
}
