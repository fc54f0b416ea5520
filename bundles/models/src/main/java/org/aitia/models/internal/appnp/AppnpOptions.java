package org.aitia.models.internal.appnp;

import org.aitia.api.option.Option;
import org.aitia.models.internal.layers.ActivationFunction;
import org.aitia.models.internal.layers.Decoder;
import org.aitia.models.internal.layers.LayerOptions;
import org.aitia.models.internal.layers.Pooling;

/** The options of APPNP. */
record AppnpOptions(
        @Option(
                description = "size of each hidden layer of the perceptron",
                defaultValue = "64",
                min = 1,
                aliases = {"hiddenChannels"},
                source = "Gasteiger et al. 2019, section 5")
        int hidden,

        @Option(
                description = "linear layers of the perceptron",
                defaultValue = "2",
                min = 1,
                max = 64,
                aliases = {"layers"},
                source = "Gasteiger et al. 2019, section 5")
        int mlpLayers,

        @Option(
                description = "steps of propagation: how many hops a prediction looks",
                defaultValue = "10",
                min = 1,
                max = 64,
                aliases = {"K"},
                source = "Gasteiger et al. 2019, section 5; PyG examples/citation/appnp.py")
        int k,

        @Option(
                description = "probability of returning to the root in each step",
                defaultValue = "0.1",
                min = 0,
                max = 1,
                source = "Gasteiger et al. 2019, section 5; PyG examples/citation/appnp.py")
        double alpha,

        @Option(
                description = "probability with which an input of a linear layer is dropped in training",
                defaultValue = "0.5",
                min = 0,
                max = 1,
                maxExclusive = true,
                source = "Gasteiger et al. 2019, section 5")
        double dropout,

        @Option(description = "function after each hidden layer", defaultValue = "relu")
        ActivationFunction activation,

        @Option(description = "how a graph's nodes become one row, for graph tasks", defaultValue = "mean")
        Pooling pooling,

        @Option(
                description = "how the ends of a link become logits, for link tasks: dot is their inner product,"
                        + " hadamard a linear layer on their product, concat one on both",
                defaultValue = "dot")
        Decoder decoder,

        @Option(description = "whether linear layers add a constant", defaultValue = "true")
        boolean bias)
        implements LayerOptions {}
