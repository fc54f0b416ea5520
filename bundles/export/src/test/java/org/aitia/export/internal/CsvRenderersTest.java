package org.aitia.export.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.Explanation;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.render.Renderer;
import org.junit.jupiter.api.Test;

class CsvRenderersTest {
    private static final Dataset CHAIN = Samples.chain();

    private static List<Map<String, String>> rows(Renderer renderer, Dataset dataset, Explanation... explanations) {
        String text =
                new String(Samples.render(renderer, Samples.request(dataset, explanations)), StandardCharsets.UTF_8);
        return CsvReader.builder().ofNamedCsvRecord(text).stream()
                .map(NamedCsvRecord::getFieldsAsMap)
                .toList();
    }

    @Test
    void csvHasALinePerEdge() {
        List<Map<String, String>> rows = rows(new EdgesCsvRenderer(), CHAIN, Samples.withNodes(CHAIN, 0));
        assertThat(rows).hasSize(4);
        assertThat(rows.get(0))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "explanation", "0",
                        "source", "1",
                        "target", "0",
                        "importance", "-0.5",
                        "deviation", "0.125",
                        "weight", "0.25",
                        "direction", "both",
                        "truth", "true"));
    }

    @Test
    void importancesAreReadBackExactly() {
        Explanation explanation = Samples.withNodes(CHAIN, 0);
        float[] mask = explanation.edgeMask();
        mask[0] = 0.1f / 3;
        mask[1] = Float.MIN_VALUE;
        List<Map<String, String>> rows = rows(new EdgesCsvRenderer(), CHAIN, explanation);
        assertThat(Float.parseFloat(rows.get(0).get("importance"))).isEqualTo(mask[0]);
        assertThat(Float.parseFloat(rows.get(1).get("importance"))).isEqualTo(mask[1]);
    }

    @Test
    void nodesCsvHasALinePerNodeOfEachExplanation() {
        List<Map<String, String>> rows =
                rows(new NodesCsvRenderer(), CHAIN, Samples.withNodes(CHAIN, 0), Samples.withNodes(CHAIN, 3));
        assertThat(rows).extracting(row -> row.get("explanation")).containsExactly("0", "0", "0", "0", "3", "3", "3");
        assertThat(rows.get(1))
                .containsEntry("node_id", "1")
                .containsEntry("name", Samples.NASTY)
                .containsEntry("class_name", "even, or \"not\"")
                .containsEntry("is_target", "false")
                .containsEntry("importance", "0.2");
        assertThat(rows.get(2)).containsEntry("node_id", "4").containsEntry("class", "");
    }

    @Test
    void nodesCsvSumsFeaturesPerNode() {
        Dataset triangles = Samples.triangles();
        List<Map<String, String>> rows = rows(
                new NodesCsvRenderer(), triangles, Samples.withFeatures(triangles, 0, FeatureMaskType.NODE_FEATURE));
        assertThat(Float.parseFloat(rows.get(1).get("importance"))).isEqualTo(.3f + .4f);
    }

    @Test
    void featuresCsvNamesFeaturesOfNodes() {
        List<Map<String, String>> rows =
                rows(new FeaturesCsvRenderer(), CHAIN, Samples.withFeatures(CHAIN, 0, FeatureMaskType.STORED));
        assertThat(rows)
                .extracting(row -> row.get("node_id") + " " + row.get("name") + " " + row.get("value"))
                .containsExactly("0 red 1.0", "0 blue 2.0", "1 green, light 3.0", "4 red 5.0");
        assertThat(rows.get(3))
                .containsEntry("explanation", "0")
                .containsEntry("feature", "0")
                .containsEntry("importance", "0.4")
                .containsEntry("deviation", "");
    }

    @Test
    void featuresCsvLeavesOutWhatHasNoImportance() {
        Dataset triangles = Samples.triangles();
        Explanation explanation = Samples.withFeatures(triangles, 0, FeatureMaskType.NODE_FEATURE);
        explanation.featureMask()[2] = 0;
        assertThat(rows(new FeaturesCsvRenderer(), triangles, explanation)).hasSize(5);
    }

    @Test
    void featuresOfAllNodesTogetherHaveNoNode() {
        Dataset triangles = Samples.triangles();
        List<Map<String, String>> rows =
                rows(new FeaturesCsvRenderer(), triangles, Samples.withFeatures(triangles, 0, FeatureMaskType.FEATURE));
        assertThat(rows).extracting(row -> row.get("node_id")).containsExactly("", "");
    }

    @Test
    void anExplanationWithoutFeaturesIsRefused() {
        assertThatThrownBy(() -> rows(new FeaturesCsvRenderer(), CHAIN, Samples.withNodes(CHAIN, 0)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "features.csv holds importances of features, but 'gnnexplainer' gave none; explain with a mask"
                                + " of features, or choose csv (edges) or nodes.csv");
    }
}
