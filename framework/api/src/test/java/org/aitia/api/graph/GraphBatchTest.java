package org.aitia.api.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GraphBatchTest {
    static IntStream seeds() {
        return IntStream.range(0, 40);
    }

    private static GraphBatch batch(int seed) {
        Graph graph = RandomGraphs.directed(seed);
        List<ComputationGraph> blocks = new ArrayList<>();
        for (int target = 0; target < graph.nodeCount(); target += 2) {
            blocks.add(ComputationGraph.of(graph, target, seed % 4));
        }
        return GraphBatch.of(blocks);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyNodeAndEdgeOfEveryBlockIsThereOnce(int seed) {
        GraphBatch batch = batch(seed);
        List<ComputationGraph> blocks = batch.blocks();
        assertThat(batch.nodeCount())
                .isEqualTo(blocks.stream().mapToInt(ComputationGraph::nodeCount).sum());
        assertThat(batch.edgeCount())
                .isEqualTo(blocks.stream().mapToInt(ComputationGraph::edgeCount).sum());
        boolean[][] nodes = new boolean[blocks.size()][];
        boolean[][] edges = new boolean[blocks.size()][];
        for (int b = 0; b < blocks.size(); b++) {
            nodes[b] = new boolean[blocks.get(b).nodeCount()];
            edges[b] = new boolean[blocks.get(b).edgeCount()];
        }
        for (int row = 0; row < batch.nodeCount(); row++) {
            assertThat(nodes[batch.rowBlocks()[row]][batch.rowNodes()[row]]).isFalse();
            nodes[batch.rowBlocks()[row]][batch.rowNodes()[row]] = true;
        }
        for (int e = 0; e < batch.edgeCount(); e++) {
            assertThat(edges[batch.edgeBlocks()[e]][batch.edgeLocals()[e]]).isFalse();
            edges[batch.edgeBlocks()[e]][batch.edgeLocals()[e]] = true;
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void edgesStayWithinTheirBlockAndConnectWhatTheyConnectedThere(int seed) {
        GraphBatch batch = batch(seed);
        int[] offsets = batch.inOffsets(batch.nodeCount());
        int[] sources = batch.sources(batch.edgeCount());
        int[] rowBlocks = batch.rowBlocks();
        int[] rowNodes = batch.rowNodes();
        int[] edgeBlocks = batch.edgeBlocks();
        int[] edgeLocals = batch.edgeLocals();
        assertThat(offsets[0]).isZero();
        assertThat(offsets[batch.nodeCount()]).isEqualTo(batch.edgeCount());
        for (int row = 0; row < batch.nodeCount(); row++) {
            ComputationGraph block = batch.blocks().get(rowBlocks[row]);
            int first = block.inOffset(rowNodes[row]);
            assertThat(offsets[row + 1] - offsets[row]).isEqualTo(block.inOffset(rowNodes[row] + 1) - first);
            for (int e = offsets[row]; e < offsets[row + 1]; e++) {
                assertThat(edgeBlocks[e]).isEqualTo(rowBlocks[row]);
                assertThat(edgeLocals[e]).isEqualTo(first + e - offsets[row]);
                assertThat(rowBlocks[sources[e]]).isEqualTo(rowBlocks[row]);
                assertThat(rowNodes[sources[e]]).isEqualTo(block.source(edgeLocals[e]));
            }
        }
    }

    /** What lets a layer be computed on the first rows only. */
    @ParameterizedTest
    @MethodSource("seeds")
    void rowsWithinADepthAreAPrefixAndNeedOnlyTheNextOne(int seed) {
        GraphBatch batch = batch(seed);
        int hops = batch.blocks().get(0).hops();
        int[] sources = batch.sources(batch.edgeCount());
        for (int depth = 0; depth <= hops; depth++) {
            int rows = batch.nodesWithin(depth);
            int d = depth;
            assertThat(rows)
                    .isEqualTo(batch.blocks().stream()
                            .mapToInt(block -> block.nodesWithin(d))
                            .sum());
            for (int row = 0; row < batch.nodeCount(); row++) {
                ComputationGraph block = batch.blocks().get(batch.rowBlocks()[row]);
                assertThat(batch.rowNodes()[row] < block.nodesWithin(depth)).isEqualTo(row < rows);
            }
            assertThat(batch.edgesWithin(depth)).isEqualTo(batch.inOffsets(rows)[rows]);
            for (int e = 0; e < batch.edgesWithin(depth); e++) {
                assertThat(sources[e]).isLessThan(batch.nodesWithin(depth + 1));
            }
        }
        assertThat(batch.nodesWithin(hops)).isEqualTo(batch.nodeCount());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void rowBIsTheTargetOfBlockB(int seed) {
        GraphBatch batch = batch(seed);
        for (int b = 0; b < batch.blocks().size(); b++) {
            assertThat(batch.rowBlocks()[b]).isEqualTo(b);
            assertThat(batch.rowNodes()[b]).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void joiningIsTheReverseOfSplitting(int seed) {
        GraphBatch batch = batch(seed);
        float[] rows = new float[3 * batch.nodeCount()];
        float[] edges = new float[batch.edgeCount()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i;
        }
        for (int i = 0; i < edges.length; i++) {
            edges[i] = i;
        }
        float[][] splitRows = batch.splitRows(rows, 3);
        float[][] splitEdges = batch.splitEdges(edges);
        assertThat(batch.joinRows(splitRows, 3)).isEqualTo(rows);
        assertThat(batch.joinEdges(splitEdges)).isEqualTo(edges);
        for (int row = 0; row < batch.nodeCount(); row++) {
            assertThat(splitRows[batch.rowBlocks()[row]][3 * batch.rowNodes()[row] + 2])
                    .isEqualTo(3 * row + 2);
        }
        for (int e = 0; e < edges.length; e++) {
            assertThat(splitEdges[batch.edgeBlocks()[e]][batch.edgeLocals()[e]]).isEqualTo(e);
        }
    }

    @Test
    void wholeGraphsAreContiguous() {
        Graph first = RandomGraphs.directed(1);
        Graph second = RandomGraphs.directed(2);
        GraphBatch batch = GraphBatch.of(List.of(ComputationGraph.whole(first), ComputationGraph.whole(second)));
        int n = first.nodeCount();
        assertThat(batch.nodesWithin(0)).isEqualTo(n + second.nodeCount());
        for (int row = 0; row < batch.nodeCount(); row++) {
            assertThat(batch.rowBlocks()[row]).isEqualTo(row < n ? 0 : 1);
            assertThat(batch.rowNodes()[row]).isEqualTo(row < n ? row : row - n);
        }
    }

    @Test
    void batchOfOneWholeGraphIsTheGraph() {
        Graph graph = RandomGraphs.directed(3);
        GraphBatch batch = GraphBatch.whole(graph);
        int[] sources = new int[graph.edgeCount()];
        graph.sources().get(sources);
        int[] offsets = new int[graph.nodeCount() + 1];
        graph.inOffsets().get(offsets);
        assertThat(batch.sources(graph.edgeCount())).isEqualTo(sources);
        assertThat(batch.inOffsets(graph.nodeCount())).isEqualTo(offsets);
    }

    @Test
    void sameTargetMayBeInABatchTwice() {
        Graph graph = Graph.builder(2).undirectedEdge(0, 1).build();
        ComputationGraph block = ComputationGraph.of(graph, 0, 2);
        GraphBatch batch = GraphBatch.of(List.of(block, block));
        assertThat(batch.nodeCount()).isEqualTo(4);
        assertThat(batch.edgeCount()).isEqualTo(2 * block.edgeCount());
    }

    @Test
    void mixedHopsAndNothingAtAllAreRefused() {
        Graph graph = Graph.builder(1).build();
        assertThatThrownBy(() ->
                        GraphBatch.of(List.of(ComputationGraph.of(graph, 0, 1), ComputationGraph.of(graph, 0, 2))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("one batch cannot mix graphs of 1 and of 2 hops");
        assertThatThrownBy(() -> GraphBatch.of(List.of())).hasMessage("a batch needs at least one graph");
    }

    @Test
    void valuesOfOneWholeGraphStayInTheirOrder() {
        Graph graph = RandomGraphs.directed(3);
        GraphBatch batch = GraphBatch.whole(graph);
        assertThat(batch.nodeCount()).isEqualTo(graph.nodeCount());
        assertThat(batch.edgeCount()).isEqualTo(graph.edgeCount());
        assertThat(batch.rowBlocks()).isEqualTo(new int[graph.nodeCount()]);
        assertThat(batch.rowNodes())
                .isEqualTo(IntStream.range(0, graph.nodeCount()).toArray());
        assertThat(batch.edgeBlocks()).isEqualTo(new int[graph.edgeCount()]);
        assertThat(batch.edgeLocals())
                .isEqualTo(IntStream.range(0, graph.edgeCount()).toArray());
        float[] rows = new float[2 * graph.nodeCount()];
        float[] edges = new float[graph.edgeCount()];
        rows[3] = 5;
        edges[2] = 7;
        assertThat(batch.splitRows(rows, 2)).isDeepEqualTo(new float[][] {rows});
        assertThat(batch.splitEdges(edges)).isDeepEqualTo(new float[][] {edges});
        assertThat(batch.joinRows(new float[][] {rows}, 2)).isEqualTo(rows).isNotSameAs(rows);
        assertThat(batch.joinEdges(new float[][] {edges})).isEqualTo(edges).isNotSameAs(edges);
    }

    @Test
    void arraysOfAWholeGraphAreCopiesThatMayBeWrittenTo() {
        Graph graph = RandomGraphs.directed(3);
        GraphBatch batch = GraphBatch.whole(graph);
        int source = graph.source(0);
        batch.sources(graph.edgeCount())[0] = source + 1;
        batch.inOffsets(graph.nodeCount())[0] = 1;
        assertThat(graph.source(0)).isEqualTo(source);
        assertThat(graph.inOffset(0)).isZero();
    }

    @Test
    void edgesOfAWholeGraphThatLacksSomeAreNumberedAnew() {
        ComputationGraph block =
                ComputationGraph.whole(RandomGraphs.directed(3)).withoutEdges(0, 2);
        GraphBatch batch = GraphBatch.of(List.of(block));
        assertThat(batch.edgeLocals())
                .containsExactly(IntStream.range(0, block.edgeCount()).toArray());
        assertThat(block.edge(batch.edgeLocals()[0])).isEqualTo(1);
    }

    @Test
    void wholeGraphCarriesCandidateLinks() {
        Graph graph = Graph.builder(4).undirectedEdge(0, 1).build();
        int[] sources = {0, 3};
        int[] targets = {2, 1};
        GraphBatch batch = GraphBatch.wholeWithLinks(graph, sources, targets);
        sources[0] = 1;
        batch.linkTargets()[0] = 3;
        assertThat(batch.linkSources()).containsExactly(0, 3);
        assertThat(batch.linkTargets()).containsExactly(2, 1);
        assertThat(batch.nodeCount()).isEqualTo(4);
        assertThat(batch.edgeCount()).isEqualTo(2);
        assertThat(GraphBatch.whole(graph).linkSources()).isEmpty();
    }

    @Test
    void candidateLinksThatDoNotFitTheGraphAreRefused() {
        Graph graph = Graph.builder(4).build();
        assertThatThrownBy(() -> GraphBatch.wholeWithLinks(graph, new int[2], new int[1]))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("2 sources but 1 targets of links");
        assertThatThrownBy(() -> GraphBatch.wholeWithLinks(graph, new int[] {0}, new int[] {4}))
                .hasMessage("a link names node 4; the graph has nodes 0..3");
        assertThatThrownBy(() -> GraphBatch.wholeWithLinks(graph, new int[] {-1}, new int[] {1}))
                .hasMessage("a link names node -1; the graph has nodes 0..3");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void endsOfLinksAreTheFirstTwoNodesOfTheirBlocks(int seed) {
        Graph graph = RandomGraphs.directed(seed);
        List<ComputationGraph> links = new ArrayList<>();
        for (int v = 0; v + 1 < graph.nodeCount(); v++) {
            links.add(ComputationGraph.ofLink(graph, v + 1, v, 2));
        }
        if (links.isEmpty()) {
            return; // a graph of one node has no links
        }
        GraphBatch batch = GraphBatch.of(links);
        assertThat(batch.linkSources()).hasSize(links.size());
        assertThat(batch.nodesWithin(0)).isEqualTo(2 * links.size());
        for (int b = 0; b < links.size(); b++) {
            int source = batch.linkSources()[b];
            int target = batch.linkTargets()[b];
            assertThat(batch.rowBlocks()[source]).isEqualTo(b);
            assertThat(batch.rowBlocks()[target]).isEqualTo(b);
            assertThat(links.get(b).node(batch.rowNodes()[source])).isEqualTo(b + 1);
            assertThat(links.get(b).node(batch.rowNodes()[target])).isEqualTo(b);
        }
    }

    @Test
    void targetsOfABlockAreItsFirstRowsInTheirOrder() {
        Graph graph = Graph.builder(6).undirectedEdge(0, 1).undirectedEdge(2, 3).build();
        GraphBatch batch = GraphBatch.of(
                List.of(ComputationGraph.of(graph, new int[] {3, 0}, 1), ComputationGraph.of(graph, new int[] {5}, 1)));
        assertThat(batch.nodesWithin(0)).isEqualTo(3);
        assertThat(Arrays.copyOf(batch.rowBlocks(), 3)).containsExactly(0, 0, 1);
        assertThat(Arrays.copyOf(batch.rowNodes(), 3)).containsExactly(0, 1, 0);
        assertThat(batch.linkSources()).isEmpty();
    }
}
