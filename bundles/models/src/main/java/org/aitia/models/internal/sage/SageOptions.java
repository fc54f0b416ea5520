package org.aitia.models.internal.sage;

import org.aitia.api.option.Option;
import org.aitia.models.internal.layers.ActivationFunction;
import org.aitia.models.internal.layers.Decoder;
import org.aitia.models.internal.layers.LayerOptions;
import org.aitia.models.internal.layers.Pooling;

/** The options of GraphSAGE. */
record SageOptions(
        @Option(
                description = "size of each hidden layer",
                defaultValue = "64",
                min = 1,
                aliases = {"hiddenChannels"},
                source = "PyG examples/graph_sage_unsup.py")
        int hidden,

        @Option(
                description = "number of convolutions: how many hops a prediction looks",
                defaultValue = "2",
                min = 1,
                max = 64,
                aliases = {"numLayers"},
                source = "Hamilton et al. 2017, section 4: K = 2")
        int layers,

        @Option(
                description = "how the messages of neighbours become one",
                defaultValue = "mean",
                aliases = {"aggr"},
                source = "Hamilton et al. 2017, section 3.3; PyG SAGEConv")
        Aggregator aggregator,

        @Option(
                description = "whether a node's own row is added, with weights of its own",
                defaultValue = "true",
                source = "Hamilton et al. 2017, algorithm 1, line 5; PyG SAGEConv")
        boolean rootWeight,

        @Option(
                description = "scale each layer's output to length 1",
                defaultValue = "false",
                source = "Hamilton et al. 2017, algorithm 1, line 7; PyG SAGEConv")
        boolean normalize,

        @Option(
                description = "send relu(W x + b) rather than x, as the pooling aggregator does",
                defaultValue = "false",
                source = "Hamilton et al. 2017, equation 3; PyG SAGEConv")
        boolean project,

        @Option(
                description = "probability with which an input of a layer is dropped in training",
                defaultValue = "0.5",
                min = 0,
                max = 1,
                maxExclusive = true,
                source = "PyG examples/reddit.py")
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
                defaultValue = "dot",
                source = "PyG examples/graph_sage_unsup.py")
        Decoder decoder,

        @Option(description = "whether layers add a constant", defaultValue = "true")
        boolean bias)
        implements LayerOptions {}
