package org.aitia.api.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
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
}
