package org.aitia.shell.internal;

import ai.djl.Device;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.bench.BenchCell;
import org.aitia.api.bench.BenchRequest;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.bench.Benchmarks;
import org.aitia.api.bench.Suite;
import org.aitia.api.compare.CompareRequest;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.ComparisonWriter;
import org.aitia.api.compare.Comparisons;
import org.aitia.api.compare.Estimate;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.Score;
import org.aitia.api.compare.Setting;
import org.aitia.api.compare.Sweep;
import org.aitia.api.compare.SweepRequest;
import org.aitia.api.compare.Sweeps;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.dataset.Split;
import org.aitia.api.device.DeviceInfo;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.device.DeviceManager;
import org.aitia.api.device.LeaseInfo;
import org.aitia.api.device.LeaseRequest;
import org.aitia.api.explain.ExplainerInfo;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationInput;
import org.aitia.api.explain.ExplanationIo;
import org.aitia.api.explain.ExplanationRequest;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.explain.Explanations;
import org.aitia.api.explain.LearntWeights;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.explain.Provenance;
import org.aitia.api.explain.TrainedExplainer;
import org.aitia.api.explain.TrainedExplainers;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.aitia.api.metric.Metrics;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.Evaluation;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ImportReport;
import org.aitia.api.model.ImportRequest;
import org.aitia.api.model.ModelExchange;
import org.aitia.api.model.ModelInfo;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.ModelStore;
import org.aitia.api.model.PredictionRequest;
import org.aitia.api.model.Predictions;
import org.aitia.api.model.Predictor;
import org.aitia.api.model.StoredModel;
import org.aitia.api.model.Trainer;
import org.aitia.api.model.TrainingRequest;
import org.aitia.api.option.Option;
import org.aitia.api.option.OptionSchema;
import org.aitia.api.option.OptionSpec;
import org.aitia.api.render.DatasetRenderer;
import org.aitia.api.render.RenderRequest;
import org.aitia.api.render.Renderer;

/** Services that keep their promises, over graphs of a few nodes, without a tensor. */
public final class TinyWorld {
    private static final Instant THEN = Instant.parse("2026-11-20T10:15:30Z");

    /** How an edge mask is tied. */
    public enum Tie {
        NONE,
        UNDIRECTED
    }

    /** Options of the explainer. */
    public record ExplainerOptions(
            @Option(
                    description = "optimisation steps",
                    defaultValue = "100",
                    min = 1,
                    aliases = "num_epochs",
                    source = "PyG")
            int epochs,

            @Option(description = "learning rate of Adam", defaultValue = "0.01", min = 0, minExclusive = true)
            double lr,

            @Option(description = "which edges share a parameter", defaultValue = "none")
            Tie tie,

            @Option(description = "coefficient of size", defaultValue = "0.005")
            double edgeSize,

            @Option(description = "coefficient of entropy", defaultValue = "1")
            double edgeEnt) {}

    /** Options of the architecture. */
    public record ArchitectureOptions(
            @Option(description = "width of hidden layers", defaultValue = "16", min = 1)
            int hidden,

            @Option(description = "number of layers", defaultValue = "2", min = 1)
            int layers,

            @Option(description = "concatenate the outputs of all layers", defaultValue = "false")
            boolean concat) {}

    /** Options of the trainer. */
    public record TrainerOptions(
            @Option(description = "passes over the data", defaultValue = "200", min = 1)
            int epochs,

            @Option(description = "learning rate", defaultValue = "0.01")
            double lr) {}

    /** Options of the generated data set. */
    public record DataOptions(
            @Option(description = "random seed", defaultValue = "0")
            long seed) {}

    static final OptionSchema<ExplainerOptions> EXPLAINER = OptionSchema.of(ExplainerOptions.class);
    static final OptionSchema<DataOptions> DATA = OptionSchema.of(DataOptions.class);

    public final List<TrainingRequest> trainings = new ArrayList<>();
    public final List<ExplanationRequest> requests = new ArrayList<>();
    public final List<RenderRequest> rendered = new ArrayList<>();
    public final List<PredictionRequest> predictions = new ArrayList<>();
    public final List<ImportRequest> imports = new ArrayList<>();
    public final List<Path> read = new ArrayList<>();
    public final List<String> refreshed = new ArrayList<>();
    /** What verification finds of the data set that has files. */
    public List<Datasets.FileCheck> checks = List.of();

