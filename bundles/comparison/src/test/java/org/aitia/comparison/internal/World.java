package org.aitia.comparison.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.explain.Cost;
import org.aitia.api.explain.ExplainerInfo;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationInput;
import org.aitia.api.explain.ExplanationRequest;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.Explanations;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.explain.Provenance;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricInfo.Better;
import org.aitia.api.metric.MetricInfo.Need;
import org.aitia.api.metric.MetricScore;
import org.aitia.api.metric.Metrics;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.model.ModelInfo;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.Parameter;
import org.aitia.api.model.StoredModel;
import org.aitia.api.model.TrainingSession;
import org.aitia.api.option.OptionSchema;
import org.aitia.api.option.OptionSpec;

/**
 * A ring of nodes with explainers and metrics whose results are plain to see. A "model" is nothing but a seed: weights
 * 0 are those of the model, others are randomised.
 */
final class World implements Explanations, Metrics {
    static final List<Integer> TARGETS = List.of(0, 3, 6, 9, 12, 15, 18);
    private static final int NODES = 30;

    /** What an explainer says of one target. */
    interface Masks {
        MaskValues of(ExplanationRequest request, ComputationGraph graph, RandomGenerator random, long weights);
    }

    private final Map<String, Masks> explainers = new LinkedHashMap<>();
    private final Map<String, BiFunction<ScoreRequest, Map<String, String>, MetricScore>> scores =
            new LinkedHashMap<>();
    private final Map<String, MetricInfo> infos = new LinkedHashMap<>();
    final Dataset dataset = Dataset.builder(
                    new DatasetInfo("ring", "Ring", "A ring.", Task.NODE, "made here", "", "Apache-2.0", true))
            .graph(ring())
            .classes(2)
            .build();
    final List<ExplanationRequest> explained = new ArrayList<>();
    final List<ScoreRequest> scored = new ArrayList<>();

    World() {
        // as good as its option says, a little different with every seed
        explainers.put("learner", (request, graph, random, weights) -> {
            double strength = Double.parseDouble(request.options().getOrDefault("strength", "0.8"));
            return masks(graph, e -> strength + 0.1 * random.nextDouble() + hash(e, weights), request);
        });
        explainers.put("steady", (request, graph, random, weights) -> masks(graph, e -> 0.7 - 0.001 * e, request));
        explainers.put("random", (request, graph, random, weights) -> masks(graph, e -> random.nextDouble(), request));
        explainers.put("broken", (request, graph, random, weights) -> {
            throw new InvalidRequestException("model 'm' lacks what 'broken' needs: choose another explainer");
        });
        explainers.put("defective", (request, graph, random, weights) -> {
            throw new IllegalStateException("unexpected");
        });
        explainers.put("moody", (request, graph, random, weights) -> {
            if (request.seed() == 1) {
                throw new InvalidRequestException("seed 1 does not converge");
            }
            return masks(graph, e -> 0.5 + 0.2 * random.nextDouble(), request);
        });

        metric(
                "fidelity-plus",
                Better.HIGHER,
                Set.of(Need.MODEL),
                (request, options) -> perTarget(
                        "fidelity-plus",
                        request,
                        e -> mean(e.edgeMask()) * Double.parseDouble(options.getOrDefault("scale", "1"))));
        metric(
                "fidelity-minus",
                Better.LOWER,
                Set.of(Need.MODEL),
                (request, options) -> perTarget("fidelity-minus", request, e -> 1 - mean(e.edgeMask())));
        metric(
                "roc-auc",
                Better.HIGHER,
                Set.of(Need.GROUND_TRUTH),
                (request, options) -> perTarget("roc-auc", request, e -> 1));
        metric(
                "pooled",
                Better.HIGHER,
                Set.of(),
                (request, options) -> new MetricScore(
                        "pooled",
                        request.result().explanations().stream()
                                .mapToDouble(e -> e.edgeMask()[0])
                                .max()
                                .orElseThrow(),
                        new double[0]));
        metric("describes", Better.NEITHER, Set.of(), (request, options) -> perTarget("describes", request, e -> 5));
        metric(
                "stability",
                Better.HIGHER,
                Set.of(Need.EXPLAINER),
                (request, options) -> perTarget("stability", request, e -> 0.5));
        metric("failing", Better.HIGHER, Set.of(), (request, options) -> {
            throw new IllegalStateException("not written for this");
        });
    }

