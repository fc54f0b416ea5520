package org.aitia.models.internal.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.Seeds;
import org.aitia.api.StorageException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ImportReport;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.Parameter;
import org.aitia.api.model.PreparedBatch;
import org.aitia.api.model.StoredModel;
import org.aitia.models.internal.Architectures;
import org.aitia.models.internal.CpuLease;
import org.aitia.models.internal.appnp.AppnpArchitecture;
import org.aitia.models.internal.appnp.SgcArchitecture;
import org.aitia.models.internal.cheb.ChebArchitecture;
import org.aitia.models.internal.cheb.TagArchitecture;
import org.aitia.models.internal.gat.GatArchitecture;
import org.aitia.models.internal.gat.GatV2Architecture;
import org.aitia.models.internal.gcn.GcnArchitecture;
import org.aitia.models.internal.gin.GinArchitecture;
import org.aitia.models.internal.sage.GraphConvArchitecture;
import org.aitia.models.internal.sage.SageArchitecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every architecture is written as TorchScript that gives the same logits, here and in PyTorch. */
class ExportTest {
    private static final int FEATURES = 5;
    private static final int CLASSES = 3;
    private static final double TOLERANCE = 1e-5;

    private static final ModelArchitecture[] ARCHITECTURES = {
        new GcnArchitecture(),
        new GatArchitecture(),
        new GatV2Architecture(),
        new SageArchitecture(),
        new GraphConvArchitecture(),
        new GinArchitecture(),
        new ChebArchitecture(),
        new TagArchitecture(),
        new AppnpArchitecture(),
        new SgcArchitecture(),
        new TorchScriptArchitecture()
    };

    @TempDir
    Path root;

    /** An architecture with options, for a task. */
    record Variant(ModelArchitecture architecture, Map<String, String> options, Task task) {
        @Override
        public String toString() {
            return architecture.name() + " " + options + " " + task;
        }
    }