    /** When set, explaining waits for it, or for being cancelled. */
    public volatile Optional<CountDownLatch> gate = Optional.empty();
    /** Counted down when explaining has begun. */
    public final CountDownLatch explaining = new CountDownLatch(1);

    public double testAccuracy = 0.9;

    private final Map<String, Dataset> data = new TreeMap<>();
    private final Map<String, StoredModel> stored = new TreeMap<>();

    TinyWorld() {
        data.put("chain", chain());
        data.put("pairs", pairs());
        data.put("ba-shapes", ring());
        stored.put("chain-gcn", model("chain-gcn", "chain", Task.NODE));
        stored.put("pairs-gcn", model("pairs-gcn", "pairs", Task.GRAPH));
    }

    /** Adds a data set of candidate links and a model for it. */
    public void befriend() {
        data.put("friends", friends(""));
        stored.put("friends-gcn", model("friends-gcn", "friends", Task.LINK));
    }

    /** Adds a data set of which no class is known. */
    public void addUnlabelled() {
        Graph graph = Graph.builder(2)
                .undirectedEdge(0, 1)
                .features(DenseFeatures.constant(2, 3, 1))
                .build();
        data.put(
                "strangers",
                Dataset.builder(info("strangers", "Two people", Task.NODE, true))
                        .graph(graph)
                        .build());
    }

