package org.aitia.api.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.IntBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GraphBuilderTest {
    /** An edge in the order of the API: by target, then by source. */
    private record Edge(int target, int source) implements Comparable<Edge> {
        Edge reversed() {
            return new Edge(/* target= */ source, /* source= */ target);
        }

        @Override
        public int compareTo(Edge other) {
            return Comparator.comparingInt(Edge::target)
                    .thenComparingInt(Edge::source)
                    .compare(this, other);
        }
    }

    static IntStream seeds() {
        return IntStream.range(0, 50);
    }

    @Test
    void edgesAreNumberedByTargetThenSource() {
        Graph graph =
                Graph.builder(3).edge(2, 0).edge(0, 2).edge(1, 0).edge(2, 2).build();
        assertThat(graph.sources()).isEqualTo(IntBuffer.wrap(new int[] {1, 2, 0, 2}));
        assertThat(graph.targets()).containsExactly(0, 0, 2, 2);
        assertThat(graph.inOffsets()).isEqualTo(IntBuffer.wrap(new int[] {0, 2, 2, 4}));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyGraphEqualsAMapOfItsEdges(int seed) {
        RandomGenerator random = Seeds.generator(seed);
        int nodes = 1 + random.nextInt(30);
        boolean weighted = random.nextBoolean();
        boolean loops = random.nextBoolean();
        GraphBuilder builder = Graph.builder(nodes);
        if (!loops) {
            builder.withoutSelfLoops();
        }
        Map<Edge, Float> expected = new TreeMap<>();
        int edges = random.nextInt(5 * nodes);
        for (int i = 0; i < edges; i++) {
            int source = random.nextInt(nodes);
            int target = random.nextInt(nodes);
            // weights begin late, so that earlier edges must be given theirs afterwards
            float weight = weighted && i > edges / 2 ? random.nextFloat() : 1;
            builder.edge(source, target, weight);
            if (loops || source != target) {
                expected.putIfAbsent(new Edge(target, source), weight);
            }
        }
        Graph graph = builder.build();
        assertThat(graph.nodeCount()).isEqualTo(nodes);
        assertThat(graph.edgeCount()).isEqualTo(expected.size());
        int[] targets = graph.targets();
        int e = 0;
        for (Map.Entry<Edge, Float> entry : expected.entrySet()) {
            int source = entry.getKey().source();
            int target = entry.getKey().target();
            assertThat(graph.source(e)).isEqualTo(source);
            assertThat(graph.target(e)).isEqualTo(target);
            assertThat(targets[e]).isEqualTo(target);
            assertThat(graph.edgeWeight(e)).isEqualTo(entry.getValue());
            assertThat(graph.edge(source, target)).isEqualTo(e);
            e++;
        }
        for (int a = 0; a < nodes; a++) {
            int from = a;
            assertThat(graph.inDegree(a)).isEqualTo((int) expected.keySet().stream()
                    .filter(edge -> edge.target() == from)
                    .count());
            int[] out = new int[graph.outEdges(a).remaining()];
            graph.outEdges(a).get(out);
            assertThat(out)
                    .isEqualTo(IntStream.range(0, graph.edgeCount())
                            .filter(edge -> graph.source(edge) == from)
                            .toArray());
            for (int b = 0; b < nodes; b++) {
                assertThat(graph.edge(a, b) >= 0).isEqualTo(expected.containsKey(new Edge(b, a)));
            }
        }
        assertThat(graph.isUndirected())
                .isEqualTo(expected.keySet().stream().allMatch(edge -> expected.containsKey(edge.reversed())));
    }

    @Test
    void firstWeightOfARepeatedEdgeWins() {
        Graph graph = Graph.builder(2).edge(0, 1, 0.5f).edge(0, 1, 2).build();
        assertThat(graph.edgeCount()).isEqualTo(1);
        assertThat(graph.edgeWeight(0)).isEqualTo(0.5f);
        assertThat(graph.isWeighted()).isTrue();
    }

    @Test
    void graphWithoutOtherWeightsThanOneIsUnweighted() {
        Graph graph = Graph.builder(2).edge(0, 1, 1).build();
        assertThat(graph.isWeighted()).isFalse();
        assertThat(graph.edgeWeights().remaining()).isZero();
        assertThat(graph.edgeWeight(0)).isEqualTo(1);
    }

    @Test
    void undirectedEdgeHasBothDirectionsAndALoopOne() {
        Graph graph = Graph.builder(2).undirectedEdge(0, 1).undirectedEdge(1, 1).build();
        assertThat(graph.edgeCount()).isEqualTo(3);
        assertThat(graph.isUndirected()).isTrue();
    }

    @Test
    void emptyGraphsAreGraphs() {
        Graph none = Graph.builder(0).build();
        assertThat(none.nodeCount()).isZero();
        assertThat(none.edgeCount()).isZero();
        assertThat(none.isUndirected()).isTrue();
        Graph bare = Graph.builder(3).build();
        assertThat(bare.targets()).isEmpty();
        assertThat(bare.inDegree(2)).isZero();
        assertThat(bare.outEdges(2).hasRemaining()).isFalse();
        assertThat(bare.features().rows()).isEqualTo(3);
        assertThat(bare.features().columns()).isZero();
    }

    @Test
    void builderCanGoOnAfterBuildingWithoutChangingWhatWasBuilt() {
        GraphBuilder builder = Graph.builder(3).edge(0, 1);
        Graph first = builder.build();
        Graph second = builder.edge(1, 2).build();
        assertThat(first.edgeCount()).isEqualTo(1);
        assertThat(second.edgeCount()).isEqualTo(2);
    }

    @Test
    void labelsAndNamesAreCopied() {
        int[] labels = {4, -1};
        Graph graph =
                Graph.builder(2).labels(labels).nodeNames(List.of("C", "O")).build();
        labels[0] = 7;
        assertThat(graph.hasLabels()).isTrue();
        assertThat(graph.label(0)).isEqualTo(4);
        assertThat(graph.label(1)).isEqualTo(-1);
        assertThat(graph.nodeName(1)).contains("O");
        Graph bare = Graph.builder(1).build();
        assertThat(bare.hasLabels()).isFalse();
        assertThat(bare.label(0)).isEqualTo(-1);
        assertThat(bare.nodeName(0)).isEmpty();
    }

    @Test
    void viewsCannotBeWrittenTo() {
        Graph graph = Graph.builder(2).edge(0, 1, 2).build();
        assertThat(graph.sources().isReadOnly()).isTrue();
        assertThat(graph.inOffsets().isReadOnly()).isTrue();
        assertThat(graph.edgeWeights().isReadOnly()).isTrue();
        assertThat(graph.outEdges(0).isReadOnly()).isTrue();
    }

    @Test
    void whatDoesNotFitIsRefusedWithOneClearLine() {
        GraphBuilder builder = Graph.builder(2);
        assertThatThrownBy(() -> builder.edge(0, 2))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("edge 0 -> 2 names a node outside 0..1");
        assertThatThrownBy(() -> builder.edge(-1, 0)).hasMessage("edge -1 -> 0 names a node outside 0..1");
        assertThatThrownBy(() -> builder.edge(0, 1, Float.NaN)).hasMessage("edge 0 -> 1 has weight NaN");
        assertThatThrownBy(() -> builder.edges(new int[2], new int[1])).hasMessage("2 sources but 1 targets");
        assertThatThrownBy(() -> builder.features(DenseFeatures.constant(3, 1, 1)))
                .hasMessage("3 feature rows for 2 nodes");
        assertThatThrownBy(() -> builder.labels(new int[1])).hasMessage("1 labels for 2 nodes");
        assertThatThrownBy(() -> builder.nodeNames(List.of("a"))).hasMessage("1 names for 2 nodes");
        assertThatThrownBy(() -> Graph.builder(-1)).hasMessage("a graph cannot have -1 nodes");
        assertThat(builder.build().edgeCount()).isZero();
    }
}
