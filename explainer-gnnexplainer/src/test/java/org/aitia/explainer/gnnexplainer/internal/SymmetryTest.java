package org.aitia.explainer.gnnexplainer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymmetryTest extends OnTrial {
    /** Other numbers of the nodes are other names of the same things; masks that are not drawn begin alike. */
    @ParameterizedTest
    @CsvSource({"none,object,false", "none,attributes,true", "l1,attributes,false", "two-stage,object,true"})
    void renumberedNodesHaveTheSameExplanation(String sparsity, String nodeMask, String undirected) {
        Graph graph = graph();
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, graph.nodeCount()).boxed().toList());
        Collections.shuffle(order, new Random(4));
        Trial original = trial();
        Graph renumbered = renumbered(graph, order);
        Trial other = new Trial(workbench(), Workbench.gcn(Task.NODE, renumbered, CLASSES, 2), renumbered);
        Map<String, String> options =
                options("sparsity=" + sparsity, "nodeMaskType=" + nodeMask, "undirected=" + undirected, "epochs=50");
        options.put("edgeSparsity", "0.02");
        MaskValues here = original.explain(NODE, options);
        MaskValues there = other.explain(order.get(NODE), options);
        Map<List<Integer>, Float> edges = edges(original.block(NODE), here, order);
        Map<List<Integer>, Float> others = edges(
                other.block(order.get(NODE)),
                there,
                IntStream.range(0, order.size()).boxed().toList());
        assertThat(others.keySet()).isEqualTo(edges.keySet());
        edges.forEach((ends, value) -> assertThat(others.get(ends)).isCloseTo(value, within(2e-4f)));
    }

    private static Graph renumbered(Graph graph, List<Integer> order) {
        int width = graph.features().columns();
        FloatBuffer values = FloatBuffer.allocate(graph.nodeCount() * width);
        for (int v = 0; v < graph.nodeCount(); v++) {
            for (int f = 0; f < width; f++) {
                values.put(order.get(v) * width + f, graph.features().value(v, f));
            }
        }
        int[] targets = graph.targets();
        return Graph.builder(graph.nodeCount())
                .edges(
                        IntStream.range(0, targets.length)
                                .map(e -> order.get(graph.source(e)))
                                .toArray(),
                        IntStream.of(targets).map(order::get).toArray())
                .features(new DenseFeatures(graph.nodeCount(), width, values))
                .build();
    }

    private static Map<List<Integer>, Float> edges(ComputationGraph block, MaskValues masks, List<Integer> names) {
        Map<List<Integer>, Float> edges = new HashMap<>();
        for (int v = 0; v < block.nodeCount(); v++) {
            for (int e = block.inOffset(v); e < block.inOffset(v + 1); e++) {
                edges.put(List.of(names.get(block.node(block.source(e))), names.get(block.node(v))), masks.edges()[e]);
            }
        }
        return edges;
    }

    /** In a computation graph of more hops than the model has layers, what lies beyond gets exactly 0. */
    @ParameterizedTest
    @CsvSource({"none,false", "l1,false", "two-stage,true", "l0,false", "l0,true"})
    void nothingOutsideTheReceptiveFieldCounts(String sparsity, String undirected) {
        ComputationGraph wide = ComputationGraph.of(graph(), NODE, 3);
        MaskValues masks = workbench()
                .explain(
                        new GnnExplainer(),
                        Workbench.gcn(Task.NODE, graph(), CLASSES, 2),
                        GraphBatch.of(List.of(wide)),
                        List.of(NODE),
                        Map.of("sparsity", sparsity, "undirected", undirected, "nodeMaskType", "attributes"),
                        5,
                        TaskMonitor.NONE)
                .get(0);
        int[] pairs = EdgePairs.of(wide);
        int reached = wide.inOffset(wide.nodesWithin(1));
        Set<Integer> shared = IntStream.range(0, undirected.equals("true") ? reached : 0)
                .mapToObj(e -> pairs[e])
                .collect(Collectors.toSet());
        int beyond = 0;
        for (int e = reached; e < wide.edgeCount(); e++) {
            if (!shared.contains(pairs[e])) { // whose other direction is in the receptive field
                assertThat(masks.edges()[e]).isZero();
                beyond++;
            }
        }
        assertThat(beyond).isPositive();
        for (int i = wide.nodesWithin(2) * 5; i < masks.features().length; i++) {
            assertThat(masks.features()[i]).isZero();
        }
        assertThat(wide.nodeCount()).isGreaterThan(wide.nodesWithin(2));
    }
}
