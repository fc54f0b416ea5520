package org.aitia.engine.pytorch.internal;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
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
import java.util.List;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.engine.Adjacency;
import org.aitia.api.engine.GraphKernels;

/** The graph kernels of {@code kernels.py}, loaded into libtorch. */
final class PyTorchKernels implements GraphKernels {
    private static final String SOURCE = "kernels.py";

    /** Also owns the module: it must stay reachable for as long as the module is called. */
    private final PtSymbolBlock block;

    private final long module;

    /** Stands for absent weights on a tape. */
    private final PtNDArray none;

    PyTorchKernels(PtNDManager manager) {
        block = load(manager);
        module = block.getHandle();
        none = (PtNDArray) manager.create(1f);
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

    /** The order is that of {@code gradients_of_step} in the script. */
    private static void record(TensorTape tape, PtNDArray y, PtNDArray x, PtNDArray weights, Adjacency adjacency) {
        tape.add(
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
        return tensor("Segment softmax", "segment_softmax", torch(values), torch(offsets), torch(index));
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
