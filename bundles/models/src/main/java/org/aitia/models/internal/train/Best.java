package org.aitia.models.internal.train;

import java.util.List;
import java.util.function.Supplier;
import org.aitia.api.model.Parameter;
import org.aitia.models.internal.predict.Scores;

/** Remembers the weights that did best on the validation instances. */
final class Best {
    private final TrainerOptions options;
    private State state = new State(Double.POSITIVE_INFINITY, 0, List.of());

    /**
     * The best epoch.
     *
     * @param value what it was judged by; less is better
     * @param epoch its number; 0 for none
     * @param weights those after it
     */
    record State(double value, int epoch, List<Parameter> weights) {}

    Best(TrainerOptions options) {
        this.options = options;
    }

    void offer(int epoch, Scores scores, Supplier<List<Parameter>> weights) {
        double value =
                switch (options.criterion()) {
                    case LOSS -> scores.loss();
                    case ACCURACY -> -scores.accuracy();
                    case MACRO_F1 -> -scores.macroF1();
                    case ROC_AUC -> -scores.rocAuc();
                };
        if (value < state.value()) {
            state = new State(value, epoch, weights.get());
        }
    }

    boolean isOld(int epoch) {
        return options.patience() > 0 && epoch - state.epoch() >= options.patience();
    }

    State state() {
        return state;
    }

    void restore(State earlier) {
        state = earlier;
    }
}
