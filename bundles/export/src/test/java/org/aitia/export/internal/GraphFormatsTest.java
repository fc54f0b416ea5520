package org.aitia.export.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.render.RenderRequest;
import org.aitia.api.render.Renderer;
import org.jgrapht.Graph;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.DirectedWeightedPseudograph;
import org.jgrapht.nio.Attribute;
import org.jgrapht.nio.dot.DOTImporter;
import org.jgrapht.nio.gexf.SimpleGEXFImporter;
import org.jgrapht.nio.graphml.GraphMLImporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GraphFormatsTest {
    private static final Dataset CHAIN = Samples.chain();

    static Stream<Renderer> renderers() {
        return Stream.of(new GraphMlRenderer(), new GexfRenderer(), new DotRenderer());
    }

    /** A document read back: attributes of nodes by id, and of edges by the ids of their ends. */
    private record Document(Map<String, Map<String, String>> nodes, Map<List<String>, Map<String, String>> edges) {
        static Document read(Renderer renderer, RenderRequest request) {
            String text = new String(Samples.render(renderer, request), StandardCharsets.UTF_8);
            Graph<String, DefaultWeightedEdge> graph =
                    new DirectedWeightedPseudograph<>(null, DefaultWeightedEdge::new);
            Map<String, Map<String, String>> nodes = new HashMap<>();
            Map<DefaultWeightedEdge, Map<String, String>> edges = new HashMap<>();
            switch (renderer.format()) {
                case "graphml" -> {
                    GraphMLImporter<String, DefaultWeightedEdge> importer = new GraphMLImporter<>();
                    importer.setVertexFactory(id -> id);
                    importer.setSchemaValidation(true);
                    importer.addVertexAttributeConsumer(
                            (key, value) -> put(nodes, key.getFirst(), key.getSecond(), value));
                    importer.addEdgeAttributeConsumer(
                            (key, value) -> put(edges, key.getFirst(), key.getSecond(), value));
                    importer.importGraph(graph, new StringReader(text));
                }
                case "gexf" -> {
                    SimpleGEXFImporter<String, DefaultWeightedEdge> importer = new SimpleGEXFImporter<>();
                    importer.setVertexFactory(id -> id);
                    importer.setSchemaValidation(true);
                    importer.addVertexAttributeConsumer(
                            (key, value) -> put(nodes, key.getFirst(), key.getSecond(), value));
                    importer.addEdgeAttributeConsumer(
                            (key, value) -> put(edges, key.getFirst(), key.getSecond(), value));
                    importer.importGraph(graph, new StringReader(text));
                }
                default -> {
                    DOTImporter<String, DefaultWeightedEdge> importer = new DOTImporter<>();
                    importer.setVertexFactory(id -> id);
                    importer.addVertexAttributeConsumer(
                            (key, value) -> put(nodes, key.getFirst(), key.getSecond(), value));
                    importer.addEdgeAttributeConsumer(
                            (key, value) -> put(edges, key.getFirst(), key.getSecond(), value));
                    importer.importGraph(graph, new StringReader(text));
                }
            }
            Map<String, Map<String, String>> ofNodes = new HashMap<>();
            graph.vertexSet().forEach(id -> ofNodes.put(id, nodes.getOrDefault(id, Map.of())));
            Map<List<String>, Map<String, String>> ofEdges = new HashMap<>();
            graph.edgeSet().forEach(edge -> {
                Map<String, String> values = new HashMap<>(edges.getOrDefault(edge, Map.of()));
                values.putIfAbsent("weight", Double.toString(graph.getEdgeWeight(edge)));
                ofEdges.put(List.of(graph.getEdgeSource(edge), graph.getEdgeTarget(edge)), values);
            });
            return new Document(ofNodes, ofEdges);
        }

        private static <K> void put(Map<K, Map<String, String>> all, K key, String name, Attribute value) {
            all.computeIfAbsent(key, k -> new HashMap<>()).put(name, value.getValue());
        }
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void nodesAndEdgesAreReadBackWithWhatIsKnownOfThem(Renderer renderer) {
        Document document = Document.read(renderer, Samples.request(CHAIN, Samples.withNodes(CHAIN, 0)));
        assertThat(document.nodes()).containsOnlyKeys("0", "1", "2", "4");
        assertThat(document.nodes().get("0"))
                .containsEntry("explanation", "0")
                .containsEntry("node_id", "0")
                .containsEntry("name", "first")
                .containsEntry("class", "0")
                .containsEntry("is_target", "true")
                .containsEntry("target_predicted", "0")
                .containsEntry("target_explained", "1")
                .containsEntry("importance", "0.1")
                .containsEntry("deviation", "0.0625")
                .containsEntry("truth", "true");
        assertThat(document.nodes().get("4"))
                .containsEntry("is_target", "false")
                .containsEntry("truth", "false")
                .doesNotContainKeys("class", "class_name");
        assertThat(document.edges())
                .containsOnlyKeys(List.of("1", "0"), List.of("4", "0"), List.of("0", "1"), List.of("2", "1"));
        assertThat(document.edges().get(List.of("1", "0")))
                .containsEntry("importance", "-0.5")
                .containsEntry("deviation", "0.125")
                .containsEntry("direction", "both")
                .containsEntry("truth", "true");
        assertThat(document.edges().get(List.of("4", "0")))
                .containsEntry("importance", "-0.25")
                .containsEntry("direction", "one")
                .containsEntry("truth", "false");
        String weight = renderer.format().equals("dot") ? "edge_weight" : "weight";
        assertThat(Double.parseDouble(document.edges().get(List.of("4", "0")).get(weight)))
                .isEqualTo(2);
        assertThat(Double.parseDouble(document.edges().get(List.of("1", "0")).get(weight)))
                .isEqualTo(.25);
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void severalExplanationsStandApartInOneGraph(Renderer renderer) {
        assertThat(renderer.holdsSeveral()).isTrue();
        Document document = Document.read(
                renderer, Samples.request(CHAIN, Samples.withNodes(CHAIN, 0), Samples.withNodes(CHAIN, 3)));
        assertThat(document.nodes()).containsKeys("e0_0", "e0_2", "e1_3", "e1_2");
        assertThat(document.nodes().get("e1_2"))
                .containsEntry("explanation", "3")
                .containsEntry("node_id", "2");
        assertThat(document.edges().keySet())
                .allSatisfy(ends -> assertThat(ends.get(0).substring(0, 2))
                        .isEqualTo(ends.get(1).substring(0, 2)));
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void graphsWithoutTargetNodeOrEdgeMaskAreThereToo(Renderer renderer) {
        Dataset triangles = Samples.triangles();
        Explanation bare = Samples.explain(
                triangles, 1, new MaskValues(new float[0], FeatureMaskType.FEATURE, new float[] {1, 0}, Map.of()));
        Document document = Document.read(renderer, Samples.request(triangles, bare));
        assertThat(document.nodes()).hasSize(4);
        assertThat(document.nodes().get("3"))
                .containsEntry("is_target", "false")
                .doesNotContainKeys("importance", "name", "class", "truth");
        assertThat(document.edges()).hasSize(8);
        assertThat(document.edges().get(List.of("3", "2"))).doesNotContainKey("importance");
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void importancesOfEdgeFeaturesHaveAnAttributeEach(Renderer renderer) {
        ComputationGraph part = Samples.part(CHAIN, 0);
        MaskValues masks = new MaskValues(
                Samples.edgeMask(part),
                FeatureMaskType.NODE,
                new float[0],
                Samples.counting(2 * part.edgeCount()),
                java.util.Optional.empty(),
                Map.of());
        Document document = Document.read(renderer, Samples.request(CHAIN, Samples.explain(CHAIN, 0, masks)));
        assertThat(document.edges().get(List.of("4", "0")))
                .containsEntry("importance_0", "0.3")
                .containsEntry("importance_1", "0.4");
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void theSameResultGivesTheSameBytes(Renderer renderer) {
        RenderRequest request = Samples.request(CHAIN, Samples.withNodes(CHAIN, 0), Samples.withNodes(CHAIN, 3));
        assertThat(Samples.render(renderer, request)).isEqualTo(Samples.render(renderer, request));
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void anotherDataSetIsRefused(Renderer renderer) {
        RenderRequest request = Samples.request(Samples.triangles(), Samples.withNodes(CHAIN, 0));
        assertThatThrownBy(() -> Samples.render(renderer, request))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("the explanation of graph 0 holds node 4, but data set 'triangles' has 0..2; export it with"
                        + " the data that it was made with");
    }

    @Test
    void namesAreEscapedInXml() {
        for (Renderer renderer : List.of(new GraphMlRenderer(), new GexfRenderer())) {
            Document document = Document.read(renderer, Samples.request(CHAIN, Samples.withNodes(CHAIN, 0)));
            assertThat(document.nodes().get("1"))
                    .containsEntry("name", Samples.NASTY)
                    .containsEntry("class_name", "even, or \"not\"");
        }
    }

    @Test
    void namesAreEscapedInDot() {
        String dot = new String(
                Samples.render(new DotRenderer(), Samples.request(CHAIN, Samples.withNodes(CHAIN, 0))),
                StandardCharsets.UTF_8);
        assertThat(dot).contains("name=\"a \\\"quoted\\\" <b> & c, d&#92;\"");
    }

    @Test
    void charactersThatXmlCannotHoldAreReplaced() {
        assertThat(Contents.clean("a\u0000b\u0008c\uFFFFd\uD83D\uDE00\te"))
                .isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uD83D\uDE00\te");
    }

    @Test
    void dotShowsImportanceByWidthSignByColourAndTheTargetByShape() {
        Document document = Document.read(new DotRenderer(), Samples.request(CHAIN, Samples.withNodes(CHAIN, 0)));
        assertThat(document.nodes().get("0")).containsEntry("shape", "doublecircle");
        Map<String, String> against = document.edges().get(List.of("1", "0"));
        Map<String, String> supports = document.edges().get(List.of("2", "1"));
        Map<String, String> nothing = document.edges().get(List.of("0", "1"));
        assertThat(against).containsEntry("penwidth", "5.000");
        assertThat(supports).containsEntry("penwidth", "2.750");
        assertThat(nothing).containsEntry("penwidth", "0.500");
        assertThat(new ArrayList<>(List.of(against.get("color"), supports.get("color"), nothing.get("color"))))
                .doesNotHaveDuplicates();
        Explanation unsigned = Samples.withNodes(CHAIN, 0);
        unsigned.edgeMask()[0] = .5f;
        unsigned.edgeMask()[1] = .5f;
        assertThat(Document.read(new DotRenderer(), Samples.request(CHAIN, unsigned))
                        .edges()
                        .get(List.of("2", "1"))
                        .get("color"))
                .isNotEqualTo(supports.get("color"));
    }

    @Test
    void networkXReadsGraphMlWithTypes(@TempDir Path directory) throws Exception {
        byte[] bytes = Samples.render(new GraphMlRenderer(), Samples.request(CHAIN, Samples.withNodes(CHAIN, 0)));
        assertThat(Python.run(
                        directory,
                        "networkx",
                        "x.graphml",
                        bytes,
                        "g = networkx.read_graphml('x.graphml')",
                        "print(g.is_directed(), g.number_of_nodes(), g.number_of_edges())",
                        "print(g.edges['1', '0']['importance'], g.edges['1', '0']['weight'])",
                        "print(g.nodes['0']['is_target'], g.nodes['0']['class'] + 1, g.nodes['1']['name'])"))
                .containsExactly("True 4 4", "-0.5 0.25", "True 1 " + Samples.NASTY);
    }

    @Test
    void networkXReadsGexfWithTypes(@TempDir Path directory) throws Exception {
        byte[] bytes = Samples.render(new GexfRenderer(), Samples.request(CHAIN, Samples.withNodes(CHAIN, 0)));
        assertThat(Python.run(
                        directory,
                        "networkx",
                        "x.gexf",
                        bytes,
                        "g = networkx.read_gexf('x.gexf')",
                        "print(g.is_directed(), g.number_of_nodes(), g.number_of_edges())",
                        "print(g.edges['1', '0']['importance'], g.edges['1', '0']['weight'])",
                        "print(g.nodes['0']['is_target'], g.nodes['0']['class'] + 1, g.nodes['1']['label'])"))
                .containsExactly("True 4 4", "-0.5 0.25", "True 1 " + Samples.NASTY);
    }
}
