package org.aitia.bench.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.aitia.api.DataUnavailableException;
import org.aitia.api.Task;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.explain.Provenance;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.explanations.internal.ExplanationJson;
import org.aitia.visualization.internal.ChartPictures;
import org.aitia.visualization.internal.PanelPictures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {
    @TempDir
    Path directory;

    private final Dataset dataset = triangle();
    private final BenchResult without = Samples.small();
    private BenchResult result;

    /** A triangle, which is the truth for all its nodes, with a tail. */
    private static Dataset triangle() {
        Graph graph = Graph.builder(6)
                .undirectedEdge(0, 1)
                .undirectedEdge(1, 2)
                .undirectedEdge(0, 2)
                .undirectedEdge(2, 3)
                .undirectedEdge(3, 4)
                .undirectedEdge(4, 5)
                .labels(new int[] {1, 1, 1, 0, 0, 0})
                .features(DenseFeatures.constant(6, 2, 1))
                .build();
        BitSet edges = new BitSet();
        for (int[] pair : new int[][] {{0, 1}, {1, 2}, {0, 2}}) {
            edges.set(graph.edge(pair[0], pair[1]));
        }
        GroundTruth truth = new GroundTruth() {
            @Override
            public BitSet edges(int index) {
                return (BitSet) edges.clone();
            }

            @Override
            public BitSet nodes(int index) {
                return new BitSet();
            }

            @Override
            public List<Alternative> alternatives(int target) {
                return List.of(new Alternative(edges, new BitSet()));
            }
        };
        return Dataset.builder(new DatasetInfo("triangle", "Triangle", "", Task.NODE, "", "", "", true))
                .graph(graph)
                .classes(2)
                .groundTruth(truth)
                .build();
    }

    private ExplanationResult explained(String explainer, int... targets) {
        List<Explanation> explanations = new ArrayList<>();
        for (int target : targets) {
            ComputationGraph part = ComputationGraph.of(dataset.graph(), target, 3);
            float[] edges = new float[part.edgeCount()];
            for (int e = 0; e < edges.length; e++) {
                edges[e] = 1f / (1 + e);
            }
            explanations.add(Explanation.of(
                    new ExplanationTarget(target, 1, 1, 1, new float[] {0.2f, 0.8f}, 7),
                    part,
                    new MaskValues(edges, FeatureMaskType.NODE, new float[0], Map.of())));
        }
        Provenance provenance = new Provenance(
                explainer,
                explainer + " 1",
                Map.of(),
                ExplanationType.PHENOMENON,
                Task.NODE,
                "model",
                "gcn",
                3,
                "sha256:1",
                "triangle",
                Map.of(),
                dataset.digest(),
                0,
                "cpu",
                Map.of(),
                Instant.EPOCH);
        return new ExplanationResult(explanations, provenance, 0.1);
    }

    @BeforeEach
    void storeExamples() {
        List<BenchResult.Example> examples = new ArrayList<>();
        for (String explainer : List.of("pg", "pg-other", "random")) {
            Path file = directory.resolve(explainer + ".json");
            new ExplanationJson().write(explained(explainer, 0, 1, 2, 3), file);
            examples.add(new BenchResult.Example(explainer, file));
        }
        result = with(examples);
    }

    private BenchResult with(List<BenchResult.Example> examples) {
        List<BenchResult.Table> tables = without.tables().stream()
                .map(table -> new BenchResult.Table(
                        table.study(), table.dataset(), table.model(), table.type(), table.comparison(), examples))
                .toList();
        return Samples.result(without.request().suite(), tables, List.of(), List.of(), List.of());
    }

    private Datasets datasets() {
        return (Datasets) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Datasets.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("load") && arguments[0].equals("ba-original")) {
                        return dataset;
                    }
                    throw new DataUnavailableException("data set " + arguments[0] + " cannot be fetched");
                });
    }

    private String write(BenchResult of) throws IOException {
        Path out = directory.resolve("out");
        new ReportService(new ChartPictures(), new PanelPictures(), new ExplanationJson(), datasets()).write(of, out);
        return Files.readString(out.resolve("report.md"));
    }

    @Test
    void picturesShowTheTruthAndTheBestExplainers() throws IOException {
        assertThat(write(result))
                .contains("## Examples", "### BA \\<i>Shapes\\</i>: the \\*paper\\*, true label explained")
                .contains("](pictures/example-ba-0.svg)");
        String picture = Files.readString(directory.resolve("out/pictures/example-ba-0.svg"));
        assertThat(picture)
                .containsSubsequence("Ground truth", "PG &amp; co", "PG &lt;b&gt;other&lt;/b&gt;")
                .doesNotContain(">random<"); // chance is no example
    }

    @Test
    void aDataSetHasAtMostThreePictures() throws IOException {
        write(result);
        try (Stream<Path> files = Files.list(directory.resolve("out/pictures"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("example-")))
                    .containsExactlyInAnyOrder("example-ba-0.svg", "example-ba-1.svg", "example-ba-2.svg");
        }
    }

    @Test
    void dataThatCannotBeLoadedLeavesOutItsExamplesOnly() throws IOException {
        assertThat(write(result))
                .contains("## Examples")
                .doesNotContain("### Tree|Cycles:")
                .contains("- Not drawn: the examples of Tree|Cycles: data set tree-original cannot be fetched");
    }

    @Test
    void filesThatCannotBeReadAreLeftOut() throws IOException {
        Path damaged = Files.writeString(directory.resolve("damaged.json"), "{");
        Path whole = directory.resolve("pg.json");
        assertThat(write(with(
                        List.of(new BenchResult.Example("pg-other", damaged), new BenchResult.Example("pg", whole)))))
                .contains("](pictures/example-ba-0.svg)");
        assertThat(Files.readString(directory.resolve("out/pictures/example-ba-0.svg")))
                .contains("PG &amp; co")
                .doesNotContain("PG &lt;b&gt;other");
    }

    @Test
    void withoutExamplesThereIsNoSection() throws IOException {
        assertThat(write(without)).doesNotContain("## Examples");
    }
}
