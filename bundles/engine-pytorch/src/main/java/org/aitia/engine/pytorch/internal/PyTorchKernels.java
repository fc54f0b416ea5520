package org.aitia.engine.pytorch.internal;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.TensorTape;
import ai.djl.pytorch.jni.TorchCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.engine.Adjacency;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.engine.Rectifier;

/** The graph kernels of {@code kernels.py}, loaded into libtorch. */
final class PyTorchKernels implements GraphKernels {
    private static final String SOURCE = "kernels.py";

    /** Also owns the module: it must stay reachable for as long as the module is called. */
    private final PtSymbolBlock block;

    private final long module;

    /** Stands for absent weights. */
    private final PtNDArray none;

    /** Numbers of the kinds of operation, for the tape. */
    private final Map<Kind, PtNDArray> kinds = new EnumMap<>(Kind.class);

    /** Operations on a tape, with their numbers in {@code slopes} in the script. */
    private enum Kind {
        AGGREGATE(0),
        SEGMENT_SOFTMAX(1),
        EDGE_SUMS(2),
        ATTEND(3),
        RELU_DECONVOLUTION(4),
        RELU_GUIDED(5);

        private final long number;

        Kind(long number) {
            this.number = number;
        }
    }

    PyTorchKernels(PtNDManager manager) {
        block = load(manager);
        module = block.getHandle();
        none = (PtNDArray) manager.create(1f);
        for (Kind kind : Kind.values()) {
            kinds.put(kind, (PtNDArray) manager.create(kind.number));
        }
    }

