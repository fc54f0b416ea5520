package org.aitia.explainer.pgexplainer.internal;

import static org.aitia.explainer.pgexplainer.internal.Bench.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.LearntWeights;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.explain.TrainableExplainer;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelInfo;
import org.aitia.api.model.ModelShape;
import org.aitia.testkit.tck.TestGraphs;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PgExplainerTest {
    @Test
    void optionsOfOneRunDoNotReachTheNext() {
        try (Bench bench = Bench.open()) {
            TrainableExplainer shared = new PgExplainer();
            String[] first = {"edgeSize", "0.1", "bias", "0", "t0", "3"};
            float[] before = together(bench.train(shared, 6, first));
            float[] other = together(bench.train(shared, 6, "edgeSize", "7", "bias", "0.5", "t0", "1", "hidden", "64"));
            assertThat(other).isNotEqualTo(before);
            assertThat(together(bench.train(shared, 6, first))).containsExactly(before);
        }
    }

    @Test
    void remembersTheOptionsThatItWasTrainedWith() {
        try (Bench bench = Bench.open()) {
            LearntWeights learnt = bench.train("sample_bias", "0.2", "hidden", "8, 4");
            assertThat(learnt.options())
                    .containsEntry("bias", "0.2")
                    .containsEntry("hidden", "8, 4")
                    .containsEntry("embeddings", "last")
                    .hasSize(new PgExplainer().options().specs().size());
            assertThat(learnt.parameters().stream().map(p -> p.name()))
                    .containsExactly("0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias");
            assertThat(learnt.metrics())
                    .containsEntry("epochs", 5.0)
                    .containsEntry("targets", 6.0)
                    .containsKeys("loss", "logitMin", "logitMax");
            assertThat(bench.explain(learnt, Bench.HOPS).get(0).diagnostics())
                    .containsEntry("training epochs", 5.0)
                    .containsEntry("training loss", learnt.metrics().get("loss"));
        }
    }

    /** The nodes at the rim of a field have no embedding in it; their embeddings are taken from where they have one. */
    @ParameterizedTest
    @ValueSource(strings = {"last", "all", "logits"})
    void readsEmbeddingsAsInTheFullGraph(String embeddings) {
        try (Bench bench = Bench.open()) {
            LearntWeights learnt = bench.train("embeddings", embeddings);
            List<MaskValues> small = bench.explain(learnt, Bench.HOPS);
            List<MaskValues> large = bench.explain(learnt, Bench.HOPS + 3);
            for (int t = 0; t < small.size(); t++) {
                ComputationGraph block = bench.blocks().get(t);
                ComputationGraph larger = bench.blocks(Bench.HOPS + 3).get(t);
                for (int e = 0; e < block.edgeCount(); e++) {
                    int source = bench.graph().source(block.edge(e));
                    int target = bench.graph().target(block.edge(e));
                    assertThat(small.get(t).edges()[e])
                            .isCloseTo(Bench.importance(large.get(t), larger, source, target), within(1e-5f));
                }
            }
        }
    }

    @Test
    void widerEmbeddingsMakeAWiderNetwork() {
        try (Bench bench = Bench.open()) {
            assertThat(bench.train("embeddings", "last").parameters().get(0).shape())
                    .containsExactly(64, 3 * Bench.CLASSES);
            assertThat(bench.train("embeddings", "all").parameters().get(0).shape())
                    .containsExactly(64, 3 * (8 + Bench.CLASSES));
        }
    }

    @Test
    void explainsNodesThatItHasNotSeen() {
        try (Bench seen = Bench.open()) {
            LearntWeights learnt = seen.train();
            Graph graph = TestGraphs.undirected(40, 80, 5, Bench.CLASSES, 9);
            Bench unseen = new Bench(seen.workbench(), graph, seen.model(), List.of(7, 8, 9));
            for (MaskValues masks : unseen.explain(learnt, Bench.HOPS)) {
                assertThat(masks.edges()).isNotEmpty();
                for (float value : masks.edges()) {
                    assertThat(value).isBetween(0f, 1f);
                }
            }
        }
    }

    @Test
    void refusesWeightsThatWereLearntForAnotherModel() {
        try (Bench bench = Bench.open()) {
            LearntWeights learnt = bench.train();
            Graph graph = bench.graph();
            GnnModel other = Workbench.gcn(Task.NODE, graph, 5, Bench.HOPS);
            Bench wrong = new Bench(bench.workbench(), graph, other, List.of(0));
            assertThatThrownBy(() -> wrong.explain(learnt, Bench.HOPS))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage("this pgexplainer was trained on inputs of 9 values, the model gives 3 embeddings of"
                            + " 5; train it for this model");
        }
    }

    @ParameterizedTest
    @CsvSource({"3,6,4", "3,6,1", "4,6,5", "target,6,4", "100,6,4"})
    void aStepHasTheTargetsItIsSaidToHaveHoweverManyFit(String step, int many, int few) {
        try (Bench bench = Bench.open()) {
            PgExplainer explainer = new PgExplainer();
            LearntWeights together = bench.train(explainer, many, "step", step);
            LearntWeights apart = bench.train(explainer, few, "step", step);
            assertThat(apart.metrics().get("steps"))
                    .isEqualTo(together.metrics().get("steps"));
            assertThat(together(apart)).containsExactly(together(together), within(1e-4f));
        }
    }

    @Test
    void aStepPerTargetIsNotAStepPerEpoch() {
        try (Bench bench = Bench.open()) {
            LearntWeights perTarget = bench.train("step", "target");
            LearntWeights perEpoch = bench.train("step", "epoch");
            assertThat(perTarget.metrics()).containsEntry("steps", 30.0);
            assertThat(perEpoch.metrics()).containsEntry("steps", 5.0);
            assertThat(together(perTarget)).isNotEqualTo(together(perEpoch));
        }
    }

    @Test
    void learnsTheSameWhereNothingFitsTheMemory() {
        try (Bench bench = Bench.open()) {
            float[] expected = together(bench.train());
            assertThat(together(bench.train(new PoorExplainer(), 2))).containsExactly(expected, within(1e-4f));
        }
    }

    @Test
    void permutedNodesHavePermutedExplanations() {
        int nodes = 30;
        Graph graph = TestGraphs.undirected(nodes, 50, 5, Bench.CLASSES, 1);
        List<Integer> order = new ArrayList<>(IntStream.range(0, nodes).boxed().toList());
        Collections.shuffle(order, new Random(3));
        FloatBuffer features = FloatBuffer.allocate(nodes * 5);
        FloatBuffer original = ((DenseFeatures) graph.features()).values();
        for (int v = 0; v < nodes; v++) {
            for (int f = 0; f < 5; f++) {
                features.put(order.get(v) * 5 + f, original.get(v * 5 + f));
            }
        }
        int[] sources = IntStream.range(0, graph.edgeCount())
                .map(e -> order.get(graph.source(e)))
                .toArray();
        int[] targets = IntStream.range(0, graph.edgeCount())
                .map(e -> order.get(graph.target(e)))
                .toArray();
        Graph permuted = Graph.builder(nodes)
                .edges(sources, targets)
                .features(new DenseFeatures(nodes, 5, features))
                .build();
        List<Integer> explained = List.of(0, 1, 2, 3);
        try (Bench bench = Bench.of(graph, explained)) {
            Bench other = new Bench(
                    bench.workbench(),
                    permuted,
                    bench.model(),
                    explained.stream().map(order::get).toList());
            List<MaskValues> expected = bench.explain(bench.train("sampling", "false"), Bench.HOPS);
            List<MaskValues> found = other.explain(other.train("sampling", "false"), Bench.HOPS);
            for (int t = 0; t < explained.size(); t++) {
                ComputationGraph block = bench.blocks().get(t);
                for (int e = 0; e < block.edgeCount(); e++) {
                    int source = order.get(graph.source(block.edge(e)));
                    int target = order.get(graph.target(block.edge(e)));
                    assertThat(Bench.importance(found.get(t), other.blocks().get(t), source, target))
                            .isCloseTo(expected.get(t).edges()[e], within(1e-4f));
                }
            }
        }
    }

    /** Also where the other direction is outside of the field. */
    @Test
    void tiedDirectionsHaveTheMeanOfTheirMasks() {
        try (Bench bench = Bench.open()) {
            LearntWeights tied = bench.train("undirected", "true");
            LearntWeights untied = new LearntWeights(Map.of(), tied.parameters(), Map.of());
            List<MaskValues> found = bench.explain(tied, Bench.HOPS);
            List<MaskValues> directed = bench.explain(untied, Bench.HOPS + 1);
            int different = 0;
            for (int t = 0; t < found.size(); t++) {
                ComputationGraph block = bench.blocks().get(t);
                ComputationGraph larger = bench.blocks(Bench.HOPS + 1).get(t);
                for (int e = 0; e < block.edgeCount(); e++) {
                    int source = bench.graph().source(block.edge(e));
                    int target = bench.graph().target(block.edge(e));
                    float there = Bench.importance(directed.get(t), larger, source, target);
                    float back = Bench.importance(directed.get(t), larger, target, source);
                    different += Math.abs(there - back) > 1e-4 ? 1 : 0;
                    assertThat(found.get(t).edges()[e]).isCloseTo((there + back) / 2, within(1e-5f));
                }
            }
            assertThat(different).isPositive();
        }
    }

    @Test
    void selfLoopsAreNoExplanation() {
        Graph graph = Graph.builder(4)
                .edges(new int[] {0, 1, 1, 2, 3}, new int[] {0, 0, 1, 1, 2})
                .features(new DenseFeatures(4, 1, FloatBuffer.wrap(new float[] {1, -1, 2, 3})))
                .build();
        try (Bench bench = Bench.of(graph, List.of(0, 1))) {
            ComputationGraph block = bench.blocks().get(0);
            MaskValues masks = bench.explain(bench.train(), Bench.HOPS).get(0);
            assertThat(Bench.importance(masks, block, 0, 0)).isZero();
            assertThat(Bench.importance(masks, block, 1, 1)).isZero();
            assertThat(Bench.importance(masks, block, 1, 0)).isPositive();
        }
    }

    @Test
    void explainsLinksFromBothEnds() {
        Graph graph = TestGraphs.undirected(30, 50, 5, 2, 1);
        GnnModel model = Workbench.architecture("gcn")
                .create(new ModelShape(Task.LINK, 5, 2), Map.of("hidden", "8", "decoder", "concat"), 7);
        List<ComputationGraph> blocks = IntStream.range(0, 5)
                .mapToObj(v -> ComputationGraph.ofLink(graph, v, v + 9, 2))
                .toList();
        try (Workbench workbench = Workbench.open()) {
            PgExplainer explainer = new PgExplainer();
            LearntWeights learnt = workbench.train(explainer, model, blocks, Bench.options(), 5);
            long[] shape = learnt.parameters().get(0).shape();
            assertThat(shape[1] % 4).as("[z_source, z_target, z_a, z_b]").isZero();
            List<ExplanationTarget> targets =
                    workbench.targets(model, GraphBatch.of(blocks), List.of(0, 1, 2, 3, 4), 5);
            List<MaskValues> together = workbench.explain(
                    explainer, model, GraphBatch.of(blocks), targets, Map.of(), Optional.of(learnt), TaskMonitor.NONE);
            for (int p = 0; p < blocks.size(); p++) {
                MaskValues alone = workbench
                        .explain(
                                explainer,
                                model,
                                GraphBatch.of(List.of(blocks.get(p))),
                                List.of(targets.get(p)),
                                Map.of(),
                                Optional.of(learnt),
                                TaskMonitor.NONE)
                        .get(0);
                assertThat(together.get(p).edges()).containsExactly(alone.edges(), within(1e-5f));
                assertThat(together.get(p).edges()).hasSize(blocks.get(p).edgeCount());
            }
            // the direction of a link counts: z_a and z_b have weights of their own
            ComputationGraph reversed = ComputationGraph.ofLink(graph, 9, 0, 2);
            MaskValues other = workbench
                    .explain(
                            explainer,
                            model,
                            GraphBatch.of(List.of(reversed)),
                            targets.subList(0, 1),
                            Map.of(),
                            Optional.of(learnt),
                            TaskMonitor.NONE)
                    .get(0);
            int edge = blocks.get(0).edge(0);
            int source = graph.source(edge);
            int target = graph.target(edge);
            assertThat(Bench.importance(other, reversed, source, target))
                    .isNotEqualTo(together.get(0).edges()[0]);
        }
    }

    @Test
    void explainsThePredictedNumberOfARegressionModel() {
        Graph graph = TestGraphs.undirected(30, 50, 5, 2, 1);
        GnnModel model = Workbench.architecture("gcn").create(new ModelShape(Task.NODE, 5, 1), Map.of(), 7);
        List<ComputationGraph> blocks = IntStream.range(0, 5)
                .mapToObj(v -> ComputationGraph.of(graph, v, 2))
                .toList();
        try (Workbench workbench = Workbench.open()) {
            float[][] outputs = workbench.logits(model, GraphBatch.of(blocks));
            List<ExplanationTarget> targets = IntStream.range(0, 5)
                    .mapToObj(v -> new ExplanationTarget(v, 0, 0, -1, outputs[v], v))
                    .toList();
            // with masks of almost 1 nothing is lost, so that the loss is small: it is the squared difference
            Map<String, String> options = Bench.options(
                    "edgeSize",
                    "0",
                    "edgeEnt",
                    "0",
                    "sampling",
                    "false",
                    "epochs",
                    "200",
                    "lr",
                    "0.05",
                    "t0",
                    "1",
                    "t1",
                    "1");
            LearntWeights learnt =
                    workbench.train(new PgExplainer(), model, blocks, targets, options, 5, 5, TaskMonitor.NONE);
            assertThat(learnt.metrics().get("loss")).isLessThan(1e-3);
        }
    }

    @Test
    void aBudgetThatIsNotReachedCostsNothing() {
        try (Bench bench = Bench.open()) {
            float[] free = together(bench.train("edgeSize", "0"));
            assertThat(together(bench.train("edgeSize", "5", "budget", "1000000")))
                    .containsExactly(free);
            assertThat(together(bench.train("edgeSize", "5", "budget", "1"))).isNotEqualTo(free);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "edgeReduction,mean",
        "entropyScale,false",
        "entropyMean,pairs",
        "regularized,subgraph",
        "schedule,linear",
        "sampling,false",
        "undirected,true",
        "clipNorm,0.01",
        "clipValue,0.001",
        "init,glorot",
        "initSeed,3",
        "embeddings,all"
    })
    void everyChoiceMatters(String option, String value) {
        try (Bench bench = Bench.open()) {
            assertThat(together(bench.train(option, value))).isNotEqualTo(together(bench.train()));
        }
    }

    @Test
    void theTemperatureFollowsItsSchedule() {
        PgExplainerOptions geometric = (PgExplainerOptions)
                new PgExplainer().options().parse(Map.of("num_epochs", "10", "t0", "5", "t1", "2"));
        assertThat(geometric.temperature(0)).isEqualTo(5);
        assertThat(geometric.temperature(5)).isCloseTo(Math.sqrt(10), within(1e-12));
        PgExplainerOptions linear = (PgExplainerOptions)
                new PgExplainer().options().parse(Map.of("epochs", "10", "t0", "5", "t1", "2", "schedule", "linear"));
        assertThat(linear.temperature(5)).isCloseTo(3.5, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bias | -0.1 | option 'bias' must be >= 0 and <= 0.5, not '-0.1'",
                "bias | 0.51 | option 'bias' must be >= 0 and <= 0.5, not '0.51'",
                "t0 | 0 | option 'temperatureStart' must be > 0, not '0'",
                "lr | 0 | option 'lr' must be > 0, not '0'",
                "step | 0 | option 'step' takes target, epoch, or how many targets a step has, from 1 to 999999999, not '0'",
                "hidden | 64;32 | option 'hidden' takes one to eight widths from 1 to 99999, for example '64' or '64,32', not '64;32'",
                "embeddings | first | option 'embeddings' takes one of last, all, logits, not 'first'"
            })
    void refusesWrongValues(String option, String value, String message) {
        assertThatThrownBy(() -> new PgExplainer().options().parse(Map.of(option, value)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "num_epochs=3,learning_rate=1,edge_size=1,edge_ent=1,bias=0", // PyG
                "coff_budget=1,coff_connect=1,sample_bias=0", // DGL
                "epochs=3,lr=1,coff_size=1,coff_ent=1,t0=5,t1=1,sample_bias=0", // DIG
                "eepochs=3,elr=1,coff_size=1,coff_ent=1,coff_t0=5,coff_te=1,budget=0,sample_bias=0" // the authors
            })
    void knowsTheNamesOfPeers(String options) {
        Map<String, String> values = new java.util.HashMap<>();
        for (String option : options.split(",")) {
            values.put(option.split("=")[0], option.split("=")[1]);
        }
        assertThat(((PgExplainerOptions) new PgExplainer().options().parse(values)).bias())
                .isZero();
    }

    @Test
    void aHigherTemperatureKeepsTheOrderOfEdges() {
        try (Bench bench = Bench.open()) {
            PgExplainer explainer = new PgExplainer();
            LearntWeights learnt = bench.train();
            List<MaskValues> plain = bench.explain(learnt, Bench.HOPS);
            List<MaskValues> warm = bench.workbench()
                    .explain(
                            explainer,
                            bench.model(),
                            GraphBatch.of(bench.blocks()),
                            bench.targets(),
                            Map.of("explainTemperature", "4"),
                            Optional.of(learnt),
                            TaskMonitor.NONE);
            assertThat(explainer.explainingOptions()).containsExactly("explainTemperature");
            for (int t = 0; t < plain.size(); t++) {
                for (int e = 0; e < plain.get(t).edges().length; e++) {
                    double mask = plain.get(t).edges()[e];
                    double logit = Math.log(mask / (1 - mask));
                    assertThat((double) warm.get(t).edges()[e]).isCloseTo(1 / (1 + Math.exp(-logit / 4)), within(1e-5));
                }
            }
        }
    }

    @Test
    void refusesModelsWithoutEdgeMasks() {
        ModelInfo model =
                new ModelInfo("torchscript", new ModelShape(Task.NODE, 5, 3), Map.of(), 2, EdgeMaskSupport.NONE);
        assertThatThrownBy(() -> PgExplainer.checkMasks(model))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("this model takes no edge weights, so pgexplainer cannot mask its edges; import it with a"
                        + " forward that takes edge weights, or ask explainer 'occlusion'");
    }

    @Test
    void refusesToLearnFromTargetsWithoutEdges() {
        Graph graph = TestGraphs.undirected(30, 50, 5, Bench.CLASSES, 1);
        try (Bench bench = Bench.of(graph, List.of(29))) {
            assertThatThrownBy(bench::train)
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage("pgexplainer has nothing to learn from: no target has an edge in its receptive field;"
                            + " choose targets with neighbours");
        }
    }

    @Test
    void logitsAreNoEmbeddingsOfGraphs() {
        Graph graph = TestGraphs.undirected(10, 20, 5, 2, 1);
        GnnModel model = Workbench.gcn(Task.GRAPH, graph, 2, 2);
        try (Workbench workbench = Workbench.open()) {
            assertThatThrownBy(() -> workbench.train(
                            new PgExplainer(),
                            model,
                            List.of(ComputationGraph.whole(graph)),
                            Bench.options("embeddings", "logits"),
                            5))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage(
                            "embeddings=logits needs a model with logits for every node; this one is for graphs: use"
                                    + " embeddings=last or all");
        }
    }

    @Test
    void theFirstWeightsMayHaveASeedOfTheirOwn() {
        try (Bench bench = Bench.open()) {
            String[] options = {"initSeed", "3", "sampling", "false"};
            LearntWeights one = bench.train(options);
            LearntWeights other = bench.workbench()
                    .train(
                            new PgExplainer(),
                            bench.model(),
                            bench.blocks(),
                            bench.targets(),
                            Bench.options(options),
                            77,
                            6,
                            TaskMonitor.NONE);
            assertThat(together(other)).containsExactly(together(one));
            assertThat(Arrays.equals(together(bench.train("sampling", "false")), together(one)))
                    .isFalse();
        }
    }
}
