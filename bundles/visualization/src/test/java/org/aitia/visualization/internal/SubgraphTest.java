package org.aitia.visualization.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.Explanation;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.api.render.RenderRequest;
import org.junit.jupiter.api.Test;

class SubgraphTest {
    private static Subgraph subgraph(Dataset dataset, Explanation explanation, int topEdges) {
        return Subgraph.of(
                Subject.of(explanation, RenderRequest.of(Samples.result(dataset, explanation), dataset)), topEdges);
    }

    private static Dataset nodes(GraphBuilder graph) {
        return Dataset.builder(Samples.info("sample", Task.NODE))
                .graph(graph.build())
                .classes(2)
                .build();
    }

    private static List<Integer> ids(Subgraph subgraph) {
        return subgraph.nodes().stream().map(Subgraph.Node::id).toList();
    }

    private static final int FAR = 5;

    /** A path 0-1-2-3-4-5. */
    private static Dataset path() {
        GraphBuilder builder = Graph.builder(6);
        for (int v = 0; v < FAR; v++) {
            builder.undirectedEdge(v, v + 1);
        }
        return nodes(builder);
    }

    @Test
    void aPairHasTheLargerOfItsDirections() {
        Dataset path = path();
        Explanation explanation = Samples.explain(path, 0, 3, (s, t) -> s > t ? .2 : -.7, false);
        List<Subgraph.Pair> pairs = Subgraph.pairs(explanation);
        assertThat(pairs).hasSize(3);
        // the last edge lies in the receptive field in one direction only
        assertThat(pairs).extracting(pair -> pair.importance).containsExactly(-.7f, -.7f, .2f);
    }

    @Test
    void showsAsManyEdgesAsAsked() {
        Dataset houses = Samples.houses();
        Subgraph subgraph = subgraph(houses, Samples.house(houses, 76, 4, false), 9);
        assertThat(subgraph.shownCount()).isEqualTo(9);
        assertThat(subgraph.links().stream().filter(link -> !link.faint()).mapToDouble(Subgraph.Link::strength))
                .isSorted();
    }

    @Test
    void connectsTheTargetThroughFaintContext() {
        Dataset path = path();
        Subgraph subgraph = subgraph(path, Samples.explain(path, 0, 5, (s, t) -> s + t == 9 ? 1 : .1, false), 1);
        assertThat(ids(subgraph)).startsWith(0).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
        assertThat(subgraph.links()).hasSize(5);
        assertThat(subgraph.links().stream().filter(link -> !link.faint())).hasSize(1);
        assertThat(subgraph.nodes().stream().filter(Subgraph.Node::faint).map(Subgraph.Node::id))
                .containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void edgesWithoutInfluenceAreNotImportant() {
        Dataset path = path();
        Subgraph subgraph = subgraph(path, Samples.explain(path, 0, 5, (s, t) -> s + t == 1 ? 1 : 0, false), 12);
        assertThat(ids(subgraph)).containsExactly(0, 1);
        assertThat(subgraph.shownCount()).isEqualTo(1);
    }

    @Test
    void contextIsBoundedOnDenseGraphs() {
        GraphBuilder builder = Graph.builder(60);
        for (int v = 0; v < 60; v++) {
            for (int w = 0; w < v; w++) {
                builder.undirectedEdge(v, w);
            }
        }
        Dataset dense = nodes(builder);
        Subgraph subgraph = subgraph(dense, Samples.explain(dense, 0, 2, (s, t) -> 1.0 / (1 + s + t), false), 20);
        assertThat(subgraph.links().size())
                .isLessThan(20 + 24 + 2 * subgraph.nodes().size());
    }

    @Test
    void largeGraphsOfGraphTasksAreReducedToTheirImportantEdges() {
        GraphBuilder builder = Graph.builder(Subgraph.LARGEST_WHOLE_GRAPH + 1);
        for (int v = 1; v <= Subgraph.LARGEST_WHOLE_GRAPH; v++) {
            builder.undirectedEdge(v - 1, v);
        }
        Dataset large = Dataset.builder(Samples.info("large", Task.GRAPH))
                .graphs(List.of(builder.build()), new int[] {0})
                .classes(2)
                .build();
        Subgraph subgraph = subgraph(large, Samples.explain(large, 0, 0, (s, t) -> s + t, false), 5);
        assertThat(subgraph.nodes()).hasSize(6);
    }

    @Test
    void marksTheGroundTruthInEitherDirection() {
        Dataset houses = Samples.houses();
        Subgraph subgraph = subgraph(houses, Samples.house(houses, 62, false), 12);
        assertThat(subgraph.links().stream().filter(Subgraph.Link::truth)).hasSize(6);
        assertThat(subgraph.hasTruth()).isTrue();
    }

    @Test
    void unlabelledNodesHaveACategoryOfTheirOwn() {
        Dataset partly =
                nodes(Graph.builder(3).undirectedEdge(0, 1).undirectedEdge(1, 2).labels(new int[] {1, 0, -1}));
        Subgraph subgraph = subgraph(partly, Samples.explain(partly, 0, 2, (s, t) -> 1, false), 12);
        assertThat(subgraph.categories())
                .extracting(Subgraph.Category::name)
                .containsExactly("class 0", "class 1", "no class");
        assertThat(subgraph.categories().get(1).colour()).isEqualTo(Colour.ofClass(1));
    }
}
