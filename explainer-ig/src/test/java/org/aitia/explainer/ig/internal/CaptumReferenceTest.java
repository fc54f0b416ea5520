package org.aitia.explainer.ig.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The attributions that Captum 0.8 computes with PyTorch Geometric on the karate club graph; float32 to 1e-4. */
class CaptumReferenceTest {
    private static final float TOLERANCE = 1e-4f;
    private static final Map<String, Explainer> EXPLAINERS = Map.of(
            "IntegratedGradients", new IntegratedGradientsExplainer(),
            "Saliency", new SaliencyExplainer(),
            "InputXGradient", new InputXGradientExplainer(),
            "GuidedBackprop", new GuidedBackpropExplainer(),
            "Deconvolution", new DeconvolutionExplainer());

    static Stream<Arguments> cases() {
        if (!Karate.isThere()) {
            return Stream.of(Arguments.of("reference data absent", new JsonObject()));
        }
        JsonObject file = Karate.json("karate_attributions_f32.json");
        return StreamSupport.stream(file.getAsJsonArray("cases").spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .map(c -> Arguments.of(
                        c.get("method").getAsString() + " " + c.get("args") + ", node " + c.get("node")
                                + ", node mask " + c.get("node_mask_type") + ", edge mask "
                                + c.get("edge_mask_type"),
                        c));
    }

    private static Map<String, String> options(JsonObject reference) {
        Map<String, String> options = new HashMap<>();
        boolean features = !reference.get("node_mask_type").isJsonNull();
        boolean edges = !reference.get("edge_mask_type").isJsonNull();
        options.put("mask", features ? edges ? "node_and_edge" : "features" : "edge");
        JsonObject args = reference.getAsJsonObject("args");
        if (args.has("n_steps")) {
            options.put("n_steps", args.get("n_steps").getAsString());
            String method = args.get("method").getAsString();
            options.put("method", method.equals("riemann_trapezoid") ? "captum-trapezoid" : method);
        }
        return options;
    }

    private static MaskValues explain(Karate karate, JsonObject reference, Map<String, String> options) {
        try (Workbench workbench = Workbench.open()) {
            int node = reference.get("node").getAsInt();
            Explainer explainer = EXPLAINERS.get(reference.get("method").getAsString());
            return workbench
                    .explainNodes(explainer, karate.model(), karate.graph(), List.of(node), options, 0)
                    .get(0);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void matches(String name, JsonObject reference) {
        assumeTrue(Karate.isThere(), "no reference data at " + Karate.REFERENCE);
        Karate karate = Karate.read();
        ComputationGraph block = karate.block(reference.get("node").getAsInt());
        compare(karate, block, reference, explain(karate, reference, options(reference)), 1);
    }

    private static void compare(
            Karate karate, ComputationGraph block, JsonObject reference, MaskValues found, float factor) {
        if (reference.get("edge_mask").isJsonNull()) {
            assertThat(found.edges()).isEmpty();
        } else {
            assertThat(karate.edges(block, found))
                    .containsExactly(times(reference.get("edge_mask"), factor), within(TOLERANCE));
        }
        if (reference.get("node_mask").isJsonNull()) {
            assertThat(found.features()).isEmpty();
        } else {
            assertThat(karate.features(block, found))
                    .containsExactly(times(reference.get("node_mask"), factor), within(TOLERANCE));
        }
    }

    private static float[] times(JsonElement values, float factor) {
        float[] scaled = Karate.floats(values);
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return scaled;
    }

    static Stream<Arguments> trapezoids() {
        return cases().filter(c -> c.get()[0].toString().contains("trapezoid")
                || c.get()[0].toString().contains("absent"));
    }

    /** Captum's weights add up to 49/50: the same points with weights that add up to 1 give 50/49 of its values. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("trapezoids")
    void ourTrapezoidIsCaptumsWithWeightsThatAddUpToOne(String name, JsonObject reference) {
        assumeTrue(Karate.isThere(), "no reference data at " + Karate.REFERENCE);
        Karate karate = Karate.read();
        ComputationGraph block = karate.block(reference.get("node").getAsInt());
        Map<String, String> options = options(reference);
        options.put("method", "riemann_trapezoid");
        compare(karate, block, reference, explain(karate, reference, options), 50f / 49);
    }
}
