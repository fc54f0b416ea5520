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
    void handsOutEveryTargetOnceToSeveralLanes() {
        TargetPlan plan = plan();
        TargetPlan.Lane one = plan.lane();
        TargetPlan.Lane two = plan.lane();
        List<Integer> positions = new ArrayList<>();
        Optional<TargetPlan.Portion> first = one.next((count, nodes, edges) -> count <= 3);
        Optional<TargetPlan.Portion> second = two.next((count, nodes, edges) -> count <= 5);
        while (first.isPresent() || second.isPresent()) {
            first.ifPresent(p -> positions.addAll(p.positions()));
            second.ifPresent(p -> positions.addAll(p.positions()));
            first = one.next((count, nodes, edges) -> count <= 3);
            second = two.next((count, nodes, edges) -> count <= 5);
        }
        assertThat(positions).containsExactlyInAnyOrderElementsOf(targets);
        assertThat(plan.isExhausted()).isTrue();
    }

    @Test
    void keepsToTheLimitExceptForSingleTargets() {
        TargetPlan.Lane lane = plan().lane();
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
                plan().lane().next((count, nodes, edges) -> count <= 5).orElseThrow();
        List<TargetPlan.Portion> halves = portion.halves();
        assertThat(halves.get(0).positions()).containsExactly(0, 1);
        assertThat(halves.get(1).positions()).containsExactly(2, 3, 4);
        assertThat(halves.get(1).graphs().get(0).target()).isEqualTo(2);
    }
}
