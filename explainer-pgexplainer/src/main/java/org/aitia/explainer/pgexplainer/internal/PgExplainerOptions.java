package org.aitia.explainer.pgexplainer.internal;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.option.Option;

/**
 * Options of PGExplainer: PyTorch Geometric's, with its defaults; names of DGL, DIG and the authors' code are aliases.
 *
 * @param epochs passes over all targets
 * @param lr learning rate
 * @param step how many targets an optimiser step sums the loss of
 * @param hidden widths of the network's hidden layers
 * @param init how its weights are drawn
 * @param initSeed the seed of that, or -1
 * @param embeddings what the network reads of a node
 * @param edgeSize coefficient of the mask's size
 * @param edgeReduction how the size is taken
 * @param budget size that costs nothing
 * @param edgeEnt coefficient of the mask's entropy
 * @param entropyScale whether the entropy is taken of 0.99 m + 0.005
 * @param entropyMean what the entropy is divided by
 * @param regularized which edges size and entropy count
 * @param temperatureStart temperature in the first epoch
 * @param temperatureEnd temperature after the last epoch
 * @param schedule how the temperature goes from one to the other
 * @param sampling whether masks are drawn in training
 * @param bias distance of the noise from 0 and 1
 * @param undirected whether the two directions of an edge share the mean of their masks
 * @param clipNorm greatest norm of the gradient, or 0
 * @param clipValue greatest entry of the gradient, or 0
 * @param explainTemperature temperature of masks that explain
 */
