package org.aitia.models.internal.cheb;

import org.aitia.api.option.Option;
import org.aitia.models.internal.layers.ActivationFunction;
import org.aitia.models.internal.layers.Decoder;
import org.aitia.models.internal.layers.LayerOptions;
import org.aitia.models.internal.layers.Pooling;

/** The options of a TAGCN. */
record TagOptions(
        @Option(
                description = "size of each hidden layer",
                defaultValue = "16",
                min = 1,
                aliases = {"hiddenChannels"},
                source = "Du et al. 2017, section 3.2")
        int hidden,

        @Option(
                description = "number of convolutions",
                defaultValue = "2",
                min = 1,
                max = 64,
                aliases = {"numLayers"},
                source = "Du et al. 2017, section 3.2")
        int layers,

        @Option(
                description = "highest power of the adjacency: how many hops a layer looks",
                defaultValue = "3",
                min = 1,
                max = 64,
                aliases = {"K"},
                source = "PyG TAGConv")
        int k,

        @Option(
                description = "probability with which an input of a layer is dropped in training",
                defaultValue = "0.5",
                min = 0,
                max = 1,
                maxExclusive = true,
                source = "Kipf and Welling 2017, section 5.2")
        double dropout,

        @Option(description = "function after each hidden layer", defaultValue = "relu")
        ActivationFunction activation,

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
