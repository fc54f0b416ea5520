package org.aitia.models.internal.gat;

import org.aitia.api.option.Option;
import org.aitia.models.internal.layers.ActivationFunction;
import org.aitia.models.internal.layers.Decoder;
import org.aitia.models.internal.layers.LayerOptions;
import org.aitia.models.internal.layers.Pooling;

/** The options of a graph attention network of either version. */
record GatOptions(
        @Option(
                description = "features that each head of a hidden layer computes",
                defaultValue = "8",
                min = 1,
                aliases = {"hiddenChannels"},
                source = "Velickovic et al. 2018, section 3.3")
        int hidden,

        @Option(
                description = "number of attention layers: how many hops a prediction looks",
                defaultValue = "2",
                min = 1,
                max = 64,
                aliases = {"numLayers"},
                source = "Velickovic et al. 2018, section 3.3")
        int layers,

        @Option(
                description = "number of attention heads of each layer but the last",
                defaultValue = "8",
                min = 1,
                max = 1024,
                source = "Velickovic et al. 2018, section 3.3")
        int heads,

        @Option(
                description = "number of attention heads of the last layer; 8 for PubMed in the paper",
                defaultValue = "1",
                min = 1,
                max = 1024,
                aliases = {"outputHeads"},
                source = "Velickovic et al. 2018, section 3.3")
        int outHeads,

        @Option(
                description = "how the heads of a layer become its output: concat puts them side by side, mean takes"
                        + " their mean; one for each layer, separated by commas; auto: concat, in the last layer mean",
                defaultValue = "auto",
                source = "Velickovic et al. 2018, equations 5 and 6")
        String headMerge,

        @Option(
                description = "probability with which an input of a layer is dropped in training",
                defaultValue = "0.6",
                min = 0,
                max = 1,
                maxExclusive = true,
                source = "Velickovic et al. 2018, section 3.3")
        double dropout,

        @Option(
                description = "probability with which an attention coefficient is dropped in training",
                defaultValue = "0.6",
                min = 0,
                max = 1,
                maxExclusive = true,
                source = "Velickovic et al. 2018, section 3.3")
        double attentionDropout,

        @Option(
                description = "slope of the LeakyReLU within attention, for negative values",
                defaultValue = "0.2",
                min = 0,
                max = 1,
                source = "Velickovic et al. 2018, section 3.3")
        double negativeSlope,

        @Option(description = "function after each hidden layer", defaultValue = "elu")
        ActivationFunction activation,

        @Option(
                description = "whether nodes attend to themselves, too",
                defaultValue = "true",
                aliases = {"addSelfLoops"},
                source = "Velickovic et al. 2018, section 2.1")
        boolean selfLoops,

        @Option(
                description = "whether features of edges enter the attention, where a data set has them; those of"
                        + " self-loops that are added are the mean over the node's in-edges",
                defaultValue = "true",
                source = "PyG GATConv edge_dim, fill_value='mean'")
        boolean edgeFeatures,

        @Option(
                description = "whether a linear function of its input is added to the output of each layer",
                defaultValue = "false",
                source = "Velickovic et al. 2018, section 3.3, inductive learning; PyG GATConv residual")
        boolean residual,

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
        implements LayerOptions {}
