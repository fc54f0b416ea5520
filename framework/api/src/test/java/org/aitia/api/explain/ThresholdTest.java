package org.aitia.api.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.model.FeatureMaskType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdTest {
    /** A path 0 - 1 - 2 - 3 and an edge 4 - 5 apart from it, each in both directions. */
    private static final int[] SOURCES = {1, 0, 2, 1, 3, 2, 5, 4};

    private static final int[] TARGETS = {0, 1, 1, 2, 2, 3, 4, 5};

    private static Explanation path(float... mask) {
        return explanation(new MaskValues(mask, FeatureMaskType.NODE, new float[0], Map.of()));
    }

    private static Explanation explanation(MaskValues masks) {
        ExplanationTarget target = new ExplanationTarget(0, 1, 1, 1, new float[] {.2f, .8f}, 7);
        return new Explanation(target, new int[] {0, 1, 2, 3, 4, 5}, SOURCES, TARGETS, masks);
    }

    private static float[] edges(String threshold, float... mask) {
        return Threshold.parse(threshold).apply(path(mask), Task.NODE).edgeMask();
    }

    private static float[] features(String threshold, FeatureMaskType type, float... mask) {
        return Threshold.parse(threshold)
                .apply(explanation(new MaskValues(new float[0], type, mask, Map.of())), Task.NODE)
                .featureMask();
    }

    @Test
    void hardIsOneAboveTheValueAndZeroAtIt() {
        assertThat(edges("hard:0.5", .5f, .6f, .4f, .51f, 0, 1, .5f, .2f)).containsExactly(0, 1, 0, 1, 0, 1, 0, 0);
    }

    @Test
    void theValueOfHardHasThePrecisionOfTheMask() {
        assertThat(edges("hard:0.1", .1f, Math.nextUp(.1f), 0, 0, 0, 0, 0, 0)).containsExactly(0, 1, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void topKKeepsValuesAndTopKHardMakesThemOne() {
        float[] mask = {.1f, .9f, .3f, .8f, 0, .2f, .7f, .4f};
        assertThat(edges("top-k:3", mask)).containsExactly(0, .9f, 0, .8f, 0, 0, .7f, 0);
        assertThat(edges("top-k-hard:3", mask)).containsExactly(0, 1, 0, 1, 0, 0, 1, 0);
    }

    @Test
    void ofEqualElementsTheFirstAreTaken() {
        assertThat(edges("top-k-hard:3", .5f, .5f, .7f, .5f, .5f, .5f, .5f, .5f))
                .containsExactly(1, 1, 1, 0, 0, 0, 0, 0);
    }

    @Test
    void elementsWithoutImportanceAreNotTakenToFillUp() {
        assertThat(edges("top-k-hard:6", 0, .5f, 0, .1f, 0, 0, 0, 0)).containsExactly(0, 1, 0, 1, 0, 0, 0, 0);
    }

    @Test
    void moreThanThereAreKeepsAll() {
        float[] mask = {.1f, .9f, .3f, .8f, .6f, .2f, .7f, .4f};
        assertThat(edges("top-k:100", mask)).containsExactly(mask);
        assertThat(edges("fraction:1", mask)).containsExactly(mask);
    }

    @Test
    void signedElementsAreRankedByAbsoluteValueAndKeepTheirSigns() {
        float[] mask = {-.9f, .1f, .8f, -.2f, 0, 0, 0, .3f};
        assertThat(edges("top-k:2", mask)).containsExactly(-.9f, 0, .8f, 0, 0, 0, 0, 0);
        assertThat(edges("hard:0.25", mask)).containsExactly(1, 0, 1, 0, 0, 0, 0, 1);
    }

    @Test
    void fractionIsOfAllElementsAndKeepsAtLeastOne() {
        float[] mask = {.1f, .9f, .3f, .8f, 0, .2f, .7f, .4f};
        assertThat(edges("fraction:0.25", mask)).containsExactly(0, .9f, 0, .8f, 0, 0, 0, 0);
        assertThat(edges("fraction:0.01", mask)).containsExactly(0, .9f, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void theTwoDirectionsOfAnEdgeCountOnceWithTheLargerImportance() {
        float[] mask = {.1f, .9f, .3f, .2f, .5f, .6f, 0, .4f};
        assertThat(edges("top-k:2:undirected", mask)).containsExactly(.9f, .9f, 0, 0, .6f, .6f, 0, 0);
        assertThat(edges("hard:0.35:undirected", mask)).containsExactly(1, 1, 0, 0, 1, 1, 1, 1);
        assertThat(edges("fraction:0.25:undirected", mask)).containsExactly(.9f, .9f, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void ofSignedDirectionsTheStrongerGivesTheSign() {
        assertThat(edges("top-k:1:undirected", .2f, -.9f, .8f, .8f, 0, 0, 0, 0))
                .containsExactly(-.9f, -.9f, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void anEdgeWithoutReverseIsAnElementOfItsOwn() {
        ExplanationTarget target = new ExplanationTarget(0, 1, 1, 1, new float[] {1}, 7);
        MaskValues masks = new MaskValues(new float[] {.5f, .9f, .4f}, FeatureMaskType.NODE, new float[0], Map.of());
        Explanation oneWay =
                new Explanation(target, new int[] {0, 1, 2}, new int[] {1, 2, 0}, new int[] {0, 1, 0}, masks);
        assertThat(Threshold.parse("top-k-hard:2:undirected")
                        .apply(oneWay, Task.NODE)
                        .edgeMask())
                .containsExactly(1, 1, 0);
    }

    @Test
    void connectedGrowsFromTheTargetThoughBetterEdgesAreElsewhere() {
        float[] mask = {.1f, .05f, .2f, .3f, .9f, .8f, 1, 1};
        assertThat(edges("connected-top-k:1", mask)).containsExactly(.1f, 0, 0, 0, 0, 0, 0, 0);
        assertThat(edges("connected-top-k:3", mask)).containsExactly(.1f, 0, 0, .3f, .9f, 0, 0, 0);
        assertThat(edges("connected-top-k:2:undirected", mask)).containsExactly(.1f, .1f, .3f, .3f, 0, 0, 0, 0);
    }

    @Test
    void connectedNeverReachesAnotherComponent() {
        assertThat(edges("connected-top-k:100", .1f, .05f, .2f, .3f, .9f, .8f, 1, 1))
                .containsExactly(.1f, .05f, .2f, .3f, .9f, .8f, 0, 0);
    }

    @Test
    void connectedGoesOverNoEdgeWithoutImportance() {
        assertThat(edges("connected-top-k:5", .1f, .1f, 0, 0, .9f, .8f, 1, 1))
                .containsExactly(.1f, .1f, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void connectedStartsFromTheBestEdgeOfAGraphAndFromBothEndsOfALink() {
        Explanation explanation = path(.1f, .05f, .2f, .3f, .9f, .8f, .7f, .7f);
        Threshold two = Threshold.parse("connected-top-k:2");
        assertThat(two.apply(explanation, Task.GRAPH).edgeMask()).containsExactly(0, 0, 0, 0, .9f, .8f, 0, 0);
        assertThat(two.apply(explanation, Task.LINK).edgeMask()).containsExactly(0, 0, 0, .3f, .9f, 0, 0, 0);
    }

    @Test
    void masksOfFeaturesAreCutByThemselvesWhateverTheirShape() {
        assertThat(features("top-k:2", FeatureMaskType.NODE, .1f, .9f, .3f, .8f, 0, .2f))
                .containsExactly(0, .9f, 0, .8f, 0, 0);
        assertThat(features("top-k:1", FeatureMaskType.FEATURE, .1f, .9f, .3f)).containsExactly(0, .9f, 0);
        assertThat(features("hard:0.2", FeatureMaskType.NODE_FEATURE, .1f, .9f, .3f, .8f, 0, .2f))
                .containsExactly(0, 1, 1, 1, 0, 0);
        assertThat(features("connected-top-k:1", FeatureMaskType.NODE, .1f, .9f, .3f, .8f, 0, .2f))
                .containsExactly(0, .9f, 0, 0, 0, 0);
    }

    @Test
    void deviationsStayWhereValuesStay() {
        MaskValues.Deviation deviation = new MaskValues.Deviation(
                new float[] {.01f, .02f, .03f, .04f, .05f, .06f, .07f, .08f}, new float[0], new float[0]);
        MaskValues masks = new MaskValues(
                new float[] {.1f, .9f, .3f, .8f, 0, .2f, .7f, .4f},
                FeatureMaskType.NODE,
                new float[0],
                new float[0],
                Optional.of(deviation),
                Map.of("loss", .5));
        MaskValues soft =
                Threshold.parse("top-k:2").apply(explanation(masks), Task.NODE).masks();
        assertThat(soft.deviation().orElseThrow().edges()).containsExactly(0, .02f, 0, .04f, 0, 0, 0, 0);
        assertThat(soft.diagnostics()).containsEntry("loss", .5);
        MaskValues hard = Threshold.parse("top-k-hard:2")
                .apply(explanation(masks), Task.NODE)
                .masks();
        assertThat(hard.deviation()).isEmpty();
    }

    @Test
    void noneLeavesTheExplanationAlone() {
        Explanation explanation = path(.1f, .05f, .2f, .3f, .9f, .8f, 1, 1);
        assertThat(Threshold.parse("none").apply(explanation, Task.NODE)).isSameAs(explanation);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "hard:0.5",
                "hard:0",
                "top-k:20",
                "top-k-hard:20:undirected",
                "fraction:0.05",
                "connected-top-k:6:undirected"
            })
    void textIsReadBack(String text) {
        assertThat(Threshold.parse(text).text()).isEqualTo(text);
    }

    @Test
    void namesOfOthersAndTheDefaultDirectionAreUnderstood() {
        assertThat(Threshold.parse("topk_hard:20")).isEqualTo(Threshold.parse("top-k-hard:20"));
        assertThat(Threshold.parse("TopK:20:directed")).isEqualTo(Threshold.parse("top-k:20"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soft:1",
                "hard",
                "hard:-0.1",
                "hard:NaN",
                "hard:Infinity",
                "top-k:0",
                "top-k:2.5",
                "top-k:many",
                "fraction:0",
                "fraction:1.5",
                "top-k:3:both",
                "top-k:3:undirected:x",
                "none:undirected",
                "none:1"
            })
    void somethingElseIsRefusedWithWhatIsAllowed(String text) {
        assertThatThrownBy(() -> Threshold.parse(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("there is no threshold '")
                .hasMessageEndingWith(
                        "'; allowed: none, hard:V with V >= 0, top-k:K or top-k-hard:K or connected-top-k:K"
                                + " with K >= 1, fraction:P with 0 < P <= 1; then, if wanted, :directed (default) or"
                                + " :undirected");
    }

    @Test
    void masksOfPyTorchGeometricAreCutAsItDoes() throws IOException {
        Path file =
                Path.of(System.getProperty("aitia.shared", "absent")).resolve("reference/karate_gnnexplainer_f32.json");
        assumeThat(file).as("reference masks").exists();
        JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        JsonArray expected = json.getAsJsonArray("thresholded");
        assertThat(expected).hasSize(9);
        for (JsonElement element : expected) {
            JsonObject cut = element.getAsJsonObject();
            float[] mask = maskBefore(json, cut.get("node"));
            String text =
                    cut.get("threshold").getAsString() + ":" + cut.get("value").getAsString();
            Explanation explanation = new Explanation(
                    new ExplanationTarget(0, 0, 0, 0, new float[] {1}, 0),
                    new int[] {0, 1},
                    new int[mask.length],
                    IntStream.range(0, mask.length).toArray(),
                    new MaskValues(mask, FeatureMaskType.NODE, new float[0], Map.of()));
            assertThat(Threshold.parse(text).apply(explanation, Task.NODE).edgeMask())
                    .as(text + " of node " + cut.get("node"))
                    .containsExactly(floats(cut.get("edge_mask")));
        }
    }

    /** The mask that the reference cuts: edges only, 100 steps. */
    private static float[] maskBefore(JsonObject json, JsonElement node) {
        for (JsonElement element : json.getAsJsonArray("cases")) {
            JsonObject found = element.getAsJsonObject();
            if (found.get("node").equals(node)
                    && found.get("node_mask_type").isJsonNull()
                    && found.get("epochs").getAsInt() == 100) {
                return floats(found.get("edge_mask"));
            }
        }
        throw new AssertionError("no case of node " + node);
    }

    private static float[] floats(JsonElement array) {
        return new Gson().fromJson(array, float[].class);
    }
}
