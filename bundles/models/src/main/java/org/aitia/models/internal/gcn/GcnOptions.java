package org.aitia.models.internal.gcn;

import org.aitia.api.option.Option;
import org.aitia.models.internal.layers.ActivationFunction;
import org.aitia.models.internal.layers.Decoder;
import org.aitia.models.internal.layers.LayerOptions;
import org.aitia.models.internal.layers.Pooling;

/** The options of a GCN. */
record GcnOptions(
        @Option(
                description = "size of each hidden layer",
                defaultValue = "16",
                min = 1,
                aliases = {"hiddenChannels"},
                source = "Kipf and Welling 2017, section 5.2")
        int hidden,

        @Option(
                description = "number of graph convolutions: how many hops a prediction looks",
                defaultValue = "2",
                min = 1,
                max = 64,
                aliases = {"numLayers"},
                source = "Kipf and Welling 2017, equation 9")
        int layers,

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

        @Option(
                description = "weight of messages: symmetric is D^-1/2 A D^-1/2, none is the edge's own weight",
                defaultValue = "symmetric",
                source = "Kipf and Welling 2017, equation 2; none: GNNExplainer and PGExplainer papers")
        Normalization normalization,

        @Option(
                description = "whether nodes without a self-loop get one of weight 1; auto: only with symmetric"
                        + " normalization",
                defaultValue = "auto",
                source = "PyG GCNConv")
        SelfLoops selfLoops,

        @Option(
                description = "scale each hidden layer's output to length 1, before the activation",
                defaultValue = "false",
                source = "GNNExplainer and PGExplainer papers")
        boolean l2Normalize,

        @Option(
                description = "batch normalization after the activation of each hidden layer",
                defaultValue = "false",
                source = "GNNExplainer and PGExplainer papers, node tasks")
        boolean batchNorm,

        @Option(
                description = "classify the outputs of all layers, concatenated, with a linear layer",
                defaultValue = "false",
                source = "GNNExplainer and PGExplainer papers")
        boolean concat,

        @Option(description = "how a graph's nodes become one row, for graph tasks", defaultValue = "mean")
        Pooling pooling,

        @Option(
                description = "how the ends of a link become logits, for link tasks: dot is their inner product,"
                        + " hadamard a linear layer on their product, concat one on both",
                defaultValue = "dot",
                source = "Kipf and Welling 2016, arXiv:1611.07308, section 1; PyG examples/link_pred.py")
        Decoder decoder,

        @Option(description = "whether layers add a constant", defaultValue = "true")
        boolean bias)
        implements LayerOptions {

    /** What decides the weight of a message. */
    enum Normalization {
        SYMMETRIC,
        NONE
    }

    /** Whether nodes without a self-loop get one. */
    enum SelfLoops {
        AUTO,
        TRUE,
        FALSE
    }

    boolean symmetric() {
        return normalization == Normalization.SYMMETRIC;
    }

    boolean addsSelfLoops() {
        return selfLoops == SelfLoops.TRUE || selfLoops == SelfLoops.AUTO && symmetric();
    }
}