    private static PtSymbolBlock load(PtNDManager manager) {
        try (InputStream source = PyTorchKernels.class.getResourceAsStream(SOURCE)) {
            byte[] archive =
                    TorchScriptArchive.pack("Kernels", new String(source.readAllBytes(), StandardCharsets.UTF_8));
            return JniUtils.loadModule(manager, new ByteArrayInputStream(archive), false, false);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + SOURCE, e);
        }
    }

    void close() {
        kinds.values().forEach(NDArray::close);
        none.close();
        block.close();
    }

    @Override
    public NDArray aggregate(Adjacency adjacency, NDArray x, NDArray weights) {
        PtNDArray nodes = torch(x);
        PtNDArray edges = torch(weights);
        TensorTape tape = recordingTape();
        PtNDArray result = tensor(
                "Weighted aggregation",
                tape == null ? "aggregate" : "aggregate_leaf",
                nodes,
                edges,
                torch(adjacency.offsets()),
                torch(adjacency.sources()));
        if (tape != null) {
            record(tape, result, nodes, edges, adjacency);
        }
        return result;
    }

    @Override
    public NDArray aggregate(Adjacency adjacency, NDArray x) {
        PtNDArray nodes = torch(x);
        TensorTape tape = recordingTape();
        PtNDArray result = tensor(
                "Aggregation",
                tape == null ? "aggregate_unweighted" : "aggregate_unweighted_leaf",
                nodes,
                torch(adjacency.offsets()),
                torch(adjacency.sources()));
        if (tape != null) {
            record(tape, result, nodes, none, adjacency);
        }
        return result;
    }

    private static TensorTape recordingTape() {
        TensorTape tape = Scope.currentTape();
        return tape != null && JniUtils.isGradMode() ? tape : null;
    }

    /** The order here and below is that of {@code slopes} in the script. */
    private void record(TensorTape tape, PtNDArray y, PtNDArray x, PtNDArray weights, Adjacency adjacency) {
        tape.add(
                kind(Kind.AGGREGATE),
                y,
                x,
                weights,
                torch(adjacency.offsets()),
                torch(adjacency.sources()),
                torch(adjacency.targets()),
                torch(adjacency.reverse().offsets()),
                torch(adjacency.reverse().targets()),
                torch(adjacency.reverse().edges()));
    }

    private PtNDArray kind(Kind kind) {
        return kinds.get(kind);
    }

    @Override
    public NDArray edgeSums(Adjacency adjacency, NDArray sourceRows, NDArray targetRows) {
        PtNDArray a = torch(sourceRows);
        PtNDArray b = torch(targetRows);
        TensorTape tape = recordingTape();
        PtNDArray result = tensor(
                "Sum over the ends of edges",
                tape == null ? "edge_sums" : "edge_sums_leaf",
                a,
                b,
                torch(adjacency.sources()),
                torch(adjacency.targets()));
        if (tape != null) {
            tape.add(
                    kind(Kind.EDGE_SUMS),
                    result,
                    a,
                    b,
                    torch(adjacency.offsets()),
                    torch(adjacency.reverse().offsets()),
                    torch(adjacency.reverse().edges()));
        }
        return result;
    }

    @Override
    public NDArray attend(Adjacency adjacency, NDArray x, NDArray scores, Optional<NDArray> factors) {
        PtNDArray nodes = torch(x);
        PtNDArray edges = torch(scores);
        PtNDArray scale = factors.map(PyTorchKernels::torch).orElse(none);
        checkHeads(nodes, edges);
        TensorTape tape = recordingTape();
        PtNDArray offsets = torch(adjacency.offsets());
        PtNDArray sources = torch(adjacency.sources());
        PtNDArray targets = torch(adjacency.targets());
        if (tape == null) {
            return tensor("Attention", "attend", nodes, edges, scale, offsets, sources, targets);
        }
        List<NDArray> results;
        try {
            results = TorchCalls.call(
                    module, "attend_leaf", nodes.getManager(), nodes, edges, scale, offsets, sources, targets);
        } catch (EngineException e) {
            throw Failures.of("Attention", e);
        }
        PtNDArray result = torch(results.get(0));
        tape.add(
                kind(Kind.ATTEND),
                result,
                nodes,
                edges,
                scale,
                torch(results.get(1)),
                offsets,
                sources,
                targets,
                torch(adjacency.reverse().offsets()),
                torch(adjacency.reverse().targets()),
                torch(adjacency.reverse().edges()));
        results.get(1).close(); // the tape shares it
        return result;
    }

    private static void checkHeads(PtNDArray x, PtNDArray scores) {
        boolean matrices = x.getShape().dimension() == 2 && scores.getShape().dimension() == 2;
        if (!matrices
                || scores.getShape().get(1) == 0
                || x.getShape().get(1) % scores.getShape().get(1) != 0) {
            throw new InvalidRequestException("Attention needs x [C, H * F] and scores [E, H] with at least one head,"
                    + " found " + x.getShape() + " and " + scores.getShape() + ".");
        }
    }

    @Override
    public NDArray headSums(NDArray x, long heads) {
        if (heads < 1 || x.getShape().dimension() != 2 || x.getShape().get(1) % heads != 0) {
            throw new InvalidRequestException(
                    "Sums per head need x [N, H * F], found " + x.getShape() + " and " + heads + " heads.");
        }
        return tensor("Sum per head", "head_sums", torch(x), heads);
    }

    @Override
    public NDArray relu(NDArray x, Rectifier rule) {
        if (rule == Rectifier.PLAIN || !JniUtils.isGradMode()) {
            return Activation.relu(x);
        }
        TensorTape tape = recordingTape();
        if (tape != null) {
            PtNDArray input = torch(x);
            PtNDArray result = tensor("ReLU", "relu_leaf", input);
            tape.add(kind(rule == Rectifier.GUIDED ? Kind.RELU_GUIDED : Kind.RELU_DECONVOLUTION), result, input);
            return result;
        }
        if (hasHistory(x)) {
            // libtorch records true derivatives only, and these rules are none: they are not linear
            throw new InvalidRequestException("The rule " + rule
                    + " for derivatives of ReLUs holds within a step: use openStep() instead of openScope().");
        }
        return Activation.relu(x);
    }

    @Override
    public NDArray gather(NDArray x, NDArray index) {
        return tensor("Gather", "gather", torch(x), torch(index));
    }

    @Override
    public NDArray scatterSum(NDArray values, NDArray index, long rows) {
        return tensor("Scatter sum", "scatter_sum", torch(values), torch(index), rows);
    }

    @Override
    public NDArray segmentSum(NDArray values, NDArray offsets) {
        return tensor("Segment sum", "segment_sum", torch(values), torch(offsets));
    }

    @Override
    public NDArray segmentMean(NDArray values, NDArray offsets) {
        return tensor("Segment mean", "segment_mean", torch(values), torch(offsets));
    }

    @Override
    public NDArray segmentMax(NDArray values, NDArray offsets) {
        return tensor("Segment maximum", "segment_max", torch(values), torch(offsets));
    }

    @Override
    public NDArray segmentSoftmax(NDArray values, NDArray offsets, NDArray index) {
        PtNDArray rows = torch(values);
        TensorTape tape = recordingTape();
        PtNDArray result = tensor(
                "Segment softmax",
                tape == null ? "segment_softmax" : "segment_softmax_leaf",
                rows,
                torch(offsets),
                torch(index));
        if (tape != null) {
            tape.add(kind(Kind.SEGMENT_SOFTMAX), result, rows, torch(offsets), torch(index));
        }
        return result;
    }

    /**
     * Vector-Jacobian products.
     *
     * @return native handles, one per variable, which the caller owns
     */
    long[] gradients(PtNDArray outputs, PtNDArray weights, List<NDArray> variables) {
        TensorTape tape = Scope.currentTape();
        try {
            return tape == null || tape.isEmpty()
                    ? TorchCalls.tensors(module, "gradients", outputs, weights, variables)
                    : TorchCalls.tensors(module, "gradients_of_step", outputs, weights, variables, tape);
        } catch (EngineException e) {
            String reason = Failures.reason(e);
            if (reason.contains("input tensors does not require grad")) {
                throw new InvalidRequestException(
                        "Differentiation by an array that is neither a variable nor computed from one.", e);
            } else if (reason.contains("does not require grad")) {
                throw new InvalidRequestException(
                        "Nothing to differentiate: the array was not computed from a variable, or not with"
                                + " gradientMode(true).",
                        e);
            }
            throw Failures.of("Differentiation", e);
        }
    }

    /** Returns whether an array is a variable or was computed from one. */
    boolean hasHistory(NDArray array) {
        return TorchCalls.test(module, "has_history", torch(array));
    }

    /** Gives an array memory of libtorch's own. */
    void own(PtNDArray array) {
        try (GradientMode off = new Recording(false)) {
            run("Copying to memory of the engine", "own", array);
        }
    }

    /** Overwrites an array. DJL's copyTo makes libtorch print a warning. */
    void assign(NDArray target, NDArray values) {
        try (GradientMode off = new Recording(false)) {
            run("Overwriting an array", "assign", torch(target), torch(values));
        }
    }

    /** Calls a method for its effect. */
    void run(String what, String method, Object... arguments) {
        try {
            TorchCalls.run0(module, method, arguments);
        } catch (EngineException e) {
            throw Failures.of(what, e);
        }
    }

    private PtNDArray tensor(String what, String method, Object... arguments) {
        PtNDManager owner = ((PtNDArray) arguments[0]).getManager();
        try {
            return TorchCalls.tensor(module, method, owner, arguments);
        } catch (EngineException e) {
            throw Failures.of(what, e);
        }
    }

    /** Returns an array as one of this engine's. */
    static PtNDArray torch(NDArray array) {
        if (array instanceof PtNDArray result) {
            return result;
        }
        throw new InvalidRequestException("An array of the PyTorch engine is needed here, this one is "
                + (array == null ? "null" : array.getClass().getName())
                + ": create it with the manager of a device lease.");
    }
}
