package org.aitia.explanations.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.testkit.tck.TestGraphs;
import org.junit.jupiter.api.Test;

class TargetPlanTest {
    private final Graph graph = TestGraphs.undirected(40, 80, 2, 2, 3);
    private final List<Integer> targets = IntStream.range(0, 40).boxed().toList();

    private TargetPlan plan() {
        return new TargetPlan(targets, v -> ComputationGraph.of(graph, v, 2));
    }

    @Test
    void handsOutEveryTargetOnceAndInOrder() {
        TargetPlan plan = plan();
        List<Integer> positions = new ArrayList<>();
        for (Optional<TargetPlan.Portion> portion = plan.next((count, nodes, edges) -> count <= 3);
                portion.isPresent();
                portion = plan.next((count, nodes, edges) -> count <= 5)) {
            positions.addAll(portion.get().positions());
            for (int i = 0; i < portion.get().positions().size(); i++) {
                assertThat(portion.get().graphs().get(i).target())
                        .isEqualTo(portion.get().positions().get(i));
            }
        }
        assertThat(positions).isEqualTo(targets);
        assertThat(plan.isExhausted()).isTrue();
    }

    @Test
    void isNotExhaustedWhileATargetIsHeldBack() {
        TargetPlan plan = new TargetPlan(List.of(0, 1), v -> ComputationGraph.of(graph, v, 2));
        plan.next((count, nodes, edges) -> false);
        assertThat(plan.isExhausted()).isFalse();
        assertThat(plan.next((count, nodes, edges) -> false).orElseThrow().positions())
                .containsExactly(1);
        assertThat(plan.isExhausted()).isTrue();
    }

    @Test
    void keepsToTheLimitExceptForSingleTargets() {
        TargetPlan lane = plan();
        Optional<TargetPlan.Portion> portion = lane.next((count, nodes, edges) -> nodes <= 20);
        int targetsSeen = 0;
        while (portion.isPresent()) {
            List<ComputationGraph> graphs = portion.get().graphs();
            targetsSeen += graphs.size();
            if (graphs.size() > 1) {
                assertThat(graphs.stream().mapToInt(ComputationGraph::nodeCount).sum())
                        .isLessThanOrEqualTo(20);
            }
            portion = lane.next((count, nodes, edges) -> nodes <= 20);
        }
        assertThat(targetsSeen).isEqualTo(40);
    }

    @Test
    void halvesKeepPositionsAndGraphsTogether() {
        TargetPlan.Portion portion =
                plan().next((count, nodes, edges) -> count <= 5).orElseThrow();
        List<TargetPlan.Portion> halves = portion.halves();
        assertThat(halves.get(0).positions()).containsExactly(0, 1);
        assertThat(halves.get(1).positions()).containsExactly(2, 3, 4);
        assertThat(halves.get(1).graphs().get(0).target()).isEqualTo(2);
    }
}
