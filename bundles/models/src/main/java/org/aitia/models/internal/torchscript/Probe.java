package org.aitia.models.internal.torchscript;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aitia.api.AitiaException;
import org.aitia.api.DataFormatException;
import org.aitia.api.DeviceMemoryException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.api.model.ImportRequest;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelShape;
import org.aitia.models.internal.torchscript.ForwardSignature.Role;
import org.aitia.models.internal.torchscript.TorchScriptOptions.EdgeMasks;
import org.aitia.models.internal.torchscript.TorchScriptOptions.Output;
import org.aitia.models.internal.torchscript.TorchScriptOptions.Reach;

/** Finds out about a module by running it on random graphs, and on the user's data if there are some. */
final class Probe {
    private static final int NODES = 96;
    private static final int SMALL = 12;
    private static final int TARGETS = 8;
    /** Networks that reach further are rare, and their computation graphs are nearly the whole graph. */
    static final int MOST_HOPS = 16;

    private static final int GRAPHS_AT_ONCE = 64;
    private static final int MOST_FEATURES = 1 << 20;
    private static final float MAGNIFICATION = 100;
    private static final double SUM_TOLERANCE = 1e-4;

    private final TorchFile file;
    private final ImportRequest request;
    private final Optional<Dataset> dataset;
    private final DeviceLease lease;
    private final TaskMonitor monitor;
    private final List<Role> roles;
    private final List<String> findings = new ArrayList<>();

    /**
     * What was found.
     *
     * @param model the model
     * @param findings in sentences
     * @param accuracy on the test part of the user's data
     */
    record Result(TorchScriptModel model, List<String> findings, Optional<Double> accuracy) {}

    Probe(TorchFile file, ImportRequest request, Optional<Dataset> dataset, DeviceLease lease, TaskMonitor monitor) {
        this.file = file;
        this.request = request;
        this.dataset = dataset;
        this.lease = lease;
        this.monitor = monitor;
        this.roles = ForwardSignature.roles(file.name(), file.rootCode(), request.task());
    }

    private boolean takesWeights() {
        return roles.contains(Role.EDGE_WEIGHT);
    }

    private boolean batches() {
        return request.task() != Task.GRAPH || roles.contains(Role.BATCH);
    }

    Result run() {
        try (GradientMode off = lease.engine().gradientMode(false)) {
            monitor.message("probing " + file.name());
            int features = features();
            TorchScriptModel model = outputs(features);
            model = edgeMasks(model);
            model = request.task() == Task.GRAPH ? graphs(model) : reach(model);
            Optional<Double> accuracy = Optional.empty();
            if (dataset.isPresent()) {
                model = request.task() == Task.GRAPH ? model : reachOnData(model, dataset.get());
                accuracy = accuracy(model, dataset.get());
            }
            describe(model);
            return new Result(model, List.copyOf(findings), accuracy);
        }
    }

    // --- calls ----------------------------------------------------------------------------------------------------

    private TorchScriptModel provisional(int features, Output output, int classes) {
        return new TorchScriptModel(
                new ModelShape(request.task(), features, classes),
                new TorchScriptOptions(
                        TorchScriptOptions.spell(roles),
                        output,
                        0,
                        Reach.LOCAL,
                        batches(),
                        EdgeMasks.NONE,
                        file.width()),
                file.content());
    }

    /** What forward returns for a batch. */
    private Host raw(TorchScriptModel model, GraphBatch batch, boolean unweighted) {
        try (TorchScriptSession session = new TorchScriptSession(model, lease);
                TorchScriptBatch prepared = session.prepare(batch);
                TensorScope scope = lease.engine().openScope()) {
            Part part = prepared.parts().get(0);
            NDArray weights = unweighted ? part.weights().onesLike() : part.weights();
            NDArray result = session.call().run(part, part.x(), weights, weights.onesLike());
            if (result.getDataType() != DataType.FLOAT32) {
                throw new InvalidRequestException("forward returns " + name(result.getDataType())
                        + " where float32 is expected; call model.float() before the export and return the logits");
            }
            return Host.of(result);
        }
    }

    private Host logits(TorchScriptModel model, GraphBatch batch) {
        try (TorchScriptSession session = new TorchScriptSession(model, lease);
                TorchScriptBatch prepared = session.prepare(batch);
                TensorScope scope = lease.engine().openScope()) {
            return Host.of(session.forward(prepared, Masks.NONE));
        }
    }

