package org.aitia.models.internal.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.aitia.api.Task;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.Rectifier;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.Parameter;
import org.aitia.api.model.PreparedBatch;
import org.aitia.models.internal.CpuLease;
import org.aitia.testkit.tck.TestGraphs;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Derivatives by what is inside a model, float32 to 1e-4. */
class DerivativesTest {
    private static final int FEATURES = 5;

    private final CpuLease lease = new CpuLease();

    @AfterEach
    void close() {
        lease.close();
    }

    /** Features reach the logits through the embeddings of each layer only, so derivatives may be taken in two parts. */
    @ParameterizedTest
    @CsvSource({
        "gcn,    NODE,  PLAIN",
        "gcn,    GRAPH, GUIDED",
        "gat,    NODE,  PLAIN",
        "gin,    LINK,  DECONVOLUTION",
        "sage,   GRAPH, PLAIN",
        "cheb,   LINK,  GUIDED"
    })
    void theChainRuleHoldsAtEachLayerOfATrace(String architecture, Task task, Rectifier rule) {
        Graph graph = TestGraphs.directed(20, 60, FEATURES, 2, 4);
        // no reading of all layers, which would be a further way to the logits
        Map<String, String> options =
                architecture.equals("gin") ? Map.of("layers", "2", "jumping", "last") : Map.of("layers", "2");
        GnnModel model = Workbench.architecture(architecture).create(new ModelShape(task, FEATURES, 2), options, 3);
        int hops = model.info().hops();
        GraphBatch batch =
                switch (task) {
                    case NODE ->
                        GraphBatch.of(
                                List.of(ComputationGraph.of(graph, 3, hops), ComputationGraph.of(graph, 8, hops)));
                    case LINK ->
                        GraphBatch.of(List.of(
                                ComputationGraph.ofLink(graph, 3, 5, hops),
                                ComputationGraph.ofLink(graph, 8, 1, hops)));
                    case GRAPH -> GraphBatch.of(List.of(ComputationGraph.whole(graph), ComputationGraph.whole(graph)));
                };
        int stored = batch.storedOffsets()[batch.nodeCount()];
        try (ModelSession session = model.open(lease);
                PreparedBatch prepared = session.prepare(batch);
                NDArray mask = lease.engine().variable(lease.manager().ones(new Shape(stored)));
                TensorScope step = lease.engine().openStep();
                GradientMode on = lease.engine().gradientMode(true)) {
            ModelSession.Trace trace = session.trace(
                    prepared, Masks.ofFeatures(mask, FeatureMaskType.STORED).with(rule));
            NDArray loss = trace.logits().get(":, 1").sum();
            float[] whole = gradient(loss, mask);
            double length = 0;
            for (float value : whole) {
                length += value * value;
            }
            assertThat(length).isGreaterThan(1e-4);
            assertThat(trace.embeddings()).hasSize(2);
            for (NDArray embedding : trace.embeddings()) {
                NDArray above =
                        lease.engine().gradients(loss, List.of(embedding)).get(0);
                NDArray parts = lease.engine()
                        .gradients(embedding, above, List.of(mask))
                        .get(0);
                assertThat(parts.toFloatArray()).containsExactly(whole, within(1e-4f));
            }
        }
    }

    private float[] gradient(NDArray loss, NDArray variable) {
        return lease.engine().gradients(loss, List.of(variable)).get(0).toFloatArray();
    }

    /** y = W2 relu(W1 x + b1) + b2, for a node without neighbours. */
    @ParameterizedTest
    @EnumSource
    void rulesHoldInThePerceptronOfAGin(Rectifier rule) {
        float[] x = {0.5f, -1, 2, 0.3f, -0.7f};
        Graph graph =
                Graph.builder(1).features(DenseFeatures.of(new float[][] {x})).build();
        GnnModel model = Workbench.architecture("gin")
                .create(
                        new ModelShape(Task.NODE, FEATURES, 2),
                        Map.of("layers", "1", "hidden", "6", "mlpLayers", "2", "batchNorm", "false", "jumping", "last"),
                        3);
        Map<String, float[]> weights =
                model.parameters().stream().collect(Collectors.toMap(Parameter::name, Parameter::values));
        float[] expected = new float[FEATURES];
        for (int h = 0; h < 6; h++) {
            double hidden = weights.get("conv1.nn.0.bias")[h];
            for (int f = 0; f < FEATURES; f++) {
                hidden += weights.get("conv1.nn.0.weight")[h * FEATURES + f] * x[f];
            }
            double above = weights.get("conv1.nn.2.weight")[6 + h]; // of class 1
            boolean passes =
                    switch (rule) {
                        case PLAIN -> hidden > 0;
                        case DECONVOLUTION -> above > 0;
                        case GUIDED -> hidden > 0 && above > 0;
                    };
            for (int f = 0; f < FEATURES && passes; f++) {
                expected[f] += (float) (above * weights.get("conv1.nn.0.weight")[h * FEATURES + f] * x[f]);
            }
        }
        try (ModelSession session = model.open(lease);
                PreparedBatch prepared = session.prepare(GraphBatch.whole(graph));
                NDArray mask = lease.engine().variable(lease.manager().ones(new Shape(1, FEATURES)));
                TensorScope step = lease.engine().openStep();
                GradientMode on = lease.engine().gradientMode(true)) {
            Masks masks = new Masks(Optional.empty(), Optional.of(mask), FeatureMaskType.NODE_FEATURE).with(rule);
            NDArray logit = session.forward(prepared, masks).get("0, 1");
            assertThat(gradient(logit, mask)).containsExactly(expected, within(1e-4f));
        }
    }
}
