package org.aitia.api.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
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

    /** A row per added edge that says when it was added. */
    private static Features timesOfAdding(int edges) {
        float[] times = new float[edges];
        for (int i = 0; i < edges; i++) {
            times[i] = i;
        }
        return new DenseFeatures(edges, 1, FloatBuffer.wrap(times));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void edgeFeaturesFollowTheirEdgesAndOfRepeatedEdgesTheFirstOnesAreKept(int seed) {
        RandomGenerator random = Seeds.generator(seed);
        int nodes = 1 + random.nextInt(12);
        int edges = random.nextInt(6 * nodes);
        boolean loops = random.nextBoolean();
        boolean weighted = random.nextBoolean();
        GraphBuilder builder = Graph.builder(nodes).edgeFeatures(timesOfAdding(edges));
        if (!loops) {
            builder.withoutSelfLoops();
        }
        Map<Edge, Integer> expected = new TreeMap<>();
        for (int i = 0; i < edges; i++) {
            int source = random.nextInt(nodes);
            int target = random.nextInt(nodes);
            builder.edge(source, target, weighted ? i + 2 : 1);
            if (loops || source != target) {
                expected.putIfAbsent(new Edge(target, source), i);
            }
        }
        Graph graph = builder.build();
        assertThat(graph.edgeFeatures().rows()).isEqualTo(expected.size()).isEqualTo(graph.edgeCount());
        int e = 0;
        for (int time : expected.values()) {
            assertThat(graph.edgeFeatures().value(e, 0)).isEqualTo(time);
            assertThat(graph.edgeWeight(e)).isEqualTo(weighted ? time + 2 : 1);
            e++;
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void edgesThatComeInTheOrderOfTheGraphGiveTheSameGraph(int seed) {
        Graph graph = RandomGraphs.directed(seed);
        GraphBuilder again = Graph.builder(graph.nodeCount()).reserve(graph.edgeCount());
        for (int e = 0; e < graph.edgeCount(); e++) {
            again.edge(graph.source(e), graph.target(e), e + 2);
        }
        Graph same = again.edgeFeatures(timesOfAdding(graph.edgeCount())).build();
        assertThat(same.inOffsets()).isEqualTo(graph.inOffsets());
        assertThat(same.sources()).isEqualTo(graph.sources());
        for (int e = 0; e < graph.edgeCount(); e++) {
            assertThat(same.edgeWeight(e)).isEqualTo(e + 2);
            assertThat(same.edgeFeatures().value(e, 0)).isEqualTo(e);
        }
    }

    @Test
    void selfLoopsAndRepeatsAmongEdgesInOrderAreDroppedAsWell() {
        Graph graph = Graph.builder(2)
                .withoutSelfLoops()
                .edge(0, 0)
                .edge(0, 1)
                .edge(0, 1)
                .edge(1, 1)
                .build();
        assertThat(graph.edgeCount()).isEqualTo(1);
        assertThat(graph.edge(0, 1)).isZero();
    }

    @Test
    void graphWithoutEdgeFeaturesHasNoneForEachEdge() {
        Graph graph = Graph.builder(2).undirectedEdge(0, 1).build();
        assertThat(graph.edgeFeatures().rows()).isEqualTo(2);
        assertThat(graph.edgeFeatures().columns()).isZero();
    }

    @Test
    void rowsOfEdgeFeaturesAreCountedAgainstAddedEdges() {
        GraphBuilder builder = Graph.builder(2).edge(0, 1).edge(0, 1).edgeFeatures(timesOfAdding(1));
        assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("1 rows of edge features for 2 edges");
    }

    @Test
    void roomThatWasReservedNeedNotBeUsed() {
        GraphBuilder builder = Graph.builder(3).edge(0, 1).reserve(1000).edge(1, 2, 0.5f);
        assertThat(builder.build().edgeCount()).isEqualTo(2);
        for (int i = 0; i < 40; i++) {
            builder.edge(i % 3, (i + 1) % 3);
        }
        assertThat(builder.reserve(0).build().edgeCount()).isEqualTo(3);
    }
}
