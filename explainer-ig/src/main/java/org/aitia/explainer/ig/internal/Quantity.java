package org.aitia.explainer.ig.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Optional;
import org.aitia.api.Task;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.model.ModelInfo;

/**
 * The number per target that is explained: the output of its class, or the difference to another's.
 *
 * @param output what of the output
 * @param classes explained class of each output row, int64 [T, 1]
 * @param others the class that each is set against, int64 [T, 1]
 * @param regression whether the model's one output is explained as it is
 */
record Quantity(Output output, NDArray classes, Optional<NDArray> others, boolean regression) {

    static Quantity of(
            GradientOptions options, List<ExplanationTarget> targets, int copies, ModelInfo model, NDManager manager) {
        int[] explained =
                targets.stream().mapToInt(ExplanationTarget::explainedClass).toArray();
        Optional<NDArray> others = Optional.empty();
        // of a link the logit of "no link" is often a constant: what is explained are the log-odds of the two
        boolean odds = model.shape().task() == Task.LINK && options.output() == Output.LOGIT;
        String contrast = Contrast.isNone(options.contrast()) && odds ? Contrast.RUNNER_UP : options.contrast();
        if (!Contrast.isNone(contrast)) {
            int[] against = targets.stream()
                    .mapToInt(t -> Contrast.classOf(contrast, t, model.shape().classes()))
                    .toArray();
            others = Optional.of(column(against, copies, manager));
        }
        return new Quantity(options.output(), column(explained, copies, manager), others, model.isRegression());
    }

    private static NDArray column(int[] values, int copies, NDManager manager) {
        long[] all = new long[values.length * copies];
        for (int i = 0; i < all.length; i++) {
            all[i] = values[i % values.length];
        }
        return manager.create(LongBuffer.wrap(all), new Shape(all.length, 1));
    }

    /** From logits, [T, C], to the explained number of each target, [T, 1]. */
    NDArray of(NDArray logits) {
        if (regression) {
            return logits;
        }
        NDArray outputs = output.of(logits);
        NDArray own = outputs.gather(classes, 1);
        return others.map(other -> own.sub(outputs.gather(other, 1))).orElse(own);
    }
}
