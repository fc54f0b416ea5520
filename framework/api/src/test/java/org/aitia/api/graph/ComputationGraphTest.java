package org.aitia.api.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
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

class ComputationGraphTest {
    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    /** Hops from each node to the target along the edges; a large number where there is no way. */
    private static int[] distances(Graph graph, int target) {
        int[] distance = new int[graph.nodeCount()];
        Arrays.fill(distance, Integer.MAX_VALUE);
        distance[target] = 0;
        Deque<Integer> queue = new ArrayDeque<>(java.util.List.of(target));
        while (!queue.isEmpty()) {
            int at = queue.remove();
            for (int e = 0; e < graph.edgeCount(); e++) {
                if (graph.target(e) == at && distance[graph.source(e)] == Integer.MAX_VALUE) {
                    distance[graph.source(e)] = distance[at] + 1;
                    queue.add(graph.source(e));
                }
            }
        }
        return distance;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void holdsExactlyTheNodesWithinLHopsAndTheEdgesThatEndWithinLMinusOne(int seed) {
        Graph graph = RandomGraphs.directed(seed);
        for (int target = 0; target < graph.nodeCount(); target += 3) {
            int[] distance = distances(graph, target);
            for (int hops = 0; hops <= 4; hops++) {
                ComputationGraph part = ComputationGraph.of(graph, target, hops);
                int within = hops;
                assertThat(part.nodes())
                        .containsExactlyInAnyOrder(IntStream.range(0, graph.nodeCount())
                                .filter(v -> distance[v] <= within)
                                .toArray());
                assertThat(part.edges())
                        .containsExactlyInAnyOrder(IntStream.range(0, graph.edgeCount())
                                .filter(e -> distance[graph.target(e)] < within)
                                .toArray());
                assertLayout(part, distance);
            }
        }
    }

    private static void assertLayout(ComputationGraph part, int[] distance) {
        Graph graph = part.graph();
        assertThat(part.node(0)).isEqualTo(part.target());
        for (int i = 1; i < part.nodeCount(); i++) {
            assertThat(distance[part.node(i)]).isGreaterThanOrEqualTo(distance[part.node(i - 1)]);
        }
        for (int d = 0; d <= part.hops() + 1; d++) {
            int depth = d;
            assertThat(part.nodesWithin(d)).isEqualTo((int) Arrays.stream(part.nodes())
                    .filter(v -> distance[v] <= depth)
                    .count());
        }
        assertThat(part.inOffset(0)).isZero();
        assertThat(part.inOffset(part.nodeCount())).isEqualTo(part.edgeCount());
        for (int local = 0; local < part.nodeCount(); local++) {
            for (int e = part.inOffset(local); e < part.inOffset(local + 1); e++) {
                assertThat(graph.target(part.edge(e))).isEqualTo(part.node(local));
                assertThat(graph.source(part.edge(e))).isEqualTo(part.node(part.source(e)));
                if (e > part.inOffset(local)) {
                    assertThat(part.edge(e)).isGreaterThan(part.edge(e - 1));
                }
            }
            // a node that is computed has all of its in-edges
            if (part.hops() > 0 && local < part.nodesWithin(part.hops() - 1)) {
                assertThat(part.inOffset(local + 1) - part.inOffset(local)).isEqualTo(graph.inDegree(part.node(local)));
            }
        }
    }

    /** The induced subgraph would have it, and would be larger than what the prediction can see. */
    @Test
    void edgeBetweenTwoNodesAtTheLastHopIsLeftOut() {
        Graph graph = Graph.builder(3)
                .undirectedEdge(0, 1)
                .undirectedEdge(0, 2)
                .undirectedEdge(1, 2)
                .build();
        ComputationGraph part = ComputationGraph.of(graph, 0, 1);
        assertThat(part.nodes()).containsExactly(0, 1, 2);
        assertThat(part.edges()).containsExactly(graph.edge(1, 0), graph.edge(2, 0));
    }

    @Test
    void edgesThatLeadAwayDoNotCount() {
        Graph graph = Graph.builder(3).edge(0, 1).edge(1, 2).build();
        assertThat(ComputationGraph.of(graph, 0, 2).nodes()).containsExactly(0);
        assertThat(ComputationGraph.of(graph, 2, 2).nodes()).containsExactly(2, 1, 0);
    }

    @Test
    void largeNeighbourhoodsAreFound() {
        int n = 10_000; // the map from original to local numbers grows many times
        GraphBuilder builder = Graph.builder(n);
        for (int v = 1; v < n; v++) {
            builder.edge(v, 0);
        }
        ComputationGraph part = ComputationGraph.of(builder.build(), 0, 1);
        assertThat(part.nodes()).isEqualTo(IntStream.range(0, n).toArray());
        assertThat(part.edgeCount()).isEqualTo(n - 1);
    }

    @Test
    void wholeGraphIsItselfWithoutTarget() {
        Graph graph = RandomGraphs.directed(7);
        ComputationGraph whole = ComputationGraph.whole(graph);
        assertThat(whole.target()).isEqualTo(-1);
        assertThat(whole.nodes())
                .isEqualTo(IntStream.range(0, graph.nodeCount()).toArray());
        assertThat(whole.edges())
                .isEqualTo(IntStream.range(0, graph.edgeCount()).toArray());
        assertThat(whole.nodesWithin(0)).isEqualTo(graph.nodeCount());
        for (int e = 0; e < graph.edgeCount(); e++) {
            assertThat(whole.source(e)).isEqualTo(graph.source(e));
        }
    }

    @Test
    void targetOutOfRangeIsRefused() {
        Graph graph = Graph.builder(2).build();
        assertThatThrownBy(() -> ComputationGraph.of(graph, 2, 1))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("node 2 is out of range; the graph has nodes 0..1");
        assertThatThrownBy(() -> ComputationGraph.of(graph, -1, 1)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> ComputationGraph.of(graph, 0, -1))
                .hasMessage("a computation graph cannot have -1 hops");
    }

    @Test
    void wholeGraphHasNoElementsOutsideTheGraph() {
        ComputationGraph whole =
                ComputationGraph.whole(Graph.builder(2).edge(0, 1).build());
        assertThat(whole.node(1)).isEqualTo(1);
        assertThat(whole.edge(0)).isZero();
        assertThat(whole.edgeCount()).isEqualTo(1);
        assertThatThrownBy(() -> whole.node(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> whole.edge(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(whole.isWhole()).isTrue();
        assertThat(whole.targets()).isEmpty();
        assertThat(whole).hasToString("ComputationGraph[targets [], 0 hops, 2 nodes, 1 edges]");
    }

    private static int[] someNodes(Graph graph, RandomGenerator random) {
        int[] all = IntStream.range(0, graph.nodeCount()).toArray();
        for (int i = all.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = all[i];
            all[i] = all[j];
            all[j] = swapped;
        }
        return Arrays.copyOf(all, 1 + random.nextInt(Math.min(4, all.length)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void severalTargetsHaveTheUnionOfTheirReceptiveFields(int seed) {
        Graph graph = RandomGraphs.directed(seed);
        int[] targets = someNodes(graph, Seeds.generator(seed));
        int[] nearest = new int[graph.nodeCount()];
        Arrays.fill(nearest, Integer.MAX_VALUE);
        for (int target : targets) {
            int[] distance = distances(graph, target);
            Arrays.setAll(nearest, v -> Math.min(nearest[v], distance[v]));
        }
        for (int hops = 0; hops <= 3; hops++) {
            ComputationGraph part = ComputationGraph.of(graph, targets, hops);
            int within = hops;
            assertThat(part.targets()).isEqualTo(targets);
            assertThat(Arrays.copyOf(part.nodes(), targets.length)).isEqualTo(targets);
            assertThat(part.nodes())
                    .containsExactlyInAnyOrder(IntStream.range(0, graph.nodeCount())
                            .filter(v -> nearest[v] <= within)
                            .toArray());
            assertThat(part.edges())
                    .containsExactlyInAnyOrder(IntStream.range(0, graph.edgeCount())
                            .filter(e -> nearest[graph.target(e)] < within)
                            .toArray());
            assertThat(part.nodesWithin(0)).isEqualTo(targets.length);
            assertThat(part.isLink()).isFalse();
            assertLayout(part, nearest);
        }
    }

    @Test
    void targetsAreCopied() {
        Graph graph = RandomGraphs.directed(3);
        int[] targets = {1, 0};
        ComputationGraph part = ComputationGraph.of(graph, targets, 1);
        targets[0] = 2;
        part.targets()[1] = 2;
        assertThat(part.targets()).containsExactly(1, 0);
    }

    @Test
    void linkHasItsEndsFirstAndTheReceptiveFieldsOfBoth() {
        Graph graph = Graph.builder(5).edge(1, 0).edge(2, 1).edge(4, 3).build();
        ComputationGraph link = ComputationGraph.ofLink(graph, 3, 0, 1);
        assertThat(link.isLink()).isTrue();
        assertThat(link.targets()).containsExactly(3, 0);
        assertThat(link.nodes()).containsExactly(3, 0, 4, 1);
        assertThat(link.edges()).containsExactly(graph.edge(4, 3), graph.edge(1, 0));
        assertThat(ComputationGraph.of(graph, new int[] {3, 0}, 1).isLink()).isFalse();
    }

    @Test
    void sameNodeTwiceAndNoTargetAtAllAreRefused() {
        Graph graph = Graph.builder(3).build();
        assertThatThrownBy(() -> ComputationGraph.ofLink(graph, 1, 1, 2))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("node 1 is named twice; a link needs two nodes, a batch distinct ones");
        assertThatThrownBy(() -> ComputationGraph.of(graph, new int[] {0, 2, 0}, 2))
                .hasMessage("node 0 is named twice; a link needs two nodes, a batch distinct ones");
        assertThatThrownBy(() -> ComputationGraph.of(graph, new int[0], 2))
                .hasMessage("a computation graph needs at least one target");
        assertThatThrownBy(() -> ComputationGraph.ofLink(graph, 0, 3, 2))
                .hasMessage("node 3 is out of range; the graph has nodes 0..2");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void sampleKeepsAtMostTheFanoutOfEachNodesInEdges(int seed) {
        Graph graph = RandomGraphs.directed(seed);
        int[] targets = someNodes(graph, Seeds.generator(seed));
        int[] fanouts = {3, 1, -1};
        ComputationGraph part = ComputationGraph.sampled(graph, targets, fanouts, Seeds.generator(seed));
        assertThat(part.isSampled()).isTrue();
        assertThat(part.hops()).isEqualTo(3);
        assertThat(part.targets()).isEqualTo(targets);
        for (int local = 0; local < part.nodeCount(); local++) {
            int at = local;
            int depth = IntStream.range(0, 4)
                    .filter(d -> at < part.nodesWithin(d))
                    .findFirst()
                    .orElseThrow();
            int degree = graph.inDegree(part.node(local));
            int expected = depth == 3 ? 0 : fanouts[depth] < 0 ? degree : Math.min(fanouts[depth], degree);
            assertThat(part.inOffset(local + 1) - part.inOffset(local)).isEqualTo(expected);
            for (int e = part.inOffset(local); e < part.inOffset(local + 1); e++) {
                assertThat(graph.target(part.edge(e))).isEqualTo(part.node(local));
                assertThat(graph.source(part.edge(e))).isEqualTo(part.node(part.source(e)));
                if (e > part.inOffset(local)) { // without replacement, in the order of the graph
                    assertThat(part.edge(e)).isGreaterThan(part.edge(e - 1));
                }
            }
        }
        ComputationGraph again = ComputationGraph.sampled(graph, targets, fanouts, Seeds.generator(seed));
        assertThat(again.edges()).isEqualTo(part.edges());
        assertThat(again.nodes()).isEqualTo(part.nodes());
    }

    @Test
    void everySubsetOfInEdgesIsDrawnEquallyOften() {
        GraphBuilder builder = Graph.builder(7);
        IntStream.range(1, 7).forEach(v -> builder.edge(v, 0));
        Graph graph = builder.build();
        RandomGenerator random = Seeds.generator(1);
        Map<String, Integer> counts = new TreeMap<>();
        int draws = 20_000;
        for (int i = 0; i < draws; i++) {
            int[] edges = ComputationGraph.sampled(graph, new int[] {0}, new int[] {2}, random)
                    .edges();
            counts.merge(Arrays.toString(edges), 1, Integer::sum);
        }
        // chi-squared with 14 degrees of freedom: 36.1 is exceeded once in a thousand seeds, and the seed is fixed
        double expected = draws / 15.0;
        assertThat(counts).hasSize(15);
        assertThat(counts.values().stream()
                        .mapToDouble(n -> (n - expected) * (n - expected) / expected)
                        .sum())
                .isLessThan(36.1);
    }

    @Test
    void samplingEverythingIsTheReceptiveField() {
        Graph graph = RandomGraphs.directed(11);
        ComputationGraph part =
                ComputationGraph.sampled(graph, new int[] {0}, new int[] {-1, 1000}, Seeds.generator(0));
        ComputationGraph all = ComputationGraph.of(graph, 0, 2);
        assertThat(part.nodes()).isEqualTo(all.nodes());
        assertThat(part.edges()).isEqualTo(all.edges());
        assertThat(all.isSampled()).isFalse();
    }

    @Test
    void nodesThatEdgesWereRemovedFromAreRecounted() {
        Graph graph = Graph.builder(5)
                .edges(new int[] {1, 2, 4, 0}, new int[] {0, 0, 2, 4})
                .build();
        ComputationGraph field = ComputationGraph.of(graph, 0, 2); // local 0, 1, 2, 4; node 1 has no in-edges
        ComputationGraph removed = field.removing(2); // 4 -> 2
        assertThat(removed.edges()).containsExactly(field.edge(0), field.edge(1));
        assertThat(removed.nodes()).isEqualTo(field.nodes());
        assertThat(List.of(0, 1, 2, 3)).filteredOn(removed::isRecounted).containsExactly(2);
        assertThat(List.of(0, 1, 2, 3))
                .filteredOn(removed.removing(0)::isRecounted)
                .containsExactly(0, 2);
        assertThat(List.of(0, 1, 2, 3)).noneMatch(field.withoutEdges(2)::isRecounted);
        assertThat(removed.withoutEdges(0).isRecounted(2)).isTrue();
    }

    @Test
    void edgesCanBeLeftOutWhileNodesAndNumbersStay() {
        Graph graph = Graph.builder(4)
                .edges(new int[] {1, 2, 3, 0}, new int[] {0, 0, 1, 2})
                .build();
        for (ComputationGraph field : List.of(ComputationGraph.of(graph, 0, 2), ComputationGraph.whole(graph))) {
            ComputationGraph without = field.withoutEdges(1, 3);
            assertThat(without.nodes()).isEqualTo(field.nodes());
            assertThat(without.edges()).containsExactly(field.edge(0), field.edge(2));
            assertThat(without.source(0)).isEqualTo(field.source(0));
            assertThat(without.source(1)).isEqualTo(field.source(2));
            assertThat(without.target()).isEqualTo(field.target());
            assertThat(field.edgeCount()).isEqualTo(4);
            assertThat(field.withoutEdges(0, 1, 2, 3).edges()).isEmpty();
            assertThat(field.withoutEdges())
                    .satisfies(same -> assertThat(same.edges()).isEqualTo(field.edges()));
        }
        assertThatThrownBy(() -> ComputationGraph.whole(graph).withoutEdges(4))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void featuresCanBeReplacedWhileAllElseStays() {
        Graph graph = Graph.builder(4)
                .edges(new int[] {1, 2, 3, 0}, new int[] {0, 0, 1, 2})
                .features(DenseFeatures.constant(4, 2, 1))
                .labels(new int[] {0, 1, 0, 1})
                .build();
        for (ComputationGraph field : List.of(ComputationGraph.of(graph, 0, 1), ComputationGraph.whole(graph))) {
            ComputationGraph other = field.withFeatures(DenseFeatures.constant(4, 3, 5));
            assertThat(other.nodes()).isEqualTo(field.nodes());
            assertThat(other.edges()).isEqualTo(field.edges());
            assertThat(other.targets()).isEqualTo(field.targets());
            assertThat(other.nodesWithin(0)).isEqualTo(field.nodesWithin(0));
            assertThat(other.graph().label(1)).isEqualTo(1);
            assertThat(other.graph().features().columns()).isEqualTo(3);
            assertThat(field.graph().features().columns()).isEqualTo(2);
        }
        assertThatThrownBy(() -> ComputationGraph.whole(graph).withFeatures(DenseFeatures.constant(3, 2, 1)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("features of 3 nodes do not fit a graph of 4");
    }
}
