package org.aitia.visualization.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.Explanation;
import org.aitia.api.render.RenderRequest;
import org.aitia.visualization.internal.Importances.Entry;
import org.junit.jupiter.api.Test;

class ImportancesTest {
    private static final Dataset PAPERS = Samples.papers();

    private static Subject subject(Explanation explanation) {
        return Subject.of(explanation, RenderRequest.of(Samples.result(PAPERS, explanation), PAPERS));
    }

    @Test
    void topFindsTheLargestAbsoluteValuesWithTiesAsTheyCome() {
        assertThat(Importances.top(new float[] {1, -3, 0, 2, -2, 2}, 3)).containsExactly(1, 3, 4);
        assertThat(Importances.top(new float[] {0, 0}, 3)).isEmpty();
        assertThat(Importances.top(new float[] {5}, 0)).isEmpty();
    }

    @Test
    void topAgreesWithSorting() {
        Random random = new Random(1);
        float[] values = new float[5_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(200) - 100;
        }
        int[] sorted = IntStream.range(0, values.length)
                .boxed()
                .sorted((a, b) -> Float.compare(Math.abs(values[b]), Math.abs(values[a])))
                .limit(300)
                .mapToInt(Integer::intValue)
                .toArray();
        assertThat(Importances.top(values, 300)).containsExactly(sorted);
    }

    @Test
    void featuresOfNodesAreTheSameInBothShapes() {
        Explanation stored = Samples.explainStored(PAPERS, 20, 1);
        int width = PAPERS.featureCount();
        float[] dense = new float[stored.nodes().length * width];
        stored.forEachFeature((node, feature, value) -> dense[node * width + feature] = value);
        Explanation full = stored.withMasks(new org.aitia.api.explain.MaskValues(
                stored.edgeMask(), org.aitia.api.model.FeatureMaskType.NODE_FEATURE, dense, java.util.Map.of()));
        assertThat(names(Importances.nodeFeatures(subject(stored), 12)))
                .isEqualTo(names(Importances.nodeFeatures(subject(full), 12)))
                .hasSize(12);
        for (int v = 0; v < stored.nodes().length; v++) {
            assertThat(names(Importances.featuresOf(subject(stored), v, 3)))
                    .isEqualTo(names(Importances.featuresOf(subject(full), v, 3)));
        }
        assertThat(names(Importances.features(subject(stored), 9)))
                .isEqualTo(names(Importances.features(subject(full), 9)));
        assertThat(names(Importances.nodes(subject(stored), 9))).isEqualTo(names(Importances.nodes(subject(full), 9)));
    }

    private static List<String> names(List<Entry> entries) {
        return entries.stream().map(entry -> entry.name() + " " + entry.value()).toList();
    }

    @Test
    void sumsAreNet() {
        Explanation explanation = Samples.explainStored(PAPERS, 20, 1);
        float[] net = new float[explanation.nodes().length];
        explanation.forEachFeature((node, feature, value) -> net[node] += value);
        assertThat(Importances.ofNodes(explanation)).containsExactly(net);
        assertThat(net[1]).isNotEqualTo(explanation.nodeImportance()[1]);
    }
}
