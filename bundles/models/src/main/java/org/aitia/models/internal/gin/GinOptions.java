package org.aitia.models.internal.gin;

import org.aitia.api.option.Option;
import org.aitia.models.internal.layers.ActivationFunction;
import org.aitia.models.internal.layers.Decoder;
import org.aitia.models.internal.layers.LayerOptions;
import org.aitia.models.internal.layers.Pooling;

/** The options of a GIN. */
record GinOptions(
        @Option(
                description = "size of each hidden layer",
                defaultValue = "32",
                min = 1,
                aliases = {"hiddenChannels"},
                source = "Xu et al. 2019, section 7: 16 or 32 for molecules; PyG examples/mutag_gin.py")
        int hidden,

        @Option(
                description = "number of convolutions: how many hops a prediction looks",
                defaultValue = "5",
                min = 1,
                max = 64,
                aliases = {"numLayers"},
                source = "Xu et al. 2019, section 7; PyG examples/mutag_gin.py")
        int layers,

        @Option(
                description = "linear layers of the perceptron in each convolution",
                defaultValue = "2",
                min = 1,
                max = 16,
                source = "Xu et al. 2019, section 7: 2")
        int mlpLayers,

        @Option(
                description = "how much more than a neighbour a node itself counts, at the start",
                defaultValue = "0",
                source = "Xu et al. 2019, equation 4.1; 0: GIN-0")
        double eps,

        @Option(
                description = "whether eps is learnt",
                defaultValue = "false",
                source = "Xu et al. 2019, section 7: true is GIN-epsilon, false GIN-0")
        boolean trainEps,

        @Option(
                description = "batch normalization of every hidden layer, of convolutions and inside them, before the"
                        + " activation",
                defaultValue = "true",
                source = "Xu et al. 2019, section 7")
        boolean batchNorm,

        @Option(
                description =
                        "which layers are read out: the outputs of all, concatenated, or the last one's; the input itself"
                                + " is not, as in PyG's JumpingKnowledge",
                defaultValue = "concat",
                aliases = {"jk"},
                source = "Xu et al. 2019, equation 4.2: concat")
        Jumping jumping,

        @Option(
                description = "probability with which an input of the last linear layer is dropped in training",
                defaultValue = "0.5",
                min = 0,
                max = 1,
                maxExclusive = true,
                source = "Xu et al. 2019, section 7: 0 or 0.5, after the dense layer")
        double dropout,

        @Option(
                description = "probability with which an input of a convolution is dropped in training",
                defaultValue = "0",
                min = 0,
                max = 1,
                maxExclusive = true,
                source = "Xu et al. 2019, section 7: none")
        double layerDropout,

        @Option(description = "function after each hidden layer", defaultValue = "relu")
        ActivationFunction activation,

        @Option(
                description = "how a graph's nodes become one row, for graph tasks",
                defaultValue = "sum",
                source = "Xu et al. 2019, section 7, for molecules")
        Pooling pooling,

        @Option(
                description = "how the ends of a link become logits, for link tasks: dot is their inner product,"
                        + " hadamard a linear layer on their product, concat one on both",
                defaultValue = "dot")
        Decoder decoder)
        implements LayerOptions {

    /** Which layers are read out. */
    enum Jumping {
        CONCAT,
        LAST
    }

    @Override
    public boolean concat() {
        return jumping == Jumping.CONCAT;
    }
}