    private void metric(
            String name,
            Better better,
            Set<Need> needs,
            BiFunction<ScoreRequest, Map<String, String>, MetricScore> score) {
        infos.put(
                name,
                new MetricInfo(
                        name,
                        name.toUpperCase(java.util.Locale.ROOT),
                        "What " + name + " is.",
                        "",
                        better,
                        needs,
                        Set.of(Task.NODE)));
        scores.put(name, score);
    }

    private static double hash(int edge, long weights) {
        return weights == 0
                ? 0.001 * edge
                : 0.05 * Seeds.generator(weights + edge).nextDouble();
    }

    private static MetricScore perTarget(
            String name, ScoreRequest request, java.util.function.ToDoubleFunction<Explanation> value) {
        double[] values =
                request.result().explanations().stream().mapToDouble(value).toArray();
        return new MetricScore(name, Arrays.stream(values).average().orElseThrow(), values);
    }

    private static double mean(float[] mask) {
        return IntStream.range(0, mask.length)
                .mapToDouble(i -> mask[i])
                .average()
                .orElse(Double.NaN);
    }

    private static MaskValues masks(
            ComputationGraph graph, java.util.function.IntToDoubleFunction edge, ExplanationRequest request) {
        float[] edges = new float[graph.edgeCount()];
        for (int e = 0; e < edges.length; e++) {
            edges[e] = (float) edge.applyAsDouble(e);
        }
        double cut = Double.parseDouble(request.options().getOrDefault("cut", "0"));
        float[] nodes = new float[graph.nodes().length];
        for (int v = 0; v < nodes.length; v++) {
            nodes[v] = v < cut * nodes.length ? 0 : 0.5f + 0.01f * v;
        }
        return new MaskValues(edges, FeatureMaskType.NODE, nodes, Map.of());
    }

    private static Graph ring() {
        GraphBuilder builder = Graph.builder(NODES);
        int[] sources = new int[4 * NODES];
        int[] targets = new int[4 * NODES];
        for (int v = 0; v < NODES; v++) {
            for (int k = 0; k < 2; k++) {
                int other = (v + 1 + k) % NODES;
                sources[4 * v + 2 * k] = v;
                targets[4 * v + 2 * k] = other;
                sources[4 * v + 2 * k + 1] = other;
                targets[4 * v + 2 * k + 1] = v;
            }
        }
        return builder.edges(sources, targets).build();
    }

    ExplanationInput input() {
        return new ExplanationInput(
                new StoredModel(
                        "m",
                        model(0).info(),
                        "ring",
                        Map.of(),
                        dataset.digest(),
                        Map.of(),
                        0,
                        Map.of(),
                        "sha256:m",
                        Instant.EPOCH,
                        Map.of()),
                model(0),
                dataset);
    }

    /** A model that nobody runs. */
    record Weights(long seed) implements GnnModel {
        @Override
        public ModelInfo info() {
            return new ModelInfo(
                    "gcn", new ModelShape(Task.NODE, 1, 2), Map.of("layers", "2"), 2, EdgeMaskSupport.MESSAGE);
        }

        @Override
        public List<Parameter> parameters() {
            return List.of();
        }

        @Override
        public ModelSession open(DeviceLease lease) {
            throw new AssertionError("nobody runs it");
        }

        @Override
        public TrainingSession openForTraining(DeviceLease lease) {
            throw new AssertionError("nobody trains it");
        }
    }

    private static GnnModel model(long weights) {
        return new Weights(weights);
    }

