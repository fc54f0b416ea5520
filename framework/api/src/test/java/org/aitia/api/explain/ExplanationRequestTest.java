package org.aitia.api.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.model.FeatureMaskType;
import org.junit.jupiter.api.Test;

class ExplanationRequestTest {
    private static final ExplanationRequest REQUEST = new ExplanationRequest(
            "model",
            "explainer",
            List.of(3, 1),
            ExplanationType.MODEL,
            Map.of("epochs", "5"),
            7,
            2,
            1,
            Optional.of("cpu"),
            Optional.of("data"),
            Map.of("seed", "1"),
            Optional.of("learnt"),
            List.of(),
            true);

    private static List<String> changed(ExplanationRequest other) throws ReflectiveOperationException {
        List<String> names = new ArrayList<>();
        for (RecordComponent component : ExplanationRequest.class.getRecordComponents()) {
            if (!component
                    .getAccessor()
                    .invoke(REQUEST)
                    .equals(component.getAccessor().invoke(other))) {
                names.add(component.getName());
            }
        }
        return names;
    }

    @Test
    void eachChangeLeavesTheRestAsItIs() throws ReflectiveOperationException {
        Explanation explanation = new Explanation(
                new ExplanationTarget(3, 0, 0, 0, new float[] {1}, 0),
                new int[] {3},
                new int[0],
                new int[0],
                new MaskValues(new float[0], FeatureMaskType.NODE, new float[0], Map.of()));
        assertThat(changed(REQUEST)).isEmpty();
        assertThat(changed(REQUEST.withOptions(Map.of()))).containsExactly("options");
        assertThat(changed(REQUEST.withSeed(8))).containsExactly("seed");
        assertThat(changed(REQUEST.withTargets(List.of()))).containsExactly("targets");
        assertThat(changed(REQUEST.withType(ExplanationType.PHENOMENON))).containsExactly("type");
        assertThat(changed(REQUEST.withTrained("other"))).containsExactly("trained");
        assertThat(changed(REQUEST.beginningWith(List.of(explanation)))).containsExactly("initial");
        assertThat(changed(REQUEST.measuringMemory(false))).containsExactly("measured");
        assertThat(changed(REQUEST.onDataset("other", Map.of()))).containsExactly("dataset", "datasetOptions");
    }

    @Test
    void anotherExplainerHasItsOwnDefaults() throws ReflectiveOperationException {
        assertThat(changed(REQUEST.withExplainer("other"))).containsExactly("explainer", "options", "trained");
    }
}
