package org.aitia.models.internal.appnp;

import org.aitia.api.option.Option;
import org.aitia.models.internal.layers.Decoder;
import org.aitia.models.internal.layers.LayerOptions;
import org.aitia.models.internal.layers.Pooling;

/** The options of SGC. */
record SgcOptions(
        @Option(
                description = "steps of propagation: how many hops a prediction looks",
                defaultValue = "2",
                min = 1,
                max = 64,
                aliases = {"K", "layers"},
                source = "Wu et al. 2019, section 6.1; PyG examples/sgc.py")
        int k,

        @Option(
                description = "size of the embedding, for graph and link tasks",
                defaultValue = "64",
                min = 1,
                aliases = {"hiddenChannels"})
        int hidden,

        @Option(
                description = "probability with which an input of a linear layer is dropped in training",
                defaultValue = "0",
                min = 0,
                max = 1,
                maxExclusive = true,
                source = "Wu et al. 2019: none")
        double dropout,

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