    /** Makes the models of this world. */
    static final ModelArchitecture ARCHITECTURE = new ModelArchitecture() {
        @Override
        public String name() {
            return "gcn";
        }

        @Override
        public String description() {
            return "a seed";
        }

        @Override
        public OptionSchema<?> options() {
            throw new AssertionError("nobody asks");
        }

        @Override
        public GnnModel create(ModelShape shape, Map<String, String> options, long seed) {
            return model(seed);
        }

        @Override
        public GnnModel restore(ModelShape shape, Map<String, String> options, List<Parameter> parameters) {
            throw new AssertionError("nobody restores it");
        }
    };

    @Override
    public List<ExplainerEntry> explainers() {
        return explainers.keySet().stream().map(this::explainer).toList();
    }

    @Override
    public ExplainerEntry explainer(String name) {
        if (!explainers.containsKey(name)) {
            throw NotFoundException.of("explainer", name, explainers.keySet());
        }
        return new ExplainerEntry(
                new ExplainerInfo(name, name, name, "", Set.of(Task.NODE), Set.of(EdgeMaskSupport.MESSAGE)),
                List.of(option("strength"), option("cut")),
                "test 1");
    }

    private static OptionSpec option(String name) {
        return new OptionSpec(name, List.of(), OptionSpec.Type.NUMBER, "0", "", List.of(), name, "");
    }

    @Override
    public ExplanationResult explain(ExplanationRequest request, TaskMonitor monitor) {
        throw new AssertionError("input is loaded once");
    }

    @Override
    public ExplanationInput load(ExplanationRequest request, TaskMonitor monitor) {
        if (!request.model().equals("m")) {
            throw NotFoundException.of("model", request.model(), List.of("m"));
        }
        return input();
    }

    @Override
    public ExplanationResult explain(ExplanationRequest request, ExplanationInput input, TaskMonitor monitor) {
        explainer(request.explainer());
        explained.add(request);
        monitor.progress("explaining", 0, request.targets().size());
        long weights = ((Weights) input.model()).seed();
        List<Explanation> list = new ArrayList<>();
        for (int target : request.targets()) {
            ComputationGraph graph = ComputationGraph.of(dataset.graph(), target, 2);
            long seed = Seeds.derive(request.seed(), target);
            list.add(Explanation.of(
                    new ExplanationTarget(target, 1, 1, 1, new float[] {.2f, .8f}, seed),
                    graph,
                    explainers.get(request.explainer()).of(request, graph, Seeds.generator(seed), weights)));
        }
        return new ExplanationResult(
                list,
                new Provenance(
                        request.explainer(),
                        "test 1",
                        request.options(),
                        request.type(),
                        Task.NODE,
                        "m",
                        "gcn",
                        2,
                        input.description().weightsDigest(),
                        "ring",
                        Map.of(),
                        dataset.digest(),
                        request.seed(),
                        "cpu",
                        Map.of("aitia", "test"),
                        Instant.EPOCH),
                0.7 * request.targets().size(),
                new Cost(20L * list.size(), 10L * list.size(), 0, 0, 0));
    }

    @Override
    public List<MetricEntry> metrics() {
        return infos.keySet().stream().sorted().map(this::metric).toList();
    }

    @Override
    public MetricEntry metric(String name) {
        if (!infos.containsKey(name)) {
            throw NotFoundException.of("metric", name, infos.keySet());
        }
        return new MetricEntry(infos.get(name), List.of(option("scale")), "test 1");
    }

    @Override
    public List<Outcome> score(ScoreRequest request, TaskMonitor monitor) {
        scored.add(request);
        List<Outcome> outcomes = new ArrayList<>();
        for (Selection selection : request.metrics()) {
            String scale = selection.options().getOrDefault("scale", "1");
            if (Double.parseDouble(scale) <= 0) {
                throw new InvalidRequestException("option scale must be > 0, not " + scale);
            }
            outcomes.add(
                    selection.metric().equals("roc-auc")
                            ? new Outcome(selection, java.util.Optional.empty(), "data set 'ring' has no ground truth")
                            : new Outcome(
                                    selection,
                                    java.util.Optional.of(
                                            scores.get(selection.metric()).apply(request, selection.options())),
                                    ""));
        }
        return outcomes;
    }
}