    private static void add(List<Variant> variants, ModelArchitecture architecture, String... options) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            map.put(options[i], options[i + 1]);
        }
        for (Task task : Task.values()) {
            variants.add(new Variant(architecture, map, task));
        }
    }

    static Stream<Variant> variants() {
        List<Variant> variants = new ArrayList<>();
        GcnArchitecture gcn = new GcnArchitecture();
        add(variants, gcn);
        add(variants, gcn, "layers", "3", "concat", "true", "l2Normalize", "true", "pooling", "max-mean");
        add(variants, gcn, "batchNorm", "true", "normalization", "none", "pooling", "max-sum", "decoder", "hadamard");
        add(variants, gcn, "selfLoops", "false", "activation", "elu", "pooling", "sum", "decoder", "concat");
        add(variants, gcn, "normalization", "none", "selfLoops", "true", "activation", "leaky-relu", "pooling", "max");
        add(variants, gcn, "activation", "gelu", "bias", "false");
        add(variants, gcn, "activation", "sigmoid");
        add(variants, gcn, "activation", "tanh");
        for (ModelArchitecture gat : List.of(new GatArchitecture(), new GatV2Architecture())) {
            add(variants, gat, "heads", "3", "hidden", "4");
            add(variants, gat, "heads", "2", "headMerge", "mean,mean", "residual", "true", "selfLoops", "false");
            add(variants, gat, "bias", "false", "outHeads", "2", "heads", "2");
        }
        for (String aggregator : List.of("mean", "max", "sum")) {
            add(variants, new SageArchitecture(), "aggregator", aggregator);
            add(variants, new GraphConvArchitecture(), "aggregator", aggregator);
        }
        add(variants, new SageArchitecture(), "project", "true", "normalize", "true", "rootWeight", "false");
        add(variants, new GinArchitecture());
        add(variants, new GinArchitecture(), "batchNorm", "true", "mlpLayers", "3", "eps", "0.3");
        add(variants, new ChebArchitecture());
        add(variants, new ChebArchitecture(), "k", "4", "bias", "false");
        add(variants, new TagArchitecture());
        add(variants, new AppnpArchitecture());
        add(variants, new SgcArchitecture());
        return variants.stream();
    }

    // --- models and graphs ----------------------------------------------------------------------------------------

    /** A model none of whose parameters is at its start, where constants are 0. */
    private static GnnModel model(Variant variant) {
        int classes = variant.task() == Task.LINK ? 2 : CLASSES;
        ModelShape shape = new ModelShape(variant.task(), FEATURES, classes);
        GnnModel fresh = variant.architecture().create(shape, variant.options(), 11);
        RandomGenerator random = Seeds.generator(5);
        List<Parameter> moved = new ArrayList<>();
        for (Parameter p : fresh.parameters()) {
            float[] values = p.values();
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) (0.3 * random.nextDouble());
            }
            moved.add(new Parameter(p.name(), p.shape(), values, p.isTrainable()));
        }
        return variant.architecture().restore(shape, variant.options(), moved);
    }

    /** Weighted, with self-loops, a node without edges and one without in-edges. */
    private static Graph graph(int nodes, long seed) {
        RandomGenerator random = Seeds.generator(seed);
        float[][] x = new float[nodes][FEATURES];
        for (float[] row : x) {
            for (int f = 0; f < FEATURES; f++) {
                row[f] = (float) random.nextGaussian();
            }
        }
        GraphBuilder builder = Graph.builder(nodes).features(DenseFeatures.of(x));
        boolean[] taken = new boolean[nodes * nodes];
        for (int i = 0; i < 3 * nodes; i++) {
            int source = 1 + random.nextInt(nodes - 1);
            int target = 2 + random.nextInt(nodes - 2);
            if (!taken[source * nodes + target]) {
                taken[source * nodes + target] = true;
                builder.edge(source, target, (float) (0.5 + random.nextDouble()));
            }
        }
        if (!taken[3 * nodes + 3]) {
            builder.edge(3, 3, 0.7f);
        }
        return builder.build();
    }

    private static GraphBatch batch(Task task) {
        return switch (task) {
            case NODE -> GraphBatch.whole(graph(30, 1));
            case LINK -> GraphBatch.wholeWithLinks(graph(30, 1), new int[] {0, 3, 7}, new int[] {5, 4, 2});
            case GRAPH ->
                GraphBatch.of(List.of(ComputationGraph.whole(graph(30, 1)), ComputationGraph.whole(graph(12, 2))));
        };
    }

    private static float[] logits(GnnModel model, GraphBatch batch) {
        try (DeviceLease lease = new CpuLease();
                ModelSession session = model.open(lease);
                PreparedBatch prepared = session.prepare(batch);
                TensorScope scope = lease.engine().openScope()) {
            NDArray logits = session.forward(prepared, Masks.NONE);
            return logits.toFloatArray();
        }
    }

    private static StoredModel described(String name, GnnModel model) {
        return new StoredModel(
                name, model.info(), "", Map.of(), "", Map.of(), 0, Map.of(), "", Instant.EPOCH, Map.of());
    }

    private static void assertClose(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i])
                    .as("logit %d", i)
                    .isCloseTo(expected[i], within(TOLERANCE * Math.max(1, Math.abs(expected[i]))));
        }
    }

    // --- round trips ----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("variants")
    void anExportedModuleGivesTheSameLogitsWithMasksToo(Variant variant) {
        GnnModel model = model(variant);
        byte[] module;
        try (DeviceLease lease = new CpuLease()) {
            module = lease.engine().packTorchScript(model.torchScript().orElseThrow());
        }
        String arguments =
                switch (variant.task()) {
                    case NODE -> "x,edge-index,edge-weight,edge-mask";
                    case GRAPH -> "x,edge-index,edge-weight,batch,edge-mask";
                    case LINK -> "x,edge-index,edge-label-index,edge-weight,edge-mask";
                };
        GnnModel loaded = new TorchScriptArchitecture()
                .restore(
                        model.info().shape(),
                        Map.of("arguments", arguments),
                        List.of(),
                        Map.of(TorchScriptArchitecture.MODULE, module));
        assertClose(logits(loaded, batch(variant.task())), logits(model, batch(variant.task())));
        assertClose(masked(loaded, batch(variant.task())), masked(model, batch(variant.task())));
    }

    /** Logits with each edge masked in another way. */
    private static float[] masked(GnnModel model, GraphBatch batch) {
        float[] mask = new float[batch.edgeCount()];
        for (int e = 0; e < mask.length; e++) {
            mask[e] = (e % 5) / 4f;
        }
        try (DeviceLease lease = new CpuLease();
                ModelSession session = model.open(lease);
                PreparedBatch prepared = session.prepare(batch);
                TensorScope scope = lease.engine().openScope()) {
            NDArray edges = lease.manager().create(mask);
            return session.forward(prepared, Masks.ofEdges(edges)).toFloatArray();
        }
    }

    /** One of each architecture and task. */
    static Stream<Variant> defaults() {
        List<Variant> variants = new ArrayList<>();
        for (ModelArchitecture architecture : ARCHITECTURES) {
            if (!(architecture instanceof TorchScriptArchitecture)) {
                add(variants, architecture);
            }
        }
        return variants.stream();
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void anExportedModelIsImportedWithTheSameLogits(Variant variant) {
        Exchange e = new Exchange(root, Architectures.of(ARCHITECTURES));
        GnnModel model = model(variant);
        e.store.save(described("own", model), model);
        Path file = root.resolve("own.pt");
        e.exchange.exportModel("own", file, TaskMonitor.NONE);
        ImportReport report = e.exchange.importModel(Exchange.request(file, variant.task()), TaskMonitor.NONE);
        assertThat(report.model().info().shape()).isEqualTo(model.info().shape());
        assertThat(report.model().info().edgeMasks()).isEqualTo(EdgeMaskSupport.MESSAGE);
        assertClose(logits(e.imported(), batch(variant.task())), logits(model, batch(variant.task())));
    }

    @Test
    void anImportedModelIsExportedAsItsOwnFile() throws IOException {
        Exchange e = new Exchange(root);
        e.importModule("gcn.pt", Task.NODE);
        Path file = root.resolve("again.pt");
        e.exchange.exportModel("imported", file, TaskMonitor.NONE);
        assertThat(Files.readAllBytes(file)).isEqualTo(Files.readAllBytes(Exchange.module("gcn.pt")));
    }

    @Test
    void whatCannotBeWrittenIsRefusedInOneLine() {
        Exchange e = new Exchange(root, Architectures.of(ARCHITECTURES));
        GnnModel edges = new GatArchitecture()
                .create(new ModelShape(Task.NODE, FEATURES, CLASSES, 2), Map.of("edgeFeatures", "true"), 1);
        e.store.save(described("edges", edges), edges);
        assertThatThrownBy(() -> e.exchange.exportModel("edges", root.resolve("x.pt"), TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("model 'edges' of architecture 'gat' cannot be written as TorchScript")
                .hasMessageContaining("train it with edgeFeatures=false");
        assertThatThrownBy(() -> e.exchange.exportModel("none", root.resolve("x.pt"), TaskMonitor.NONE))
                .isInstanceOf(NotFoundException.class);
        e.importModule("gcn.pt", Task.NODE);
        Path nowhere = root.resolve("no").resolve("x.pt");
        assertThatThrownBy(() -> e.exchange.exportModel("imported", nowhere, TaskMonitor.NONE))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(nowhere + " cannot be written")
                .hasMessageContaining("choose a directory that exists");
    }

    // --- PyTorch --------------------------------------------------------------------------------------------------

    private static final String SCRIPT = """
            import json, sys, torch
            for case in json.load(open(sys.argv[1])):
                module = torch.jit.load(case["file"])
                assert not module.training
                x = torch.tensor(case["x"])
                edges = torch.tensor(case["edges"])
                weights = torch.tensor(case["weights"])
                if case["task"] == "LINK":
                    y = module(x, edges, torch.tensor(case["links"]), weights)
                elif case["task"] == "GRAPH":
                    y = module(x, edges, weights, torch.tensor(case["batch"]))
                else:
                    y = module(x, edges, weights)
                    assert torch.equal(module(x, edges), module(x, edges, torch.ones(edges.size(1))))
                print(json.dumps(y.flatten().tolist()))
            """;

    @Test
    void plainPyTorchLoadsExportsAndGivesTheSameLogits() throws Exception {
        assumeTrue(hasPyTorch(), "skipped: there is no python3 with torch");
        Exchange e = new Exchange(root, Architectures.of(ARCHITECTURES));
        List<Variant> variants = variants().toList();
        JsonArray cases = new JsonArray();
        for (int i = 0; i < variants.size(); i++) {
            GnnModel model = model(variants.get(i));
            e.store.save(described("own", model), model);
            Path file = root.resolve("m" + i + ".pt");
            e.exchange.exportModel("own", file, TaskMonitor.NONE);
            cases.add(pythonCase(file, variants.get(i).task()));
        }
        Path input = Files.writeString(root.resolve("cases.json"), cases.toString());
        Path script = Files.writeString(root.resolve("run.py"), SCRIPT);
        Process process = new ProcessBuilder(PYTHON, script.toString(), input.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).isZero();
        assertThat(lines).hasSameSizeAs(variants);
        for (int i = 0; i < variants.size(); i++) {
            float[] python = new Gson().fromJson(JsonParser.parseString(lines.get(i)), float[].class);
            assertClose(
                    python, logits(model(variants.get(i)), batch(variants.get(i).task())));
        }
    }

    private static final String PYTHON = "/usr/bin/python3";

    private static boolean hasPyTorch() throws InterruptedException {
        try {
            Process process = new ProcessBuilder(PYTHON, "-c", "import torch")
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static JsonObject pythonCase(Path file, Task task) {
        GraphBatch batch = batch(task);
        int rows = batch.nodeCount();
        int[] offsets = batch.inOffsets(rows);
        int[] sources = batch.sources(batch.edgeCount());
        int[] blocks = batch.rowBlocks();
        int[] nodes = batch.rowNodes();
        int[] locals = batch.edgeLocals();
        float[][] x = new float[rows][FEATURES];
        int[][] edges = new int[2][sources.length];
        float[] weights = new float[sources.length];
        for (int r = 0; r < rows; r++) {
            Graph graph = batch.blocks().get(blocks[r]).graph();
            graph.features().copyRow(nodes[r], x[r], 0);
            for (int i = offsets[r]; i < offsets[r + 1]; i++) {
                edges[0][i] = sources[i];
                edges[1][i] = r;
                weights[i] = graph.edgeWeight(locals[i]);
            }
        }
        Gson gson = new Gson();
        JsonObject json = new JsonObject();
        json.addProperty("file", file.toString());
        json.addProperty("task", task.name());
        json.add("x", gson.toJsonTree(x));
        json.add("edges", gson.toJsonTree(edges));
        json.add("weights", gson.toJsonTree(weights));
        json.add("batch", gson.toJsonTree(blocks));
        json.add("links", gson.toJsonTree(new int[][] {batch.linkSources(), batch.linkTargets()}));
        return json;
    }
}