record PgExplainerOptions(
        @Option(
                description = "passes over all targets in training",
                defaultValue = "30",
                min = 1,
                max = 1_000_000,
                aliases = {"num_epochs", "eepochs"},
                source = "PyG's example; Luo et al. use 10 to 30")
        int epochs,

        @Option(
                description = "learning rate of Adam",
                defaultValue = "0.003",
                min = 0,
                minExclusive = true,
                aliases = {"learning_rate", "elr"},
                source = "PyG; Luo et al.")
        double lr,

        @Option(
                description =
                        "when the optimiser steps: after every target, once per epoch on the summed loss of all, or"
                                + " after a number of targets",
                defaultValue = "epoch",
                aliases = {"batch_size"},
                source = "epoch: the authors' code and its replication; target: PyG")
        String step,

        @Option(
                description = "widths of the hidden layers of the network that scores edges, separated by commas",
                defaultValue = "64",
                aliases = {"hidden_channels"},
                source = "Luo et al., appendix; PyG")
        String hidden,

        @Option(
                description =
                        "how the network's weights are drawn: pytorch is uniform within 1 / sqrt(inputs), biases too;"
                                + " glorot is uniform within sqrt(6 / (inputs + outputs)), biases 0",
                defaultValue = "pytorch",
                source = "PyG; glorot: the authors' code (Keras)")
        Init init,

        @Option(
                description = "seed of the network's first weights alone; -1 derives it from the seed of the request",
                defaultValue = "-1",
                min = -1)
        long initSeed,

        @Option(
                description =
                        "what the network reads of a node: the model's last layer, the outputs of all layers side by"
                                + " side, or its logits (node tasks; the only choice for imported models)",
                defaultValue = "last",
                source = "last: PyG; all: the authors' code on node tasks")
        EmbeddingChoice embeddings,

        @Option(
                description = "coefficient of the size of the mask",
                defaultValue = "0.05",
                min = 0,
                aliases = {"edge_size", "coff_size", "coff_budget"},
                source = "Luo et al., section 4.2; PyG")
        double edgeSize,

        @Option(
                description = "size of the mask is the sum or the mean of its values",
                defaultValue = "sum",
                aliases = {"edge_reduction"},
                source = "sum: PyG, DGL, DIG, the authors' code")
        Reduction edgeReduction,

        @Option(
                description = "size up to which a mask costs nothing; 0 for none. In units of edgeReduction",
                defaultValue = "0",
                min = 0,
                source = "Luo et al., section 4.2, budget constraint; the authors' code")
        double budget,

        @Option(
                description = "coefficient of the element-wise entropy of the mask",
                defaultValue = "1.0",
                min = 0,
                aliases = {"edge_ent", "coff_ent", "coff_connect"},
                source = "Luo et al., section 4.2; PyG")
        double edgeEnt,

        @Option(
                description = "take the entropy of 0.99 m + 0.005 instead of m, which keeps its derivative finite",
                defaultValue = "true",
                aliases = {"entropy_scale"},
                source = "PyG, DIG; false: the replication study")
        boolean entropyScale,

        @Option(
                description =
                        "divide the sum of the entropies by the number of edges, or by that of all pairs of nodes",
                defaultValue = "edges",
                aliases = {"entropy_mean"},
                source = "PyG; pairs: the authors' code, which has a dense mask")
        EntropyMean entropyMean,

        @Option(
                description =
                        "which edges size and entropy count: those of the receptive field, which can influence the"
                                + " prediction, or all edges between its nodes (subgraph)",
                defaultValue = "receptive-field",
                source = "subgraph: PyG and the authors' code")
        Regularized regularized,

        @Option(
                description = "temperature in the first epoch: the greater, the softer the masks that are drawn",
                defaultValue = "5.0",
                min = 0,
                minExclusive = true,
                aliases = {"t0", "temperature_start", "coff_t0"},
                source = "PyG temp[0]; Luo et al.")
        double temperatureStart,

        @Option(
                description = "temperature that the schedule comes to after the last epoch",
                defaultValue = "2.0",
                min = 0,
                minExclusive = true,
                aliases = {"t1", "temperature_end", "coff_te"},
                source = "PyG temp[1]; Luo et al.")
        double temperatureEnd,

        @Option(
                description = "how the temperature changes: geometric is t0 (t1 / t0)^(epoch / epochs), linear is"
                        + " t0 + (t1 - t0) epoch / epochs",
                defaultValue = "geometric",
                source = "Luo et al.; PyG")
        Schedule schedule,

        @Option(
                description = "draw masks in training; without, they are sigmoid(logit / temperature)",
                defaultValue = "true",
                source = "Luo et al., equation 6")
        boolean sampling,

        @Option(
                description = "noise is drawn from bias to 1 - bias, from 0 to 0.5: 0 gives the full concrete"
                        + " distribution (safe here), 0.5 means no noise at all",
                defaultValue = "0.01",
                min = 0,
                max = 0.5,
                aliases = {"sample_bias"},
                source = "PyG; 0 in DGL and DIG")
        double bias,

        @Option(
                description = "give both directions of an edge the mean of their masks",
                defaultValue = "false",
                source = "the authors' code")
        boolean undirected,

        @Option(
                description = "scale the gradient down to this norm; 0 for never",
                defaultValue = "0",
                min = 0,
                aliases = {"clip_norm"})
        double clipNorm,

        @Option(
                description = "cut entries of the gradient at plus and minus this value; 0 for never",
                defaultValue = "0",
                min = 0,
                aliases = {"clip_value"},
                source = "2 in the authors' notebooks")
        double clipValue,

        @Option(
                description =
                        "what logits are divided by when explaining, sigmoid(logit / temperature): more than 1 keeps"
                                + " edges in order that would all be 1 after rounding; need not be that of training",
                defaultValue = "1.0",
                min = 0,
                minExclusive = true,
                source = "1: PyG and the authors' code")
        double explainTemperature) {

    private static final Pattern WIDTHS = Pattern.compile("[1-9][0-9]{0,4}( *, *[1-9][0-9]{0,4}){0,7}");
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,8}");

    PgExplainerOptions {
        hidden = hidden.trim();
        step = step.trim();
        if (!WIDTHS.matcher(hidden).matches()) {
            throw new InvalidRequestException("option 'hidden' takes one to eight widths from 1 to 99999, for example"
                    + " '64' or '64,32', not '" + hidden + "'");
        }
        if (!step.equals("target")
                && !step.equals("epoch")
                && !COUNT.matcher(step).matches()) {
            throw new InvalidRequestException(
                    "option 'step' takes target, epoch, or how many targets a step has, from 1" + " to 999999999, not '"
                            + step + "'");
        }
    }

    /** How weights are drawn. */
    enum Init {
        PYTORCH,
        GLOROT
    }

    /** What the network reads of a node. */
    enum EmbeddingChoice {
        LAST,
        ALL,
        LOGITS
    }

    /** How the size of a mask is taken. */
    enum Reduction {
        SUM,
        MEAN
    }

    /** What the entropy is divided by. */
    enum EntropyMean {
        EDGES,
        PAIRS
    }

    /** Which edges are regularised. */
    enum Regularized {
        RECEPTIVE_FIELD,
        SUBGRAPH
    }

    /** How the temperature changes. */
    enum Schedule {
        GEOMETRIC,
        LINEAR
    }

    /** Widths of the hidden layers. */
    int[] widths() {
        return Arrays.stream(hidden.split(" *, *")).mapToInt(Integer::parseInt).toArray();
    }

    /** Targets per optimiser step, of {@code all}. */
    int targetsPerStep(int all) {
        return switch (step) {
            case "target" -> 1;
            case "epoch" -> all;
            default -> Math.min(all, Integer.parseInt(step));
        };
    }

    double temperature(int epoch) {
        double passed = (double) epoch / epochs;
        return schedule == Schedule.LINEAR
                ? temperatureStart + (temperatureEnd - temperatureStart) * passed
                : temperatureStart * Math.pow(temperatureEnd / temperatureStart, passed);
    }

    /** Whether masks depend on chance. */
    boolean isNoisy() {
        return sampling && bias < 0.5;
    }
}
