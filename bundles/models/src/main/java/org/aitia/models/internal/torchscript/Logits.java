package org.aitia.models.internal.torchscript;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;
import org.aitia.models.internal.torchscript.TorchScriptOptions.Output;

/** Turns what a module returns into logits, whose softmax are the probabilities of the classes. */
final class Logits {
    /** Smaller probabilities have no logarithm in single precision to speak of. */
    private static final float LEAST = 1e-30f;

    private final Output output;
    private final NDArray least; // [1]
    private final NDArray one; // [1]

    Logits(TensorEngine engine, NDManager manager, Output output) {
        this.output = output;
        try (TensorScope scope = engine.openScope()) {
            least = scope.keep(manager.full(new Shape(1), LEAST), manager);
            one = scope.keep(manager.ones(new Shape(1)), manager);
        }
    }

    /**
     * Makes logits.
     *
     * @param result [M] or [M, C], or embeddings of nodes
     * @param links int64 [2, P]
     * @return [M, C] or [P, 2]
     */
    NDArray of(NDArray result, NDArray links, GraphKernels kernels) {
        return switch (output) {
            case LOGITS -> result;
            case PROBABILITIES -> result.maximum(least).log();
            case SCORE -> scores(column(result));
            case PROBABILITY -> {
                NDArray p = column(result);
                NDArray other = one.sub(p);
                yield other.maximum(least).log().concat(p.maximum(least).log(), 1);
            }
            case EMBEDDINGS -> {
                NDArray sources = kernels.gather(result, links.get(new NDIndex("0")));
                NDArray targets = kernels.gather(result, links.get(new NDIndex("1")));
                yield scores(sources.mul(targets).sum(new int[] {1}, true));
            }
        };
    }

    private static NDArray column(NDArray result) {
        return result.reshape(-1, 1);
    }

    /** The logit of class 0 is 0, so that softmax is the sigmoid. */
    private static NDArray scores(NDArray scores) {
        return scores.zerosLike().concat(scores, 1);
    }
}
