package org.aitia.models.internal.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Seeds;
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
import org.aitia.models.internal.appnp.AppnpArchitecture;
import org.aitia.models.internal.appnp.SgcArchitecture;
import org.aitia.models.internal.cheb.ChebArchitecture;
import org.aitia.models.internal.cheb.TagArchitecture;
import org.aitia.models.internal.gcn.GcnArchitecture;
import org.aitia.models.internal.gin.GinArchitecture;
import org.aitia.models.internal.sage.GraphConvArchitecture;
import org.aitia.models.internal.sage.SageArchitecture;
import org.aitia.testkit.tck.TestGraphs;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Models of one unit, whose predictions a pencil can compute. */
class LayersClosedFormTest {
    private static final double SQRT2 = Math.sqrt(2);

    private Workbench bench;

    @BeforeEach
    void open() {
        bench = Workbench.open();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    /** The path 0 - 1 - 2 with features 1, -10, 100; degrees 1, 2, 1. */
    private static Graph path() {
        return path(DenseFeatures.of(new float[][] {{1}, {-10}, {100}}));
    }

    private static Graph path(Features features) {
        return Graph.builder(3)
                .undirectedEdge(0, 1)
                .undirectedEdge(1, 2)
                .features(features)
                .build();
    }

    private static Parameter number(String name, double value) {
        return new Parameter(name, new long[] {1}, new float[] {(float) value}, true);
    }

    private static Parameter weight(String name, double value) {
        return new Parameter(name, new long[] {1, 1}, new float[] {(float) value}, true);
    }

    private static GnnModel unit(ModelArchitecture architecture, Map<String, String> options, Parameter... parameters) {
        return architecture.restore(new ModelShape(Task.NODE, 1, 1), options, List.of(parameters));
    }

    private float[] logits(GnnModel model, GraphBatch batch, Masks masks) {
        try (ModelSession session = model.open(bench.lease());
                PreparedBatch prepared = session.prepare(batch)) {
            return session.forward(prepared, masks).toFloatArray();
        }
    }

    private void assertLogits(GnnModel model, Graph graph, double... expected) {
        assertLogits(model, graph, Masks.NONE, expected);
    }

    private void assertLogits(GnnModel model, Graph graph, Masks masks, double... expected) {
        float[] actual = logits(model, GraphBatch.whole(graph), masks);
        assertThat(actual).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i])
                    .as("logit %d", i)
                    .isCloseTo(expected[i], within(1e-6 * Math.max(100, Math.abs(expected[i]))));
        }
    }

    private Masks edges(double... mask) {
        float[] values = new float[mask.length];
        for (int i = 0; i < mask.length; i++) {
            values[i] = (float) mask[i];
        }
        return Masks.ofEdges(bench.lease().manager().create(values));
    }

    // --- GraphSAGE and GraphConv ----------------------------------------------------------------------------------

    private static GnnModel sage(String aggregator) {
        return unit(
                new SageArchitecture(),
                Map.of("layers", "1", "aggregator", aggregator),
                weight("conv1.lin_l.weight", 2),
                number("conv1.lin_l.bias", 0.5),
                weight("conv1.lin_r.weight", 3));
    }

    @Test
    void sageAddsTheMeanMaximumOrSumOfNeighboursToTheRoot() {
        assertLogits(sage("mean"), path(), -20 + .5 + 3, 101 + .5 - 30, -20 + .5 + 300);
        assertLogits(sage("max"), path(), -20 + .5 + 3, 200 + .5 - 30, -20 + .5 + 300);
        assertLogits(sage("sum"), path(), -20 + .5 + 3, 202 + .5 - 30, -20 + .5 + 300);
    }

    @Test
    void sageMasksMessagesBeforeTheyAreAggregated() {
        // in-edges of 0: 1; of 1: 0, 2; of 2: 1
        Masks masks = edges(0.5, 1, 0, 1);
        assertLogits(sage("mean"), path(), masks, -10 + .5 + 3, 1 + .5 - 30, -20 + .5 + 300);
        assertLogits(sage("max"), path(), masks, -10 + .5 + 3, 2 + .5 - 30, -20 + .5 + 300);
        assertLogits(sage("sum"), path(), masks, -10 + .5 + 3, 2 + .5 - 30, -20 + .5 + 300);
    }

    @Test
    void valuesThatAreNotStoredCountAsZerosInTheMaximum() {
        // nodes 0 and 1 are negative, node 2 has no value: its 0 is the maximum of what node 1 gets
        Features stored = new SparseFeatures(1, new int[] {0, 1, 2, 2}, new int[] {0, 0}, new float[] {-4, -7});
        assertLogits(sage("max"), path(stored), -14 + .5 - 12, .5 - 21, -14 + .5);
    }

    @Test
    void sparseMaximaAreThoseOfDenseFeatures() {
        Graph sparse = TestGraphs.directed(30, 90, 5, 3, 4);
        float[][] rows = new float[30][5];
        var copy = Graph.builder(30);
        for (int v = 0; v < 30; v++) {
            sparse.features().copyRow(v, rows[v], 0);
            for (int e = sparse.inOffset(v); e < sparse.inOffset(v + 1); e++) {
                copy.edge(sparse.source(e), v);
            }
        }
        Graph dense = copy.features(DenseFeatures.of(rows)).build();
        GnnModel model = new SageArchitecture()
                .create(new ModelShape(Task.NODE, 5, 3), Map.of("aggregator", "max", "hidden", "4"), 1);
        assertThat(logits(model, GraphBatch.whole(sparse), Masks.NONE))
                .containsExactly(logits(model, GraphBatch.whole(dense), Masks.NONE), within(1e-6f));
    }

    @Test
    void graphConvCountsEdgeWeightsAndSageDoesNot() {
        Graph weighted = Graph.builder(2)
                .edge(1, 0, 3)
                .features(DenseFeatures.of(new float[][] {{1}, {10}}))
                .build();
        GnnModel graphConv = unit(
                new GraphConvArchitecture(),
                Map.of("layers", "1"),
                weight("conv1.lin_rel.weight", 2),
                number("conv1.lin_rel.bias", 0.5),
                weight("conv1.lin_root.weight", 4));
        assertLogits(graphConv, weighted, 60 + .5 + 4, .5 + 40);
        assertLogits(sage("sum"), weighted, 20 + .5 + 3, .5 + 30);
    }

    // --- GIN ------------------------------------------------------------------------------------------------------

    @Test
    void ginAddsNeighboursToOnePlusEpsilonTimesTheNode() {
        GnnModel gin = unit(
                new GinArchitecture(),
                Map.of("layers", "1", "hidden", "1", "batchNorm", "false", "jumping", "last", "eps", "0.25"),
                number("conv1.eps", 0.25),
                weight("conv1.nn.0.weight", 1),
                number("conv1.nn.0.bias", 1),
                weight("conv1.nn.2.weight", 2),
                number("conv1.nn.2.bias", 0.5));
        // relu of 1.25 - 10 + 1, -12.5 + 101 + 1 and 125 - 10 + 1
        assertLogits(gin, path(), .5, 2 * 89.5 + .5, 2 * 116 + .5);
    }

    @Test
    void epsilonIsLearntOnlyWhereAskedFor() {
        ModelShape shape = new ModelShape(Task.GRAPH, 3, 2);
        for (boolean learnt : List.of(true, false)) {
            GnnModel gin =
                    new GinArchitecture().create(shape, Map.of("trainEps", Boolean.toString(learnt), "eps", "0.5"), 1);
            Parameter eps = gin.parameters().get(0);
            assertThat(eps.name()).isEqualTo("conv1.eps");
            assertThat(eps.isTrainable()).isEqualTo(learnt);
            assertThat(eps.values()).containsExactly(0.5f);
        }
    }

    // --- polynomials ----------------------------------------------------------------------------------------------

    @Test
    void chebyshevPolynomialsOfTheScaledLaplacian() {
        GnnModel cheb = unit(
                new ChebArchitecture(),
                Map.of("layers", "1", "k", "4"),
                weight("conv1.lins.0.weight", 2),
                weight("conv1.lins.1.weight", 3),
                weight("conv1.lins.2.weight", 5),
                weight("conv1.lins.3.weight", 7),
                number("conv1.bias", 0.5));
        // L = -D^-1/2 A D^-1/2 has eigenvectors (1, r, 1): -1, (1, 0, -1): 0 and (1, -r, 1): 1, with r = sqrt 2.
        // T0..T3 at -1: 1 -1 1 -1; at 0: 1 0 -1 0; at 1: 1 1 1 1
        double r = SQRT2;
        double minus = (1 - 10 * r + 100) / 4;
        double none = (1 - 100) / 2.0;
        double plus = (1 + 10 * r + 100) / 4;
        double atMinus = minus * (2 - 3 + 5 - 7);
        double atNone = none * (2 - 5);
        double atPlus = plus * (2 + 3 + 5 + 7);
        assertLogits(
                cheb,
                path(),
                atMinus + atNone + atPlus + .5,
                r * atMinus - r * atPlus + .5,
                atMinus - atNone + atPlus + .5);
    }

    @Test
    void chebyshevLaplaciansHaveNoSelfLoops() {
        GnnModel cheb =
                new ChebArchitecture().create(new ModelShape(Task.NODE, 1, 2), Map.of("layers", "1", "hidden", "4"), 1);
        Graph looped = Graph.builder(3)
                .undirectedEdge(0, 1)
                .undirectedEdge(1, 2)
                .edge(1, 1)
                .features(path().features())
                .build();
        assertThat(logits(cheb, GraphBatch.whole(looped), Masks.NONE))
                .containsExactly(logits(cheb, GraphBatch.whole(path()), Masks.NONE), within(1e-6f));
    }

    @Test
    void powersOfTheAdjacency() {
        GnnModel tag = unit(
                new TagArchitecture(),
                Map.of("layers", "1", "k", "2"),
                weight("conv1.lins.0.weight", 2),
                weight("conv1.lins.1.weight", 3),
                weight("conv1.lins.2.weight", 5),
                number("conv1.bias", 0.5));
        // A x = (-10, 101, -10) / sqrt 2, A^2 x = (50.5, -10, 50.5)
        assertLogits(
                tag, path(), 2 - 30 / SQRT2 + 252.5 + .5, -20 + 303 / SQRT2 - 50 + .5, 200 - 30 / SQRT2 + 252.5 + .5);
    }

    // --- propagation apart ----------------------------------------------------------------------------------------

    @Test
    void propagationReturnsToTheRoot() {
        GnnModel appnp = unit(
                new AppnpArchitecture(),
                Map.of("mlpLayers", "1", "k", "1", "alpha", "0.2", "bias", "false"),
                weight("lin1.weight", 2));
        // with self-loops degrees are 2, 3, 2
        double cross = 1 / Math.sqrt(6);
        assertLogits(
                appnp,
                path(),
                .8 * 2 * (1 / 2.0 - 10 * cross) + .2 * 2,
                .8 * 2 * (-10 / 3.0 + 101 * cross) - .2 * 20,
                .8 * 2 * (100 / 2.0 - 10 * cross) + .2 * 200);
    }

    @Test
    void simplifiedConvolutionAddsItsConstantAtTheEnd() {
        GnnModel sgc = unit(
                new SgcArchitecture(), Map.of("k", "2"), weight("conv1.lin.weight", 2), number("conv1.lin.bias", 0.5));
        double cross = 1 / Math.sqrt(6);
        double[] once = {1 / 2.0 - 10 * cross, -10 / 3.0 + 101 * cross, 100 / 2.0 - 10 * cross};
        assertLogits(
                sgc,
                path(),
                2 * (once[0] / 2 + once[1] * cross) + .5,
                2 * (once[1] / 3 + (once[0] + once[2]) * cross) + .5,
                2 * (once[2] / 2 + once[1] * cross) + .5);
    }

    // --- links ----------------------------------------------------------------------------------------------------

    /** Embeds each node as its feature. */
    private static GnnModel embedding(Map<String, String> options, Parameter... head) {
        Parameter[] parameters = Arrays.copyOf(head, head.length + 1);
        parameters[head.length] = weight("lin1.weight", 1);
        Map<String, String> all = new java.util.HashMap<>(options);
        all.putAll(Map.of("mlpLayers", "1", "hidden", "1", "k", "1", "alpha", "1", "bias", "false"));
        return new AppnpArchitecture().restore(new ModelShape(Task.LINK, 1, 2), all, List.of(parameters));
    }

    private static Parameter head(double... values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return new Parameter("lin.weight", new long[] {2, values.length / 2}, floats, true);
    }

    @Test
    void decodersJoinTheEndsOfLinks() {
        GraphBatch links = GraphBatch.wholeWithLinks(path(), new int[] {0, 2}, new int[] {1, 0});
        assertThat(logits(embedding(Map.of()), links, Masks.NONE)).containsExactly(0, -10, 0, 100);
        assertThat(logits(embedding(Map.of("decoder", "hadamard"), head(2, 3)), links, Masks.NONE))
                .containsExactly(-20, -30, 200, 300);
        assertThat(logits(embedding(Map.of("decoder", "concat"), head(2, 3, 5, 7)), links, Masks.NONE))
                .containsExactly(2 - 30, 5 - 70, 200 + 3, 500 + 7);
    }

    @Test
    void innerProductsAreLogitsOfTwoClasses() {
        assertThatThrownBy(() -> new GcnArchitecture().create(new ModelShape(Task.LINK, 4, 3), Map.of(), 1))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("the decoder 'dot' tells 2 classes apart, no link and link, not 3; choose decoder"
                        + " 'hadamard' or 'concat'");
    }

    @Test
    void embeddingsOfLinksAreNotCutOffAtZero() {
        GnnModel gcn = new GcnArchitecture().create(new ModelShape(Task.LINK, 1, 2), Map.of("hidden", "8"), 1);
        try (ModelSession session = gcn.open(bench.lease());
                PreparedBatch prepared =
                        session.prepare(GraphBatch.wholeWithLinks(path(), new int[] {0}, new int[] {2}))) {
            List<NDArray> layers = session.embeddings(prepared, Masks.NONE);
            assertThat(layers.get(0).min().getFloat()).isZero();
            assertThat(layers.get(1).min().getFloat()).isNegative();
        }
    }

    // --- sampling -------------------------------------------------------------------------------------------------

    @Test
    void sumsOverDrawnNeighboursEstimateThoseOverAll() {
        // a hub of 6 neighbours with features 1..6, of which 2 are drawn
        var builder = Graph.builder(7);
        float[][] features = new float[7][1];
        for (int v = 1; v < 7; v++) {
            builder.edge(v, 0);
            features[v][0] = v;
        }
        Graph hub = builder.features(DenseFeatures.of(features)).build();
        int rounds = 400;
        for (String aggregator : List.of("sum", "mean")) {
            double total = 0;
            for (int round = 0; round < rounds; round++) {
                ComputationGraph drawn =
                        ComputationGraph.sampled(hub, new int[] {0}, new int[] {2}, Seeds.generator(round));
                total += logits(sage(aggregator), GraphBatch.of(List.of(drawn)), Masks.NONE)[0] - .5;
            }
            // 2 * 21 or 2 * 3.5, to four standard errors
            double expected = aggregator.equals("sum") ? 42 : 7;
            assertThat(total / rounds).isCloseTo(expected, within(expected * 0.07));
        }
    }
}