    /** Six named nodes in a row, two classes with names, three features with names. */
    private static Dataset chain() {
        GraphBuilder graph = Graph.builder(6).nodeNames(List.of("Ann", "Bob", "Cid", "Dot", "Eve", "Fay"));
        for (int v = 0; v < 5; v++) {
            graph.undirectedEdge(v, v + 1);
        }
        graph.labels(new int[] {0, 0, 1, 1, 0, -1});
        graph.features(
                DenseFeatures.of(new float[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}}));
        BitSet some = new BitSet();
        some.set(0, 4);
        return Dataset.builder(info("chain", "Six people", Task.NODE, true))
                .graph(graph.build())
                .classNames(List.of("quiet", "loud"))
                .featureNames(List.of("age", "height", "weight"))
                .split("public", new Split(new int[] {0, 1, 2}, new int[] {3}, new int[] {4, 5}))
                .groundTruth(truth(some))
                .suggestedTargets("0..5:2")
                .build();
    }

    /** Who of the six may know whom, and what else is asked for. */
    private static Dataset friends(String candidates) {
        Dataset chain = chain();
        List<int[]> links = new ArrayList<>(List.of(new int[] {0, 1, 1}, new int[] {0, 5, 0}));
        for (String pair : candidates.isEmpty() ? new String[0] : candidates.split(",")) {
            String[] ends = pair.split("-");
            links.add(new int[] {Integer.parseInt(ends[0]), Integer.parseInt(ends[1]), -1});
        }
        return Dataset.builder(info("friends", "Who knows whom", Task.LINK, true))
                .graph(chain.graph())
                .links(column(links, 0), column(links, 1), column(links, 2))
                .classNames(List.of("no link", "link"))
                .build();
    }

    private static int[] column(List<int[]> rows, int column) {
        return rows.stream().mapToInt(row -> row[column]).toArray();
    }

    /** Three graphs of two or three nodes. */
    private static Dataset pairs() {
        List<Graph> graphs = IntStream.of(2, 3, 2)
                .mapToObj(n -> Graph.builder(n)
                        .undirectedEdge(0, 1)
                        .features(DenseFeatures.constant(n, 1, 1))
                        .build())
                .toList();
        return Dataset.builder(info("pairs", "Three graphs", Task.GRAPH, false))
                .graphs(graphs, new int[] {0, 1, 0})
                .classes(2)
                .build();
    }

    /** As many nodes as the demonstration needs. */
    private static Dataset ring() {
        GraphBuilder graph = Graph.builder(700).labels(new int[700]);
        for (int v = 0; v < 700; v++) {
            graph.undirectedEdge(v, (v + 1) % 700);
        }
        graph.features(DenseFeatures.constant(700, 10, 1));
        return Dataset.builder(info("ba-shapes", "BA-Shapes", Task.NODE, true))
                .graph(graph.build())
                .classes(4)
                .groundTruth(truth(new BitSet()))
                .build();
    }

    private static GroundTruth truth(BitSet set) {
        return new GroundTruth() {
            @Override
            public BitSet edges(int graph) {
                return (BitSet) set.clone();
            }

            @Override
            public BitSet nodes(int graph) {
                return (BitSet) set.clone();
            }

            @Override
            public List<Alternative> alternatives(int target) {
                return List.of();
            }
        };
    }

    private static DatasetInfo info(String name, String title, Task task, boolean generated) {
        return new DatasetInfo(
                name, title, "Made for tests.", task, "made here", "Nobody, 2026", "public domain", generated);
    }

    private StoredModel model(String name, String dataset, Task task) {
        Dataset d = data.get(dataset);
        return new StoredModel(
                name,
                new ModelInfo(
                        "gcn",
                        new ModelShape(task, d.featureCount(), d.classCount()),
                        Map.of("hidden", "16"),
                        1,
                        EdgeMaskSupport.MESSAGE),
                dataset,
                Map.of(),
                d.digest(),
                Map.of("epochs", "200"),
                7,
                new TreeMap<>(Map.of(
                        "trainAccuracy",
                        1.0,
                        "valAccuracy",
                        Double.NaN,
                        "testAccuracy",
                        testAccuracy,
                        "seconds",
                        1.5,
                        "epochs",
                        200.0)),
                "sha256:00",
                THEN,
                Map.of("aitia", "1.2.3"));
    }

    final Datasets datasets = new Datasets() {
        @Override
        public List<DatasetEntry> list() {
            return data.values().stream().map(d -> entry(d)).toList();
        }

        @Override
        public DatasetEntry find(String name) {
            return entry(get(name));
        }

        @Override
        public Dataset load(String name, Map<String, String> options, TaskMonitor monitor) {
            DATA.parse(options.entrySet().stream()
                    .filter(option -> !option.getKey().equals("candidates"))
                    .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
            if (name.equals("friends")) {
                return friends(options.getOrDefault("candidates", ""));
            }
            monitor.progress("loading " + name, 0, -1);
            return get(name);
        }

        @Override
        public List<FileCheck> verify(String name, TaskMonitor monitor) {
            return name.equals("pairs") ? checks : List.of();
        }

        @Override
        public void refresh(String name, TaskMonitor monitor) {
            refreshed.add(name);
        }

        private Dataset get(String name) {
            if (!data.containsKey(name)) {
                throw NotFoundException.of("data set", name, data.keySet());
            }
            return data.get(name);
        }

        private DatasetEntry entry(Dataset dataset) {
            List<OptionSpec> options = dataset.info().generated() ? DATA.specs() : List.of();
            return new DatasetEntry(dataset.info(), options, "test.data 1.0.0");
        }
    };

    final ModelStore models = new ModelStore() {
        @Override
        public List<StoredModel> list() {
            return List.copyOf(stored.values());
        }

        @Override
        public StoredModel find(String name) {
            if (!stored.containsKey(name)) {
                throw NotFoundException.of("model", name, stored.keySet());
            }
            return stored.get(name);
        }

        @Override
        public GnnModel load(String name) {
            throw new UnsupportedOperationException("the shell needs no weights");
        }

        @Override
        public StoredModel save(StoredModel description, GnnModel model) {
            throw new UnsupportedOperationException("the shell saves no models");
        }

        @Override
        public StoredModel rename(String from, String to) {
            StoredModel m = find(from);
            StoredModel renamed = model(to, m.dataset(), m.info().shape().task());
            stored.remove(from);
            stored.put(to, renamed);
            return renamed;
        }

        @Override
        public void remove(String name) {
            find(name);
            stored.remove(name);
        }
    };

    final Predictor predictor = new Predictor() {
        @Override
        public Predictions predict(PredictionRequest request, TaskMonitor monitor) {
            predictions.add(request);
            StoredModel model = models.find(request.model());
            Dataset dataset =
                    datasets.load(request.dataset().orElse(model.dataset()), request.datasetOptions(), monitor);
            int[] instances = request.instances()
                    .orElseGet(() -> IntStream.range(0, dataset.instanceCount()).toArray());
            float[][] logits = new float[instances.length][model.info().shape().classes()];
            for (float[] row : logits) {
                row[0] = (float) Math.log(3);
            }
            return new Predictions(model, dataset, instances, logits);
        }

        @Override
        public Map<String, Evaluation> evaluate(
                PredictionRequest request, Optional<String> split, TaskMonitor monitor) {
            models.find(request.model());
            Map<String, Evaluation> parts = new LinkedHashMap<>();
            parts.put("train", new Evaluation(3, 0.5, 2 / 3.0, 0.4, Double.NaN, new long[][] {{2, 0}, {1, 0}}));
            parts.put("test", new Evaluation(2, 0.25, 1, 1, 0.875, new long[][] {{1, 0}, {0, 1}}));
            return parts;
        }
    };

    final ModelExchange exchange = new ModelExchange() {
        @Override
        public ImportReport importModel(ImportRequest request, TaskMonitor monitor) {
            imports.add(request);
            StoredModel model = model(request.name(), request.dataset().orElse("chain"), request.task());
            stored.put(request.name(), model);
            return new ImportReport(model, List.of("It looks 2 hops far.", "Edges are masked by their weight."));
        }

        @Override
        public void exportModel(String model, Path file, TaskMonitor monitor) {
            try {
                Files.writeString(file, "torchscript of " + model);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    final DatasetRenderer datasetRenderer = new DatasetRenderer() {
        @Override
        public List<String> pictures(Dataset dataset) {
            return List.of("degrees", "graph");
        }

        @Override
        public List<String> formats() {
            return List.of("svg", "png");
        }

        @Override
        public void render(String picture, Dataset dataset, String format, OutputStream out) throws IOException {
            out.write((picture + " of " + dataset.info().name()).getBytes(StandardCharsets.UTF_8));
        }
    };

    final Trainer trainer = new Trainer() {
        @Override
        public List<ArchitectureEntry> architectures() {
            return List.of(new ArchitectureEntry(
                    "gcn",
                    "Graph convolutional network.",
                    OptionSchema.of(ArchitectureOptions.class).specs(),
                    "test.models 1.0.0"));
        }

        @Override
        public List<OptionSpec> options() {
            return OptionSchema.of(TrainerOptions.class).specs();
        }

        @Override
        public StoredModel train(TrainingRequest request, TaskMonitor monitor) {
            trainings.add(request);
            datasets.find(request.dataset());
            monitor.progress("epoch", 200, 200);
            String name = request.name().orElse(request.dataset() + "-" + request.architecture());
            StoredModel model = model(
                    name, request.dataset(), data.get(request.dataset()).info().task());
            stored.put(name, model);
            return model;
        }
    };

    final Explanations explanations = new Explanations() {
        @Override
        public List<ExplainerEntry> explainers() {
            return List.of(explainer("gnnexplainer"));
        }

        @Override
        public ExplainerEntry explainer(String name) {
            if (!name.equals("gnnexplainer")) {
                throw NotFoundException.of("explainer", name, List.of("gnnexplainer"));
            }
            return new ExplainerEntry(
                    new ExplainerInfo(
                            "gnnexplainer",
                            "GNNExplainer",
                            "Learns masks.",
                            "Ying et al. 2019",
                            Set.of(Task.NODE, Task.GRAPH),
                            Set.of(EdgeMaskSupport.MESSAGE)),
                    EXPLAINER.specs(),
                    "test.explainer 2.0.0");
        }

        @Override
        public ExplanationInput load(ExplanationRequest request, TaskMonitor monitor) {
            throw new UnsupportedOperationException("the shell loads no models");
        }

        @Override
        public ExplanationResult explain(ExplanationRequest request, ExplanationInput input, TaskMonitor monitor) {
            throw new UnsupportedOperationException("the shell holds no models");
        }

        @Override
        public ExplanationResult explain(ExplanationRequest request, TaskMonitor monitor) {
            requests.add(request);
            EXPLAINER.parse(request.options());
            explaining.countDown();
            while (gate.isPresent() && gate.get().getCount() > 0) {
                monitor.checkCancelled();
                Thread.onSpinWait();
            }
            StoredModel model = models.find(request.model());
            Dataset dataset =
                    datasets.load(request.dataset().orElse(model.dataset()), request.datasetOptions(), monitor);
            List<Integer> targets = request.targets().isEmpty()
                    ? IntStream.range(0, dataset.instanceCount()).boxed().toList()
                    : request.targets();
            monitor.progress("explaining", targets.size(), targets.size());
            return new ExplanationResult(
                    targets.stream().map(t -> explanation(t, dataset)).toList(),
                    new Provenance(
                            request.explainer(),
                            "test.explainer 2.0.0",
                            request.options(),
                            request.type(),
                            dataset.info().task(),
                            model.name(),
                            "gcn",
                            1,
                            model.weightsDigest(),
                            dataset.info().name(),
                            Map.of(),
                            dataset.digest(),
                            request.seed(),
                            "cpu",
                            Map.of(),
                            THEN),
                    0.5);
        }
    };

    /** The predicted class is 0; importance falls in the order of edges and nodes. */
    private static Explanation explanation(int target, Dataset dataset) {
        boolean whole = dataset.info().task() == Task.GRAPH;
        ComputationGraph graph =
                switch (dataset.info().task()) {
                    case GRAPH -> ComputationGraph.whole(dataset.graphs().get(target));
                    case NODE -> ComputationGraph.of(dataset.graph(), target, 1);
                    case LINK ->
                        ComputationGraph.ofLink(
                                dataset.graph(), dataset.linkSource(target), dataset.linkTarget(target), 1);
                };
        float[] edges = new float[graph.edgeCount()];
        for (int e = 0; e < edges.length; e++) {
            edges[e] = 1 - (e + 1) / (edges.length + 1f);
        }
        FeatureMaskType type = whole ? FeatureMaskType.NODE : FeatureMaskType.NODE_FEATURE;
        int columns = whole ? 1 : dataset.featureCount();
        float[] features = new float[graph.nodeCount() * columns];
        for (int i = 0; i < features.length; i++) {
            features[i] = 0.5f / (i + 1);
        }
        float[] probabilities = new float[Math.max(2, dataset.classCount())];
        probabilities[0] = 0.75f;
        probabilities[1] = 0.25f;
        return Explanation.of(
                new ExplanationTarget(target, 0, 0, dataset.label(target), probabilities, target),
                graph,
                new MaskValues(edges, type, features, Map.of("loss", 0.1)));
    }

    final ExplanationIo explanationIo = new ExplanationIo() {
        @Override
        public void write(ExplanationResult result, OutputStream out) throws IOException {
            String json = "{\"explanations\": ["
                    + "{}, ".repeat(result.explanations().size() - 1) + "{}],"
                    + " \"seconds\": " + result.seconds() + ", \"secondsPerTarget\": " + result.secondsPerTarget()
                    + ", \"provenance\": {}}";
            out.write(json.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void write(ExplanationResult result, Path file) {
            try (OutputStream out = Files.newOutputStream(file)) {
                write(result, out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public ExplanationResult read(Path file) {
            read.add(file);
            return explanations.explain(
                    ExplanationRequest.of("chain-gcn", "gnnexplainer", List.of(1), 0), TaskMonitor.NONE);
        }
    };

    final DeviceManager devices = new DeviceManager() {
        @Override
        public List<DeviceInfo> devices() {
            return List.of(new DeviceInfo("cpu", Device.cpu(), "Test processor", 2, 1, 4L << 30, 1L << 30, 3));
        }

        @Override
        public List<LeaseInfo> leases() {
            return List.of(new LeaseInfo("lease-1", "cpu", "explain chain-gcn", 1L << 30, THEN));
        }

        @Override
        public DeviceLease acquire(LeaseRequest request, TaskMonitor monitor) {
            throw new UnsupportedOperationException("the shell computes nothing");
        }
    };

    final Metrics metrics = new Metrics() {
        private final MetricEntry rocAuc = new MetricEntry(
                new MetricInfo(
                        "roc-auc",
                        "ROC-AUC",
                        "Always 0.96.",
                        "Ying et al. 2019",
                        MetricInfo.Better.HIGHER,
                        Set.of(MetricInfo.Need.GROUND_TRUTH),
                        Set.of(Task.values())),
                List.of(),
                "test.evaluation 1.0.0");

        @Override
        public List<MetricEntry> metrics() {
            return List.of(rocAuc);
        }

        @Override
        public MetricEntry metric(String name) {
            if (!name.equals("roc-auc")) {
                throw NotFoundException.of("metric", name, List.of("roc-auc"));
            }
            return rocAuc;
        }

        @Override
        public List<Outcome> score(ScoreRequest request, TaskMonitor monitor) {
            if (datasets.load(request.result().provenance().dataset(), Map.of(), monitor)
                    .groundTruth()
                    .isEmpty()) {
                throw new InvalidRequestException("no ground truth");
            }
            return request.metrics().stream()
                    .map(selection ->
                            new Outcome(selection, Optional.of(new MetricScore("roc-auc", 0.96, new double[0])), ""))
                    .toList();
        }
    };

    final Map<String, TrainedExplainer> trained = new TreeMap<>();

    final TrainedExplainers trainedExplainers = new TrainedExplainers() {
        @Override
        public TrainedExplainer train(String name, ExplanationRequest request, TaskMonitor monitor) {
            requests.add(request);
            StoredModel model = models.find(request.model());
            String stored = name.isEmpty() ? request.model() + "-" + request.explainer() : name;
            TrainedExplainer result = new TrainedExplainer(
                    stored,
                    request.explainer(),
                    "test.explainer 2.0.0",
                    request.type(),
                    request.model(),
                    model.weightsDigest(),
                    model.dataset(),
                    model.datasetOptions(),
                    model.datasetDigest(),
                    request.targets(),
                    request.seed(),
                    new LearntWeights(Map.of("epochs", "30"), List.of(), Map.of("loss", 0.25)),
                    "sha256:0123",
                    THEN,
                    Map.of());
            trained.put(stored, result);
            return result;
        }

        @Override
        public List<TrainedExplainer> list() {
            return List.copyOf(trained.values());
        }

        @Override
        public TrainedExplainer find(String name) {
            if (!trained.containsKey(name)) {
                throw NotFoundException.of("trained explainer", name, trained.keySet());
            }
            return trained.get(name);
        }

        @Override
        public void remove(String name) {
            find(name);
            trained.remove(name);
        }
    };

    public final List<CompareRequest> comparisons = new ArrayList<>();
    public final List<Comparisons.ScoringRequest> scorings = new ArrayList<>();
    public final List<SweepRequest> sweeps = new ArrayList<>();

    private static Setting setting() {
        return new Setting(
                "chain-gcn",
                "gcn",
                "sha256:00",
                Task.NODE,
                "chain",
                Map.of(),
                "sha256:01",
                ExplanationType.MODEL,
                List.of(),
                List.of(0L),
                0.95,
                "cpu",
                Map.of(),
                THEN);
    }

    final Comparisons comparing = new Comparisons() {
        private final Comparison empty =
                new Comparison(setting(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), 0.5);

        @Override
        public Comparison compare(CompareRequest request, TaskMonitor monitor) {
            comparisons.add(request);
            return empty;
        }

        @Override
        public Comparison compare(CompareRequest request, ExplanationInput input, TaskMonitor monitor) {
            throw new UnsupportedOperationException("the shell holds no models");
        }

        @Override
        public Comparison score(ScoringRequest request, TaskMonitor monitor) {
            scorings.add(request);
            return empty;
        }

        @Override
        public Comparison join(List<Comparison> parts, List<String> baselines, double confidence) {
            throw new UnsupportedOperationException("the shell joins nothing");
        }
    };

    final Sweeps sweeping = new Sweeps() {
        @Override
        public Sweep sweep(SweepRequest request, TaskMonitor monitor) {
            sweeps.add(request);
            return new Sweep(
                    setting(),
                    request.explainer(),
                    request.axes(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    0.5);
        }

        @Override
        public Sweep sweep(SweepRequest request, ExplanationInput input, TaskMonitor monitor) {
            throw new UnsupportedOperationException("the shell holds no models");
        }
    };

    final ComparisonWriter comparisonWriter = new ComparisonWriter() {
        @Override
        public List<String> formats() {
            return List.of("txt", "md", "csv", "json");
        }

        @Override
        public void write(Comparison comparison, String format, OutputStream out) throws IOException {
            out.write(("comparison as " + format + "\n").getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void write(Sweep sweep, String format, OutputStream out) throws IOException {
            out.write(("sweep as " + format + "\n").getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void write(Comparison comparison, Path file) {
            throw new UnsupportedOperationException("the shell writes files itself");
        }

        @Override
        public void write(Sweep sweep, Path file) {
            throw new UnsupportedOperationException("the shell writes files itself");
        }

        @Override
        public Comparison read(String json) {
            throw new UnsupportedOperationException("the shell reads no comparisons");
        }
    };

    public final List<BenchRequest> benches = new ArrayList<>();
    public final List<BenchResult.Failure> benchFailures = new ArrayList<>();
    public double benchScore = 0.9;
    public String benchRowFailure = "";

    /** One suite, of one cell with a goal of 0.8. */
    final Benchmarks benchmarks = new Benchmarks() {
        private static final String COLUMN = "roc-auc";

        private final Suite.Goal goal = new Suite.Goal(
                List.of("ig"),
                List.of("chain"),
                List.of("plain"),
                List.of(ExplanationType.MODEL),
                false,
                COLUMN,
                Optional.of(0.8),
                Optional.empty(),
                0,
                "");

        private Suite tiny(String name) {
            return new Suite(
                    name,
                    "A tiny suite",
                    "",
                    0.95,
                    List.of(new Suite.Data("chain", "Chain", "chain", Map.of(), "all", Optional.empty(), List.of())),
                    List.of(new Suite.Model("plain", "Plain", "", new Suite.Recipe("gcn", Map.of(), 0), Map.of())),
                    List.of(new Suite.Contender(
                            "ig", "IG", "ig", Map.of(), OptionalInt.empty(), Optional.empty(), Map.of())),
                    List.of(new Suite.Study(
                            "main",
                            "Main",
                            "",
                            List.of("chain"),
                            List.of("plain"),
                            List.of(ExplanationType.MODEL),
                            List.of("ig"),
                            List.of(),
                            List.of(),
                            COLUMN,
                            1,
                            Optional.empty(),
                            List.of(goal))),
                    "title: A tiny suite\n");
        }

        @Override
        public List<Suite> suites() {
            return List.of(tiny("tiny"));
        }

        @Override
        public Suite suite(String name) {
            if (!name.equals("tiny")) {
                throw NotFoundException.of("suite", name, List.of("tiny"));
            }
            return tiny(name);
        }

        @Override
        public Suite read(Path file) {
            read.add(file);
            return tiny("mine");
        }

        @Override
        public List<BenchCell> plan(BenchRequest request) {
            return List.of(new BenchCell("main", "chain", "plain", ExplanationType.MODEL, "ig", 0, Map.of(), false));
        }

        @Override
        public BenchResult run(BenchRequest request, TaskMonitor monitor) {
            benches.add(request);
            Estimate estimate = new Estimate(benchScore, 0.02, benchScore - 0.015, benchScore + 0.015, 3);
            Row row = new Row(
                    "ig",
                    "ig",
                    Map.of(),
                    Row.Role.CONTESTANT,
                    List.of(new Score(COLUMN, estimate, Optional.empty(), List.of(), "")),
                    benchRowFailure);
            Comparison comparison =
                    new Comparison(setting(), List.of(), List.of(row), List.of(), List.of(), List.of(), List.of(), 0.5);
            return new BenchResult(
                    request,
                    List.of(new BenchResult.Table(
                            "main", "chain", "plain", ExplanationType.MODEL, comparison, List.of())),
                    List.of(),
                    List.of(),
                    List.of(new BenchResult.Reached(
                            "main",
                            goal,
                            "chain",
                            "plain",
                            ExplanationType.MODEL,
                            Optional.of("ig"),
                            benchScore,
                            0.8,
                            benchScore >= 0.8)),
                    benchFailures,
                    3,
                    2,
                    61,
                    90,
                    THEN,
                    "cpu",
                    2,
                    Map.of(),
                    List.of(request.directory().resolve("report.html")));
        }
    };

    final List<Renderer> renderers =
            List.of(new TinyRenderer("html", true), new TinyRenderer("svg", false), new TinyRenderer("png", false));

    /** Writes its format and the number of explanations. */
    private final class TinyRenderer implements Renderer {
        private final String format;
        private final boolean several;

        TinyRenderer(String format, boolean several) {
            this.format = format;
            this.several = several;
        }

        @Override
        public String format() {
            return format;
        }

        @Override
        public String description() {
            return "Nothing to look at.";
        }

        @Override
        public boolean holdsSeveral() {
            return several;
        }

        @Override
        public void render(RenderRequest request, OutputStream out) throws IOException {
            rendered.add(request);
            out.write((format + " of " + request.result().explanations().size()).getBytes(StandardCharsets.UTF_8));
        }
    }
}