    private static String name(DataType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private Graph graph(int nodes, int features, boolean undirected, long index) {
        return ProbeGraphs.of(
                nodes,
                features,
                new ProbeGraphs.Kind(undirected, takesWeights(), index % 2 == 0),
                Seeds.derive(request.seed(), index));
    }

    private GraphBatch batch(Graph graph) {
        return request.task() == Task.LINK
                ? GraphBatch.wholeWithLinks(graph, linkEnds(graph, 0), linkEnds(graph, 1))
                : GraphBatch.whole(graph);
    }

    private static int[] targets(Graph graph) {
        int nodes = graph.nodeCount();
        return IntStream.range(0, Math.min(TARGETS, nodes))
                .map(i -> (int) ((long) i * nodes / TARGETS))
                .distinct()
                .toArray();
    }

    private static int[] linkEnds(Graph graph, int end) {
        int[] targets = targets(graph);
        return end == 0
                ? targets
                : Arrays.stream(targets).map(t -> (t + 3) % graph.nodeCount()).toArray();
    }

    // --- features, output -----------------------------------------------------------------------------------------

    private int features() {
        OptionalInt given = request.features();
        if (given.isPresent() && (given.getAsInt() < 1 || given.getAsInt() > MOST_FEATURES)) {
            throw new InvalidRequestException("a node has 1 to " + MOST_FEATURES + " features, not " + given.getAsInt()
                    + " as said; give the number that the model was trained with");
        }
        if (given.isEmpty() && dataset.isPresent()) {
            given = OptionalInt.of(dataset.get().featureCount());
        }
        if (given.isPresent()) {
            Optional<AitiaException> failure = failure(given.getAsInt());
            if (failure.isEmpty()) {
                return given.getAsInt();
            }
            OptionalInt other = fitting();
            if (other.isPresent()) {
                throw new InvalidRequestException(file.name() + " takes " + other.getAsInt()
                        + " features per node, not " + given.getAsInt()
                        + (request.features().isPresent()
                                ? " as said"
                                : " as data set '" + dataset.get().info().name() + "' has")
                        + "; give the right number, or the data set that it was trained on");
            }
            throw refused(given.getAsInt(), failure.get());
        }
        OptionalInt found = fitting();
        if (found.isPresent()) {
            return found.getAsInt();
        }
        List<Integer> tried = file.possibleFeatures();
        if (tried.isEmpty()) {
            throw new InvalidRequestException(
                    file.name()
                            + " does not show how many features a node has; say it, or name the data set that it was trained on");
        }
        throw refused(tried.get(0), failure(tried.get(0)).orElseThrow());
    }

    private OptionalInt fitting() {
        return file.possibleFeatures().stream()
                .mapToInt(f -> f)
                .filter(f -> failure(f).isEmpty())
                .findFirst();
    }

    private Optional<AitiaException> failure(int features) {
        try {
            raw(provisional(features, Output.LOGITS, 1), batch(graph(NODES, features, true, 0)), false);
            return Optional.empty();
        } catch (DeviceMemoryException e) {
            throw e;
        } catch (DataFormatException | InvalidRequestException e) {
            return Optional.of(e);
        }
    }

    private AitiaException refused(int features, AitiaException cause) {
        if (cause instanceof DataFormatException) {
            return new DataFormatException(file.name() + ": " + cause.getMessage(), cause);
        }
        if (!file.otherPrecision().isEmpty()) {
            return new DataFormatException(
                    file.name() + " computes with " + file.otherPrecision()
                            + " numbers, Aitia with float32; call model.float() and export it again",
                    cause);
        }
        return new InvalidRequestException(
                file.name() + " cannot be called as forward("
                        + TorchScriptOptions.spell(roles).replace('-', '_').replace(",", ", ") + ") with " + features
                        + " features per node: " + cause.getMessage(),
                cause);
    }

    private TorchScriptModel outputs(int features) {
        TorchScriptModel first = provisional(features, Output.LOGITS, 1);
        GraphBatch batch = batch(graph(NODES, features, true, 0));
        Host result = raw(first, batch, false);
        if (!result.isFinite()) {
            throw new DataFormatException(file.name() + " returns NaN or infinite values for random features in"
                    + " [-1, 1] on a graph without isolated nodes; mend the model and export it again");
        }
        if (!raw(first, batch, false).isClose(result)) {
            throw new DataFormatException(file.name() + " returns other values in a second call with the same input:"
                    + " dropout is active; call model.eval() before torch.jit.script or torch.jit.trace, and export it"
                    + " again");
        }
        findings.add("Two calls with the same input agree.");
        if (file.training()) {
            findings.add("It was saved in training mode; it is evaluated in evaluation mode, as after model.eval().");
        }
        Output output = outputKind(result, raw(first, batch(magnified(features)), false), batch);
        int classes = classes(result, output);
        return provisional(features, output, classes);
    }

    /** Scores that happen to be small leave [0, 1] when features are large; probabilities do not. */
    private Graph magnified(int features) {
        Graph graph = graph(NODES, features, true, 0);
        float[][] x = new float[NODES][features];
        for (int v = 0; v < NODES; v++) {
            for (int f = 0; f < features; f++) {
                x[v][f] = MAGNIFICATION * graph.features().value(v, f);
            }
        }
        GraphBuilder builder = Graph.builder(NODES).features(DenseFeatures.of(x));
        for (int e = 0; e < graph.edgeCount(); e++) {
            builder.edge(graph.source(e), graph.target(e), graph.edgeWeight(e));
        }
        return builder.build();
    }

    private Output outputKind(Host result, Host magnified, GraphBatch batch) {
        boolean links = roles.contains(Role.EDGE_LABEL_INDEX);
        long expected =
                switch (request.task()) {
                    case NODE -> batch.nodeCount();
                    case GRAPH -> 1;
                    case LINK -> links ? batch.linkSources().length : batch.nodeCount();
                };
        boolean oneGraph = request.task() == Task.GRAPH && !batches() && result.shape().length == 1;
        if (!oneGraph && (result.shape().length < 1 || result.shape().length > 2 || result.rows() != expected)) {
            throw new InvalidRequestException(file.name() + " returns the shape " + Arrays.toString(result.shape())
                    + " for " + expected + " " + instances(links)
                    + "; one row for each is expected: check the task, and"
                    + " that forward returns the logits");
        }
        if (request.task() == Task.LINK && !links) {
            findings.add("It takes no edge_label_index: its result is taken for embeddings of nodes, and the inner"
                    + " product of both ends' for the logit of a link.");
            return Output.EMBEDDINGS;
        }
        int columns = oneGraph ? result.values().length : result.columns();
        if (columns == 1 && request.classes().orElse(2) == 2) {
            boolean probability = allBetween(result, 0, 1) && allBetween(magnified, 0, 1);
            findings.add(
                    probability
                            ? "It returns one number per instance, in [0, 1]: taken for the probability of class 1."
                            : "It returns one number per instance: taken for the logit of class 1, that of class 0"
                                    + " being 0.");
            return probability ? Output.PROBABILITY : Output.SCORE;
        }
        if (columns > 1 && allBetween(result, Float.MIN_VALUE, 1) && sumsToOne(result, columns, false)) {
            findings.add("It returns probabilities (softmax): their logarithms are used as logits.");
            return Output.PROBABILITIES;
        }
        if (columns > 1 && sumsToOne(result, columns, true)) {
            findings.add("It returns log-probabilities (log-softmax), which are as good as logits.");
        }
        return Output.LOGITS;
    }

    private String instances(boolean links) {
        return switch (request.task()) {
            case NODE -> "nodes";
            case GRAPH -> "graph";
            case LINK -> links ? "candidate links" : "nodes";
        };
    }

    private static boolean allBetween(Host result, float lowest, float highest) {
        for (float value : result.values()) {
            if (value < lowest || value > highest) {
                return false;
            }
        }
        return true;
    }

    private static boolean sumsToOne(Host result, int columns, boolean logarithms) {
        float[] values = result.values();
        for (int from = 0; from < values.length; from += columns) {
            double sum = 0;
            for (int c = 0; c < columns; c++) {
                sum += logarithms ? Math.exp(values[from + c]) : values[from + c];
            }
            if (!(Math.abs(sum - 1) < SUM_TOLERANCE)) {
                return false;
            }
        }
        return true;
    }

    private int classes(Host result, Output output) {
        int found =
                switch (output) {
                    case LOGITS, PROBABILITIES -> batches() ? result.columns() : result.values().length;
                    default -> 2;
                };
        if (request.classes().isPresent() && request.classes().getAsInt() != found) {
            throw new InvalidRequestException(file.name() + " tells " + found + " classes apart, not "
                    + request.classes().getAsInt() + " as said; give the right number");
        }
        dataset.ifPresent(data -> {
            if (data.classCount() != found) {
                throw new InvalidRequestException(file.name() + " tells " + found + " classes apart, data set '"
                        + data.info().name() + "' has " + data.classCount()
                        + "; name the data set that it was trained on");
            }
        });
        return found;
    }

    // --- edge weights ---------------------------------------------------------------------------------------------

    private TorchScriptModel edgeMasks(TorchScriptModel model) {
        GraphBatch batch = batch(graph(NODES, model.shape().inputFeatures(), true, 0));
        EdgeMasks found = EdgeMasks.NONE;
        if (roles.contains(Role.EDGE_MASK)) {
            found = masked(model, batch).isClose(logits(model, batch)) ? EdgeMasks.NONE : EdgeMasks.MESSAGE;
        } else if (takesWeights()) {
            found = raw(model, batch, true).isClose(raw(model, batch, false)) ? EdgeMasks.NONE : EdgeMasks.EDGE_WEIGHT;
        }
        if (found == EdgeMasks.NONE) {
            if (takesWeights() || roles.contains(Role.EDGE_MASK)) {
                findings.add("It takes edge weights, but they have no effect.");
            }
            return model;
        }
        TorchScriptModel masked =
                with(model, model.options().hops(), model.options().reach(), found);
        if (!passesGradient(masked, batch)) {
            findings.add("No gradient passes to its edge weights: explainers that learn edge masks will not find"
                    + " anything; it detaches them, or computes under no_grad.");
        }
        return masked;
    }

    private Host masked(TorchScriptModel model, GraphBatch batch) {
        float[] values = new float[batch.edgeCount()];
        for (int e = 0; e < values.length; e++) {
            values[e] = (e % 3) / 2f;
        }
        try (TorchScriptSession session = new TorchScriptSession(model, lease);
                TorchScriptBatch prepared = session.prepare(batch);
                TensorScope scope = lease.engine().openScope()) {
            NDArray mask = lease.manager().create(values);
            return Host.of(session.forward(prepared, Masks.ofEdges(mask)));
        }
    }

    private boolean passesGradient(TorchScriptModel model, GraphBatch batch) {
        try (TorchScriptSession session = new TorchScriptSession(model, lease);
                TorchScriptBatch prepared = session.prepare(batch);
                TensorScope scope = lease.engine().openScope();
                GradientMode on = lease.engine().gradientMode(true)) {
            try (NDArray mask = lease.engine().variable(lease.manager().ones(new Shape(batch.edgeCount())))) {
                NDArray sum =
                        session.forward(prepared, Masks.ofEdges(mask)).square().sum();
                NDArray slope = lease.engine().gradients(sum, List.of(mask)).get(0);
                return slope.abs().max().getFloat() > 0; // NaN is not
            }
        } catch (InvalidRequestException e) {
            return false; // nothing to differentiate
        }
    }

    private static TorchScriptModel with(TorchScriptModel model, int hops, Reach reach, EdgeMasks edgeMasks) {
        TorchScriptOptions o = model.options();
        return new TorchScriptModel(
                model.shape(),
                new TorchScriptOptions(o.arguments(), o.output(), hops, reach, o.batches(), edgeMasks, o.width()),
                model.module());
    }

    // --- reach ----------------------------------------------------------------------------------------------------

    private TorchScriptModel reach(TorchScriptModel model) {
        int undirected = Math.max(0, reach(model, true, 0, 0));
        for (int index = 0; index < 2 && undirected <= MOST_HOPS; index++) {
            undirected = reach(model, true, index, undirected);
        }
        if (undirected > MOST_HOPS) {
            return with(model, MOST_HOPS, Reach.GLOBAL, model.options().edgeMasks());
        }
        int directed = undirected;
        for (int index = 2; index < 4 && directed <= MOST_HOPS; index++) {
            directed = reach(model, false, index, directed);
        }
        return directed > MOST_HOPS
                ? with(model, undirected, Reach.UNDIRECTED, model.options().edgeMasks())
                : with(model, directed, Reach.LOCAL, model.options().edgeMasks());
    }

    private int reach(TorchScriptModel model, boolean undirected, long index, int from) {
        return reach(model, graph(NODES, model.shape().inputFeatures(), undirected, index), from);
    }

    /** Returns the least number of hops that reproduces the full graph's logits; {@link #MOST_HOPS} + 1 if none does. */
    private int reach(TorchScriptModel model, Graph graph, int from) {
        monitor.checkCancelled();
        Host full = logits(model, batch(graph));
        int[] targets = targets(graph);
        boolean links = request.task() == Task.LINK;
        int[] others = linkEnds(graph, 1);
        int[] rows = links ? IntStream.range(0, targets.length).toArray() : targets;
        InvalidRequestException failure = null;
        for (int hops = from; hops <= MOST_HOPS; hops++) {
            int k = hops;
            List<ComputationGraph> blocks = IntStream.range(0, targets.length)
                    .mapToObj(i -> links
                            ? ComputationGraph.ofLink(graph, targets[i], others[i], k)
                            : ComputationGraph.of(graph, targets[i], k))
                    .toList();
            try {
                if (logits(model, GraphBatch.of(blocks)).rowsEqual(full, rows)) {
                    return hops;
                }
            } catch (InvalidRequestException e) {
                failure = e; // some modules fail without edges only, as with 0 hops
            }
        }
        if (failure != null) {
            throw fixedSize(failure);
        }
        return MOST_HOPS + 1;
    }

    private DataFormatException fixedSize(InvalidRequestException cause) {
        return new DataFormatException(
                file.name() + " runs on a graph of " + NODES + " nodes but not on another: it was perhaps traced, which"
                        + " fixes the size of its example; export it with torch.jit.script (" + cause.getMessage()
                        + ")",
                cause);
    }

    private Host local(TorchScriptModel model, List<ComputationGraph> blocks) {
        try {
            return logits(model, GraphBatch.of(blocks));
        } catch (InvalidRequestException e) {
            throw fixedSize(e);
        }
    }

    private TorchScriptModel reachOnData(TorchScriptModel model, Dataset data) {
        TorchScriptOptions options = model.options();
        boolean usable = options.reach() == Reach.LOCAL
                || options.reach() == Reach.UNDIRECTED && data.graph().isUndirected();
        if (!usable || !fits(model, data.graph())) {
            return model;
        }
        TorchScriptModel free = with(model, 0, Reach.LOCAL, options.edgeMasks());
        int hops = reach(free, data.graph(), options.hops());
        if (hops > MOST_HOPS) {
            return with(model, MOST_HOPS, Reach.GLOBAL, options.edgeMasks());
        }
        return with(model, hops, options.reach(), options.edgeMasks());
    }

    private boolean fits(TorchScriptModel model, Graph graph) {
        try (TorchScriptSession session = new TorchScriptSession(model, lease)) {
            return session.workingSetBytes(
                            graph.nodeCount(),
                            graph.edgeCount(),
                            graph.features().storedValues())
                    < lease.memoryBudget();
        }
    }

    // --- graph tasks ----------------------------------------------------------------------------------------------

    private TorchScriptModel graphs(TorchScriptModel model) {
        int features = model.shape().inputFeatures();
        List<Graph> graphs = List.of(
                graph(SMALL, features, true, 0), graph(NODES, features, true, 1), graph(2 * SMALL, features, true, 2));
        boolean together = batches();
        List<ComputationGraph> blocks =
                graphs.stream().map(ComputationGraph::whole).toList();
        Host each = joined(graphs.stream()
                .map(g -> local(model, List.of(ComputationGraph.whole(g))))
                .toList());
        if (together && !local(model, blocks).isClose(each)) {
            findings.add("Graphs influence each other when given together, so they are given one by one.");
            together = false;
        }
        TorchScriptOptions o = model.options();
        // explained as a whole, whatever the hops
        return new TorchScriptModel(
                model.shape(),
                new TorchScriptOptions(o.arguments(), o.output(), 1, Reach.LOCAL, together, o.edgeMasks(), o.width()),
                model.module());
    }

    private static Host joined(List<Host> rows) {
        int columns = rows.get(0).columns();
        float[] values = new float[rows.size() * columns];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i).values(), 0, values, i * columns, columns);
        }
        return new Host(new long[] {rows.size(), columns}, values);
    }

    // --- data -----------------------------------------------------------------------------------------------------

    private Optional<Double> accuracy(TorchScriptModel model, Dataset data) {
        int[] test = data.splits().isEmpty() ? new int[0] : data.split().test();
        Set<Integer> chosen = (test.length == 0 ? IntStream.range(0, data.instanceCount()) : Arrays.stream(test))
                .boxed()
                .filter(i -> data.label(i) >= 0)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        boolean whole = request.task() != Task.GRAPH;
        if (chosen.isEmpty() || whole && !fits(model, data.graph())) {
            return Optional.empty();
        }
        int[] instances = chosen.stream().mapToInt(i -> i).toArray();
        int right = 0;
        if (whole) {
            GraphBatch batch = request.task() == Task.LINK
                    ? GraphBatch.wholeWithLinks(
                            data.graph(),
                            Arrays.stream(instances).map(data::linkSource).toArray(),
                            Arrays.stream(instances).map(data::linkTarget).toArray())
                    : GraphBatch.whole(data.graph());
            Host all = logits(with(model, 0, Reach.LOCAL, model.options().edgeMasks()), batch);
            for (int i = 0; i < instances.length; i++) {
                float[] row = all.row(request.task() == Task.LINK ? i : instances[i]);
                right += best(row) == data.label(instances[i]) ? 1 : 0;
            }
        } else {
            for (int from = 0; from < instances.length; from += GRAPHS_AT_ONCE) {
                monitor.checkCancelled();
                int[] some = Arrays.copyOfRange(instances, from, Math.min(instances.length, from + GRAPHS_AT_ONCE));
                Host all = logits(
                        model,
                        GraphBatch.of(Arrays.stream(some)
                                .mapToObj(i ->
                                        ComputationGraph.whole(data.graphs().get(i)))
                                .toList()));
                for (int i = 0; i < some.length; i++) {
                    right += best(all.row(i)) == data.label(some[i]) ? 1 : 0;
                }
            }
        }
        double accuracy = (double) right / instances.length;
        findings.add(String.format(
                Locale.ROOT,
                "It is right about %.1f %% of the %d %s of data set '%s'.",
                100 * accuracy,
                instances.length,
                test.length == 0 ? "labelled instances" : "test instances",
                data.info().name()));
        return Optional.of(accuracy);
    }

    private static int best(float[] row) {
        int best = 0;
        for (int c = 1; c < row.length; c++) {
            best = row[c] > row[best] ? c : best;
        }
        return best;
    }

    // --- in words -------------------------------------------------------------------------------------------------

    private void describe(TorchScriptModel model) {
        TorchScriptOptions options = model.options();
        List<String> first = new ArrayList<>();
        first.add("forward takes " + options.arguments().replace('-', '_').replace(",", ", ") + " with "
                + model.shape().inputFeatures() + " features per node, and tells "
                + model.shape().classes()
                + " classes apart.");
        if (request.task() != Task.GRAPH) {
            first.add(
                    switch (options.reach()) {
                        case LOCAL ->
                            "The computation graph of " + options.hops()
                                    + " hops reproduces the predictions of the whole graph; a normalisation by degrees counts"
                                    + " as one hop.";
                        case UNDIRECTED ->
                            "On undirected graphs the computation graph of " + options.hops()
                                    + " hops reproduces the predictions of the whole graph; on directed ones none does"
                                    + " (degrees or messages against the direction of edges), so the whole graph is"
                                    + " computed.";
                        case GLOBAL ->
                            "Global: no computation graph of up to " + MOST_HOPS
                                    + " hops reproduces the predictions, so each is computed on the whole graph.";
                    });
        }
        first.add(
                options.edgeMasks() == EdgeMasks.MESSAGE
                        ? "Edges can be explained by masks: it takes edge_mask, which multiplies messages after"
                                + " normalisation."
                        : options.edgeMasks() == EdgeMasks.EDGE_WEIGHT
                                ? "Edges can be explained by masks: a mask multiplies edge_weight and goes through the model's"
                                        + " own normalisation."
                                : "Edges can be explained by removing them (explainer occlusion), not by masks: gnnexplainer needs"
                                        + " -o edgeMaskType=none.");
        first.add("Nodes and features can be explained by masks on x.");
        findings.addAll(0, first);
    }
}
