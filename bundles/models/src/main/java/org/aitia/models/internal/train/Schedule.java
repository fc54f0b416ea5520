package org.aitia.models.internal.train;

/** How the learning rate changes from epoch to epoch. */
final class Schedule {
    /** PyTorch's: a loss is lower if it is so by more than this share. */
    private static final double THRESHOLD = 1e-4;

    private final TrainerOptions options;
    private State state = new State(0, Double.POSITIVE_INFINITY, 0);

    /** Shapes of the curve. */
    enum Kind {
        /** Always the same. */
        CONSTANT,
        /** Drops after a number of epochs. */
        STEP,
        /** Falls along half a cosine to the end of training. */
        COSINE,
        /** Drops when the loss no longer falls. */
        PLATEAU
    }

    /**
     * What is remembered of the losses.
     *
     * @param drops how often the rate was lowered
     * @param best lowest loss
     * @param waiting epochs since
     */
    record State(int drops, double best, int waiting) {}

    Schedule(TrainerOptions options) {
        this.options = options;
    }

    /**
     * Computes the learning rate.
     *
     * @param epoch number of epochs done
     */
    double rate(int epoch) {
        double rate =
                switch (options.schedule()) {
                    case CONSTANT -> options.lr();
                    case STEP -> dropped(epoch / options.scheduleStep());
                    case COSINE -> {
                        double end = Math.min(options.lr(), options.minLr());
                        yield end + (options.lr() - end) * (1 + Math.cos(Math.PI * epoch / options.epochs())) / 2;
                    }
                    case PLATEAU -> dropped(state.drops());
                };
        return epoch < options.warmup() ? rate * (epoch + 1) / options.warmup() : rate;
    }

    private double dropped(int drops) {
        double rate = options.lr() * Math.pow(options.scheduleFactor(), drops);
        // a rate that has vanished is none that an optimiser takes
        return Math.max(Math.max(rate, Double.MIN_NORMAL), Math.min(options.lr(), options.minLr()));
    }

    boolean needsLoss() {
        return options.schedule() == Kind.PLATEAU;
    }

    void observe(double loss) {
        if (loss < state.best() * (1 - THRESHOLD)) {
            state = new State(state.drops(), loss, 0);
        } else if (state.waiting() >= options.schedulePatience()) {
            state = new State(state.drops() + 1, state.best(), 0);
        } else {
            state = new State(state.drops(), state.best(), state.waiting() + 1);
        }
    }

    State state() {
        return state;
    }

    void restore(State earlier) {
        state = earlier;
    }
}
