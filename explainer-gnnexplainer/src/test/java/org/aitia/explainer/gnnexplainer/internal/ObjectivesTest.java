package org.aitia.explainer.gnnexplainer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.aitia.api.AitiaException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.Task;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.explain.Objective;
import org.aitia.api.explain.ObjectiveState;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectivesTest extends OnTrial {
    /** The sum of the edge mask: what edgeSize is the coefficient of. */
    private static final class Size implements Objective {
        @Override
        public String name() {
            return "size";
        }

        @Override
        public String description() {
            return "sum of the edge mask";
        }

        @Override
        public NDArray loss(ObjectiveState state) {
            NDArray blocks = state.constants().get("blocks", EdgeIndex::blocks);
            return state.batch()
                    .engine()
                    .kernels()
                    .scatterSum(
                            state.edgeMask().orElseThrow(),
                            blocks,
                            state.batch().graphs().blocks().size());
        }
    }

    private static Trial.Setup with(Map<String, String> options, Objective... objectives) {
        return Trial.Setup.of(options).objectives(objectives);
    }

    /** A term that another bundle registers has the effect that the same term has as an option. */
    @Test
    void termsOfOtherBundlesCountLikeOnesOwn() {
        MaskValues asTerm = trial().explain(
                        with(options("edgeSize=0", "objectives=size:0.3", "nodeMaskType=none"), new Size()), NODE)
                .get(0);
        MaskValues asOption = trial().explain(NODE, options("edgeSize=0.3", "nodeMaskType=none"));
        assertThat(asTerm.edges()).containsExactly(asOption.edges(), within(1e-5f));
        assertThat(asTerm.diagnostics().get("loss"))
                .isCloseTo(asOption.diagnostics().get("loss"), within(1e-4));
    }

    /** A sparse run pays its price by a proximal step; a term of the same size leads to the same masks. */
    @Test
    void termsCountInSparseRunsToo() {
        Map<String, String> paid = options("sparsity=l1", "edgeSparsity=0.02", "nodeMaskType=none", "epochs=3000");
        Map<String, String> added =
                options("sparsity=l1", "edgeSparsity=0.01", "objectives=size:0.01", "nodeMaskType=none", "epochs=3000");
        MaskValues expected = trial().explain(NODE, paid);
        MaskValues masks = trial().explain(with(added, new Size()), NODE).get(0);
        assertThat(masks.diagnostics().get("loss"))
                .isCloseTo(expected.diagnostics().get("loss"), within(1e-3));
    }

    @Test
    void unknownTermsAreRefusedWithTheNamesOfThoseThatThereAre() {
        assertThatThrownBy(() -> trial().explain(
                                with(options("objectives=conectivity:0.1"), new Size(), new ConnectivityObjective()),
                                NODE))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("unknown objective 'conectivity'; there are: connectivity, size");
    }

    /** Services come in the order of their ranking, the highest last. */
    @Test
    void ofTwoTermsOfOneNameTheHigherRankedServes() {
        Objective low = new Size();
        Objective high = new Size();
        GnnExplainerOptions options =
                (GnnExplainerOptions) new GnnExplainer().options().parse(Map.of("objectives", "size:0.5"));
        assertThat(LossTerm.of(options, List.of(low, high), trial().model().info()))
                .singleElement()
                .satisfies(term -> assertThat(term.objective()).isSameAs(high));
    }

    @Test
    void aTermWithoutWeightHasWeightOne() {
        MaskValues named = trial().explain(with(options("objectives=size"), new Size()), NODE)
                .get(0);
        MaskValues weighed = trial().explain(with(options("objectives= size : 1 "), new Size()), NODE)
                .get(0);
        assertThat(named.edges()).containsExactly(weighed.edges());
    }

    @ParameterizedTest
    @ValueSource(strings = {"size:", "size:much", ":1", "size:NaN", "size:1,"})
    void malformedTermsAreRefused(String text) {
        assertThatThrownBy(() -> trial().explain(with(options("objectives=" + text), new Size()), NODE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("option 'objectives' takes name:weight,... with finite weights, not '" + text + "'");
    }

    @Test
    void aTermNamedTwiceIsRefused() {
        assertThatThrownBy(() -> trial().explain(with(options("objectives=size:1,size:2"), new Size()), NODE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("option 'objectives' names 'size' twice; name it once");
    }

    /** A term that a bundle got wrong. */
    private record Wrong(Function<ObjectiveState, NDArray> term) implements Objective {
        @Override
        public String name() {
            return "wrong";
        }

        @Override
        public String description() {
            return "a mistake";
        }

        @Override
        public NDArray loss(ObjectiveState state) {
            return term.apply(state);
        }
    }

    @Test
    void aTermOfTheWrongShapeIsADefectOfItsBundle() {
        int edges = trial().block(NODE).edgeCount();
        assertThatThrownBy(() -> trial().explain(
                                with(
                                        options("objectives=wrong:1"),
                                        new Wrong(state -> state.edgeMask().orElseThrow())),
                                NODE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("objective 'wrong' returned an array of shape (" + edges
                        + ") where (1) was expected, one value per target; this is a defect of that objective");
    }

    @Test
    void aTermThatIsNoNumberIsADefectOfItsBundle() {
        Wrong wrong = new Wrong(state -> new Size().loss(state).neg().log());
        assertThatThrownBy(() -> trial().explain(with(options("objectives=wrong:1"), wrong), NODE))
                .isInstanceOf(AitiaException.class)
                .hasMessage(
                        "objective 'wrong' returned NaN for target " + NODE + "; this is a defect of that objective");
    }

    @Test
    void aTermThatFailsIsNamed() {
        Wrong wrong = new Wrong(state -> {
            throw new IllegalStateException("no table");
        });
        assertThatThrownBy(() -> trial().explain(with(options("objectives=wrong:1"), wrong), NODE))
                .isInstanceOf(AitiaException.class)
                .hasMessage(
                        "objective 'wrong' failed with java.lang.IllegalStateException: no table; this is a defect of"
                                + " that objective");
    }

    /** Edges from which no way leads on to the target: what the mask keeps of them shrinks. */
    @Test
    void connectivityClosesEdgesThatLeadNowhere() {
        Map<String, String> without = options("nodeMaskType=none");
        Map<String, String> wanted = options("nodeMaskType=none", "objectives=connectivity:20");
        Trial trial = trial();
        float[] loose = trial.explain(with(without, new ConnectivityObjective()), NODE)
                .get(0)
                .edges();
        float[] connected = trial.explain(with(wanted, new ConnectivityObjective()), NODE)
                .get(0)
                .edges();
        assertThat(lost(trial.block(NODE), connected)).isLessThan(0.7 * lost(trial.block(NODE), loose));
    }

    /** The term by its formula: mean of m_uv max(0, 1 - sum over w of m_vw), edges into the target being free. */
    private static double lost(ComputationGraph block, float[] mask) {
        double[] onwards = new double[block.nodeCount()];
        for (int e = 0; e < mask.length; e++) {
            onwards[block.source(e)] += mask[e];
        }
        double sum = 0;
        for (int v = 1; v < block.nodeCount(); v++) {
            for (int e = block.inOffset(v); e < block.inOffset(v + 1); e++) {
                sum += mask[e] * Math.max(0, 1 - onwards[v]);
            }
        }
        return sum / mask.length;
    }

    @Test
    void connectivityIsThatFormula() {
        Trial trial = trial();
        Map<String, String> plain = options("nodeMaskType=none", "epochs=2");
        Map<String, String> added = options("nodeMaskType=none", "epochs=2", "objectives=connectivity:1");
        double difference = loss(trial, added) - loss(trial, plain);
        float[] second =
                trial.explain(NODE, options("nodeMaskType=none", "epochs=1")).edges();
        assertThat(difference).isCloseTo(lost(trial.block(NODE), second), within(1e-5));
    }

    private static double loss(Trial trial, Map<String, String> options) {
        return trial.explain(with(options, new ConnectivityObjective()), NODE)
                .get(0)
                .diagnostics()
                .get("loss");
    }

    /** Half the mask of each direction between different predicted classes, over n squared. */
    @Test
    void laplacianSumsEdgesBetweenPredictedClasses() {
        Trial trial = trial();
        double difference = loss(trial, options("nodeMaskType=none", "epochs=2", "laplacian=10"))
                - loss(trial, options("nodeMaskType=none", "epochs=2"));
        ComputationGraph block = trial.block(NODE);
        float[] mask =
                trial.explain(NODE, options("nodeMaskType=none", "epochs=1")).edges();
        int[] classes = IntStream.of(block.nodes())
                .map(v -> trial.target(v, 0).predictedClass())
                .toArray();
        double sum = 0;
        for (int v = 0; v < block.nodeCount(); v++) {
            for (int e = block.inOffset(v); e < block.inOffset(v + 1); e++) {
                sum += classes[block.source(e)] == classes[v] ? 0 : mask[e] / 2;
            }
        }
        assertThat(sum).isPositive();
        assertThat(difference).isCloseTo(10 * sum / (block.nodeCount() * block.nodeCount()), within(1e-5));
    }

    @Test
    void laplacianIsForNodesAndEdgeMasks() {
        assertThatThrownBy(() -> trial().explain(NODE, options("laplacian=1", "edgeMaskType=none")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("laplacian is a term of the edge mask, and edgeMaskType is none; give laplacian=0");
        GnnExplainerOptions options =
                (GnnExplainerOptions) new GnnExplainer().options().parse(Map.of("laplacian", "1"));
        assertThatThrownBy(() -> LossTerm.of(
                        options,
                        List.of(),
                        Workbench.gcn(Task.GRAPH, graph(), CLASSES, 2).info()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("laplacian compares the predicted classes of nodes, which a model for graph tasks does not"
                        + " predict; give laplacian=0");
    }
}
