package org.aitia.models.internal.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.aitia.api.engine.AdamOptimizer;
import org.aitia.api.engine.AdamOptions;
import org.aitia.api.engine.AdamState;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.model.Parameter;
import org.aitia.api.model.TrainingSession;

/** Adam with weight decay for some of the weights, and clipping of gradients. */
final class Optimizer implements AutoCloseable {
    private final List<NDArray> variables;
    private final int decaying; // the first variables
    private final List<AdamOptimizer> parts = new ArrayList<>();
    private final double clip;
    private double rate;

    Optimizer(TensorEngine engine, TrainingSession session, TrainerOptions options) {
        variables = session.variables();
        decaying = options.weightDecayOn() == TrainerOptions.DecayScope.ALL
                ? variables.size()
                : firstLayer(session.model().parameters());
        clip = options.gradientClip();
        rate = options.lr();
        AdamOptions plain = AdamOptions.withLearningRate(options.lr());
        parts.add(engine.adam(plain.weightDecay(options.weightDecay()), variables.subList(0, decaying)));
        if (decaying < variables.size()) {
            parts.add(engine.adam(plain, variables.subList(decaying, variables.size())));
        }
    }

    /** Counts the trainable parameters of the layer that the first one belongs to: names begin with the layer's. */
    private static int firstLayer(List<Parameter> parameters) {
        List<String> layers = parameters.stream()
                .filter(Parameter::isTrainable)
                .map(p -> p.name().split("\\.", 2)[0])
                .toList();
        int count = 0;
        while (count < layers.size() && layers.get(count).equals(layers.get(0))) {
            count++;
        }
        return count;
    }

    void setRate(double learningRate) {
        if (learningRate != rate) {
            rate = learningRate;
            parts.forEach(part -> part.setLearningRate(learningRate));
        }
    }

    List<AdamState> states() {
        return parts.stream().map(AdamOptimizer::state).toList();
    }

    void restore(List<AdamState> states) {
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).restore(states.get(i));
        }
    }

    void step(TensorEngine engine, NDArray loss) {
        List<NDArray> gradients = clipped(engine.gradients(loss, variables));
        parts.get(0).step(gradients.subList(0, decaying));
        if (parts.size() > 1) {
            parts.get(1).step(gradients.subList(decaying, gradients.size()));
        }
    }

    private List<NDArray> clipped(List<NDArray> gradients) {
        if (clip == 0) {
            return gradients;
        }
        double squares = 0;
        for (NDArray gradient : gradients) {
            squares += gradient.square().sum().getFloat();
        }
        double norm = Math.sqrt(squares);
        return norm <= clip
                ? gradients
                : gradients.stream().map(g -> g.mul(clip / norm)).toList();
    }

    @Override
    public void close() {
        parts.forEach(AdamOptimizer::close);
    }
}
