package org.aitia.visualization.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.Explanation;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.api.render.RenderRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {
    private static Scene scene(int nodes) {
        Random random = new Random(nodes);
        GraphBuilder builder = Graph.builder(nodes);
        for (int v = 1; v < nodes; v++) {
            builder.undirectedEdge(v, random.nextInt(v));
        }
        Dataset dataset = Dataset.builder(Samples.info("tree", Task.NODE))
                .graph(builder.build())
                .classes(2)
                .build();
        Explanation explanation = Samples.explain(dataset, 0, nodes, (s, t) -> random.nextDouble(), false);
        Subject subject = Subject.of(explanation, RenderRequest.of(Samples.result(dataset, explanation), dataset));
        return Picture.of(subject, Subgraph.of(subject, nodes), true);
    }

    private static List<Scene.Disc> nodes(Scene scene) {
        List<Scene.Disc> discs = new ArrayList<>();
        for (Scene.Shape shape : scene.shapes()) {
            if (shape instanceof Scene.Disc disc && !disc.hint().isEmpty()) {
                discs.add(disc);
            }
        }
        return discs;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 12, 80, 150})
    void nodesDoNotOverlapAndLieInside(int count) {
        Scene scene = scene(count);
        List<Scene.Disc> nodes = nodes(scene);
        assertThat(nodes).hasSize(count);
        for (int i = 0; i < count; i++) {
            Scene.Disc a = nodes.get(i);
            assertThat(a.x()).isBetween(a.radius(), scene.width() - a.radius());
            assertThat(a.y()).isBetween(a.radius(), scene.height() - a.radius());
            for (int j = 0; j < i; j++) {
                Scene.Disc b = nodes.get(j);
                assertThat(Math.hypot(a.x() - b.x(), a.y() - b.y())).isGreaterThan(a.radius() + b.radius());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 80})
    void textStaysInside(int count) {
        Scene scene = scene(count);
        for (Scene.Shape shape : scene.shapes()) {
            if (shape instanceof Scene.Text text) {
                double width = Typeface.get().width(text.text(), text.size());
                double left = text.x() - text.anchor().share * width;
                assertThat(left).isGreaterThan(0);
                assertThat(left + width).isLessThan(scene.width());
                assertThat(text.size()).isGreaterThanOrEqualTo(7);
            }
        }
    }
}
