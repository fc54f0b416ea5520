package org.aitia.models.internal.train;

import org.aitia.api.option.Option;

/** The options of the trainer. */
record TrainerOptions(
        @Option(
                description = "how often the training instances are seen",
                defaultValue = "200",
                min = 1,
                source = "Kipf and Welling 2017, section 5.2")
        int epochs,

        @Option(
                description = "learning rate of Adam",
                defaultValue = "0.01",
                min = 0,
                minExclusive = true,
                aliases = {"learningRate"},
                source = "Kipf and Welling 2017, section 5.2")
        double lr,

        @Option(
                description = "L2 penalty on weights, as a factor of the weight in its gradient",
                defaultValue = "0.0005",
                min = 0,
                source = "Kipf and Welling 2017, section 5.2")
        double weightDecay,

        @Option(
                description = "which parameters the penalty is for",
                defaultValue = "first-layer",
                source = "Kipf and Welling 2017, their code")
        DecayScope weightDecayOn,

        @Option(
                description = "stop when the validation criterion has not improved for so many epochs and keep the best"
                        + " weights; 0 to train to the end",
                defaultValue = "0",
                min = 0)
        int patience,

        @Option(description = "what early stopping and the best weights are judged by", defaultValue = "loss")
        Criterion criterion,

        @Option(
                description =
                        "keep the weights of the best validation epoch instead of the last; always so with patience",
                defaultValue = "false")
        boolean restoreBest,

        @Option(
                description = "scale gradients down to this global norm; 0 for never",
                defaultValue = "0",
                min = 0,
                aliases = {"clip"},
                source = "PGExplainer replication: 2")
        double gradientClip,

        @Option(description = "graphs per step, for graph tasks; 0 for all in one", defaultValue = "64", min = 0)
        int batchSize,

        @Option(description = "name of the data set's split; the default one if empty", defaultValue = "")
        String split) {

    /** Which parameters decay. */
    enum DecayScope {
        FIRST_LAYER,
        ALL
    }

    /** What the best epoch is best in, on validation instances. */
    enum Criterion {
        LOSS,
        ACCURACY
    }

    boolean validates() {
        return patience > 0 || restoreBest;
    }
}
