package org.aitia.models.internal.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aitia.api.Task;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Features;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.Parameter;
import org.aitia.api.model.PreparedBatch;
import org.aitia.models.internal.CpuLease;
import org.aitia.models.internal.Reference;
import org.aitia.models.internal.appnp.AppnpArchitecture;
import org.aitia.models.internal.appnp.SgcArchitecture;
import org.aitia.models.internal.cheb.ChebArchitecture;
import org.aitia.models.internal.cheb.TagArchitecture;
import org.aitia.models.internal.gin.GinArchitecture;
import org.aitia.models.internal.sage.GraphConvArchitecture;
import org.aitia.models.internal.sage.SageArchitecture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Single layers compute what PyTorch Geometric computes, to float rounding. */
class LayersReferenceTest {
    private static final float TOLERANCE = 1e-5f;

    private final CpuLease lease = new CpuLease();

    /**
     * A layer as the last of a model.
     *
     * @param name in the file
     * @param options besides {@code layers=1}
     */
    record Layer(String name, ModelArchitecture architecture, Map<String, String> options) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Layer> layers() {
        Map<String, String> one = Map.of("layers", "1");
        return List.of(
                new Layer("SAGEConv_mean", new SageArchitecture(), one),
                new Layer("SAGEConv_max", new SageArchitecture(), Map.of("layers", "1", "aggregator", "max")),
                new Layer("SAGEConv_l2norm", new SageArchitecture(), Map.of("layers", "1", "normalize", "true")),
                new Layer("GraphConv_add", new GraphConvArchitecture(), one),
                new Layer("GraphConv_mean", new GraphConvArchitecture(), Map.of("layers", "1", "aggregator", "mean")),
                new Layer(
                        "GINConv_eps0",
                        new GinArchitecture(),
                        Map.of("layers", "1", "hidden", "8", "batchNorm", "false", "jumping", "last")),
                new Layer("ChebConv_K3", new ChebArchitecture(), Map.of("layers", "1", "k", "3")),
                new Layer("TAGConv_K2", new TagArchitecture(), Map.of("layers", "1", "k", "2")),
                new Layer("SGConv_K2", new SgcArchitecture(), Map.of("k", "2")),
                new Layer(
                        "APPNP_K10_a01",
                        new AppnpArchitecture(),
                        Map.of("mlpLayers", "1", "bias", "false", "k", "10")));
    }

    @AfterEach
    void close() {
        lease.close();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void outputsOfSingleLayers(Layer layer) {
        JsonObject reference = Reference.read("karate_layers_f32.json");
        JsonObject expected = reference.getAsJsonObject("layers").getAsJsonObject(layer.name());
        float[] out = Reference.flat(expected.get("out"));
        GnnModel model = model(layer, expected.getAsJsonObject("state"), out.length / 34);
        Features dense = DenseFeatures.of(Reference.matrix(reference.get("x")));
        for (Features features : List.of(dense, sparse(dense))) {
            Graph graph = Reference.karate(reference, features);
            assertClose(forward(model, GraphBatch.whole(graph)), out);
            List<ComputationGraph> blocks = new ArrayList<>();
            for (int v = 0; v < 34; v++) {
                blocks.add(ComputationGraph.of(graph, v, model.info().hops()));
            }
            assertClose(forward(model, GraphBatch.of(blocks)), out);
            if (expected.has("out_edge_weight")) {
                Graph weighted = Reference.karate(reference, features, Reference.vector(reference.get("edge_weight")));
                assertClose(
                        forward(model, GraphBatch.whole(weighted)), Reference.flat(expected.get("out_edge_weight")));
            }
        }
    }

    private static GnnModel model(Layer layer, JsonObject state, int classes) {
        List<Parameter> parameters = new ArrayList<>();
        for (Parameter parameter : Reference.parameters(state)) {
            parameters.add(new Parameter("conv1." + parameter.name(), parameter.shape(), parameter.values(), true));
        }
        if (parameters.isEmpty()) { // propagation only: what goes before is the identity
            float[] identity = new float[classes * classes];
            for (int i = 0; i < classes; i++) {
                identity[i * classes + i] = 1;
            }
            parameters.add(new Parameter("lin1.weight", new long[] {classes, classes}, identity, true));
        }
        Map<String, String> options = new HashMap<>(layer.options());
        return layer.architecture().restore(new ModelShape(Task.NODE, 6, classes), options, parameters);
    }

    private float[] forward(GnnModel model, GraphBatch batch) {
        try (ModelSession session = model.open(lease);
                PreparedBatch prepared = session.prepare(batch)) {
            return session.forward(prepared, Masks.NONE).toFloatArray();
        }
    }

    /** The same values, every one of them stored. */
    private static Features sparse(Features dense) {
        int rows = dense.rows();
        int columns = dense.columns();
        int[] offsets = new int[rows + 1];
        int[] indices = new int[rows * columns];
        float[] values = new float[rows * columns];
        for (int r = 0; r < rows; r++) {
            dense.copyRow(r, values, r * columns);
            for (int c = 0; c < columns; c++) {
                indices[r * columns + c] = c;
            }
            offsets[r + 1] = (r + 1) * columns;
        }
        return new SparseFeatures(columns, offsets, indices, values);
    }

    private static void assertClose(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        assertThat(actual).containsExactly(expected, within(TOLERANCE));
    }
}
