package org.aitia.models.internal.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

        @Option(
                description =
                        "nodes or candidate links per step, with their receptive fields, for node and link tasks; 0"
                                + " for the whole graph, or for what fits where that does not fit into memory",
                defaultValue = "0",
                min = 0)
        int batchNodes,

        @Option(
                description =
                        "in-edges to draw of each node per layer, from the last layer on, for example 10,10; -1 for"
                                + " all; empty for exact receptive fields",
                defaultValue = "",
                source = "Hamilton et al. 2017, section 3.1")
        String fanouts,

        @Option(description = "how the learning rate changes", defaultValue = "constant")
        Schedule.Kind schedule,

        @Option(description = "epochs between the drops of schedule=step", defaultValue = "50", min = 1)
        int scheduleStep,

        @Option(
                description = "what a drop multiplies the learning rate by, for schedule=step and plateau",
                defaultValue = "0.5",
                min = 0,
                minExclusive = true,
                max = 1,
                source = "Xu et al. 2019, section 7")
        double scheduleFactor,

        @Option(
                description = "epochs without a lower loss (on validation instances if there are any) before a drop of"
                        + " schedule=plateau",
                defaultValue = "10",
                min = 0,
                source = "PyTorch, ReduceLROnPlateau")
        int schedulePatience,

        @Option(description = "the schedule never goes below this learning rate", defaultValue = "0", min = 0)
        double minLr,

        @Option(
                description = "epochs over which the learning rate rises from 0 at the start",
                defaultValue = "0",
                min = 0)
        int warmup,

        @Option(
                description =
                        "weight of each class in the loss: none, balanced (by rarity in the training instances), or"
                                + " one number per class as in 1,2.5",
                defaultValue = "none",
                source = "scikit-learn, class_weight")
        String classWeights,

        @Option(
                description = "share of the loss that is for all classes alike instead of the true one",
                defaultValue = "0",
                min = 0,
                max = 1,
                maxExclusive = true,
                source = "PyTorch, CrossEntropyLoss")
        double labelSmoothing,

        @Option(
                description = "parts of a stratified cross-validation, for graph tasks; 0 for none",
                defaultValue = "0",
                min = 0,
                source = "Xu et al. 2019, section 7: 10")
        int folds,

        @Option(
                description = "write a checkpoint every so many epochs, to resume from after a kill; 0 for never",
                defaultValue = "0",
                min = 0)
        int checkpointEvery,

        @Option(
                description = "write a checkpoint after the epoch in which so many seconds have passed; 0 for never",
                defaultValue = "0",
                min = 0)
        double checkpointSeconds,

        @Option(description = "go on from the checkpoint of the same request, if there is one", defaultValue = "false")
        boolean resume,

        @Option(description = "where to write the measures of every epoch", defaultValue = "none")
        Log log,

        @Option(description = "folder for the log; logs/NAME in the data directory if empty", defaultValue = "")
        String logDir,

        @Option(
                description = "epochs between histograms of the weights in the TensorBoard log; 0 for none",
                defaultValue = "10",
                min = 0)
        int histogramEvery,

        @Option(description = "name of the data set's split; the default one if empty", defaultValue = "")
        String split) {
    /** Options that decide on what is written besides the model, not on the model. */
    private static final List<String> ASIDE =
            List.of("checkpointEvery", "checkpointSeconds", "resume", "log", "logDir", "histogramEvery");

    /** Which parameters decay. */
    enum DecayScope {
        FIRST_LAYER,
        ALL
    }

    /** What the best epoch is best in, on validation instances. */
    enum Criterion {
        LOSS,
        ACCURACY,
        MACRO_F1,
        ROC_AUC
    }

    /** Where measures go. */
    enum Log {
        NONE,
        CSV,
        TENSORBOARD,
        BOTH
    }

    /** Leaves only what the trained model depends on. */
    static Map<String, String> decisive(Map<String, String> formatted) {
        Map<String, String> decisive = new LinkedHashMap<>(formatted);
        decisive.keySet().removeAll(ASIDE);
        return decisive;
    }

    boolean savesCheckpoints() {
        return checkpointEvery > 0 || checkpointSeconds > 0;
    }

    boolean validates() {
        return patience > 0 || restoreBest;
    }
}
