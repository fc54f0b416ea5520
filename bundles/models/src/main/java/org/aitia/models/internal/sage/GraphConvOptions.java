package org.aitia.models.internal.sage;

import org.aitia.api.option.Option;
import org.aitia.models.internal.layers.ActivationFunction;
import org.aitia.models.internal.layers.Decoder;
import org.aitia.models.internal.layers.LayerOptions;
import org.aitia.models.internal.layers.Pooling;

/** The options of GraphConv. */
record GraphConvOptions(
        @Option(
                description = "size of each hidden layer",
                defaultValue = "64",
                min = 1,
                aliases = {"hiddenChannels"},
                source = "Morris et al. 2019, section 6")
        int hidden,

        @Option(
                description = "number of convolutions: how many hops a prediction looks",
                defaultValue = "3",
                min = 1,
                max = 64,
                aliases = {"numLayers"},
                source = "Morris et al. 2019, section 6")
        int layers,

        @Option(
                description = "how the messages of neighbours become one",
                defaultValue = "sum",
                aliases = {"aggr"},
                source = "Morris et al. 2019, equation 5; PyG GraphConv")
        Aggregator aggregator,

        @Option(
                description = "probability with which an input of a layer is dropped in training",
                defaultValue = "0.5",
                min = 0,
                max = 1,
                maxExclusive = true,
                source = "Morris et al. 2019, section 6")
        double dropout,

        @Option(description = "function after each hidden layer", defaultValue = "relu")
        ActivationFunction activation,

        @Option(
                description = "scale each hidden layer's output to length 1, before the activation",
                defaultValue = "false")
        boolean l2Normalize,

        @Option(description = "batch normalization after the activation of each hidden layer", defaultValue = "false")
        boolean batchNorm,

        @Option(
                description = "classify the outputs of all layers, concatenated, with a linear layer",
                defaultValue = "false")
        boolean concat,

        @Option(description = "how a graph's nodes become one row, for graph tasks", defaultValue = "mean")
        Pooling pooling,

        @Option(
                description = "how the ends of a link become logits, for link tasks: dot is their inner product,"
                        + " hadamard a linear layer on their product, concat one on both",
                defaultValue = "dot")
        Decoder decoder,

        @Option(description = "whether layers add a constant", defaultValue = "true")
        boolean bias)
        implements LayerOptions {}
