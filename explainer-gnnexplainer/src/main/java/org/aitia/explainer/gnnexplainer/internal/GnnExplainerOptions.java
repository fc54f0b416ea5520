package org.aitia.explainer.gnnexplainer.internal;

import org.aitia.api.InvalidRequestException;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.option.Option;

/**
 * Options of GNNExplainer: PyTorch Geometric's, with its defaults; DGL's names are aliases.
 *
 * @param epochs optimisation steps
 * @param lr learning rate
 * @param edgeMaskType what gets an edge mask
 * @param nodeMaskType what gets a feature mask
 * @param edgeSize coefficient of the edge mask's size
 * @param edgeReduction how the edge mask's size is taken
 * @param edgeEnt coefficient of the edge mask's entropy
 * @param nodeFeatSize coefficient of the feature mask's size
 * @param nodeFeatReduction how the feature mask's size is taken
 * @param nodeFeatEnt coefficient of the feature mask's entropy
 * @param eps guard of the logarithms
 * @param sparsity how exact zeros are reached
 * @param edgeSparsity price of an edge in a sparse run
 * @param featureSparsity price of a feature in a sparse run
 * @param refineEpochs steps of the second stage
 * @param gateTemperature beta of the hard-concrete gates
 * @param gateStretch how far gates are stretched beyond 0 and 1
 * @param gateLr learning rate of the gates
 * @param threshold values up to it become 0
 * @param thresholdKeep what becomes of the others
 * @param topk how many elements stay
 * @param objectives further loss terms
 * @param laplacian coefficient of the Laplacian term
 * @param contrast the class to set the explained one off against
 * @param undirected whether the directions of an edge share one value
 * @param edgeAttributeMask what gets a mask on features of edges
 * @param edgeAttributeSize coefficient of that mask's size
 * @param edgeAttributeEnt coefficient of that mask's entropy
 * @param runs how often to repeat with other seeds
 * @param edgeInitMean mean of the edge mask's parameters before the first step
 * @param edgeInitSpread deviation of them
 * @param featureInitDeviation deviation of the feature mask's parameters before the first step
 * @param edgeEntOver what the mean of the edge mask's entropy is over
 */
record GnnExplainerOptions(
        @Option(
                description = "optimisation steps of the masks",
                defaultValue = "100",
                min = 1,
                max = 1_000_000,
                aliases = {"num_epochs"},
                source = "PyG; Ying et al. use 300")
        int epochs,

        @Option(
                description = "learning rate of Adam",
                defaultValue = "0.01",
                min = 0,
                minExclusive = true,
                aliases = {"learning_rate"},
                source = "PyG; the authors' code uses 0.1")
        double lr,

        @Option(
                description = "mask on edges: one value per edge, or none",
                defaultValue = "object",
                aliases = {"edge_mask_type"},
                source = "PyG")
        EdgeMaskType edgeMaskType,

        @Option(
                description = "mask on node features: none, one value per node (object), per feature shared by"
                        + " all nodes (common-attributes), or per node and feature (attributes)",
                defaultValue = "common-attributes",
                aliases = {"node_mask_type", "feat_mask_type"},
                source = "PyG; per feature as in Ying et al. and DGL")
        NodeMaskType nodeMaskType,

        @Option(
                description = "coefficient of the size of the edge mask",
                defaultValue = "0.005",
                min = 0,
                aliases = {"edge_size", "alpha1"},
                source = "Ying et al., section 4; PyG")
        double edgeSize,

        @Option(
                description = "size of the edge mask is the sum or the mean of its values",
                defaultValue = "sum",
                aliases = {"edge_reduction"},
                source = "PyG")
        Reduction edgeReduction,

        @Option(
                description = "coefficient of the mean element-wise entropy of the edge mask",
                defaultValue = "1.0",
                min = 0,
                aliases = {"edge_ent", "alpha2"},
                source = "Ying et al., section 4; PyG")
        double edgeEnt,

        @Option(
                description = "coefficient of the size of the feature mask",
                defaultValue = "1.0",
                min = 0,
                aliases = {"node_feat_size", "beta1"},
                source = "Ying et al., section 4; PyG")
        double nodeFeatSize,

        @Option(
                description = "size of the feature mask is the sum or the mean of its values",
                defaultValue = "mean",
                aliases = {"node_feat_reduction"},
                source = "PyG")
        Reduction nodeFeatReduction,

        @Option(
                description = "coefficient of the mean element-wise entropy of the feature mask",
                defaultValue = "0.1",
                min = 0,
                aliases = {"node_feat_ent", "beta2"},
                source = "Ying et al., section 4; PyG")
        double nodeFeatEnt,

        @Option(
                description = "added inside the logarithms of the entropy",
                defaultValue = "1e-15",
                min = 0,
                minExclusive = true,
                max = 0.1,
                aliases = {"EPS"},
                source = "PyG")
        double eps,

        @Option(
                description = "how unimportant elements become exactly 0: none (they only become small), l1 (proximal"
                        + " soft-threshold steps), two-stage (a standard run, then l1 from its result), l0"
                        + " (hard-concrete gates)",
                defaultValue = "none",
                source = "l1: Yun et al. 2021 (ProxGen); l0: Louizos et al. 2018")
        Sparsity sparsity,

        @Option(
                description = "price of an edge in sparse runs, in units of the loss: an edge stays while it is worth"
                        + " more; there it replaces edgeSize and edgeEnt",
                defaultValue = "0.005",
                min = 0,
                aliases = {"l1Edges", "l0Edges"})
        double edgeSparsity,

        @Option(
                description = "price of a feature, of nodes or edges, in sparse runs, in units of the loss; there it"
                        + " replaces the size and entropy of those masks",
                defaultValue = "0.005",
                min = 0,
                aliases = {"l1Features", "l0Features"})
        double featureSparsity,

        @Option(
                description = "steps of the second stage of sparsity=two-stage",
                defaultValue = "100",
                min = 1,
                max = 1_000_000)
        int refineEpochs,

        @Option(
                description = "temperature beta of the gates of sparsity=l0",
                defaultValue = "0.6666667",
                min = 0,
                minExclusive = true,
                max = 10,
                source = "Louizos et al. 2018: 2/3")
        double gateTemperature,

        @Option(
                description = "how far the gates of sparsity=l0 are stretched beyond 0 and 1 before they are cut: gamma"
                        + " is minus this, zeta one plus this",
                defaultValue = "0.1",
                min = 0,
                minExclusive = true,
                max = 10,
                source = "Louizos et al. 2018")
        double gateStretch,

        @Option(
                description = "learning rate of Adam for the gates of sparsity=l0, whose logarithms have further to go",
                defaultValue = "0.1",
                min = 0,
                minExclusive = true)
        double gateLr,

        @Option(
                description = "values up to this become 0 in the result; 0 is off",
                defaultValue = "0",
                min = 0,
                max = 1,
                maxExclusive = true)
        double threshold,

        @Option(
                description = "what becomes of values above the threshold or among the topk: they stay (keep) or are"
                        + " divided by the largest of the mask, which becomes 1 (renormalize)",
                defaultValue = "keep")
        ThresholdKeep thresholdKeep,

        @Option(
                description = "how many of the largest values of each mask stay, the others become 0: a count, or a"
                        + " fraction if below 1; with undirected=true two directions count as one edge; 0 is off",
                defaultValue = "0",
                min = 0,
                max = Integer.MAX_VALUE)
        double topk,

        @Option(
                description = "further terms of the loss, name:weight,...; explainers' bundles and others offer them as"
                        + " services",
                defaultValue = "")
        String objectives,

        @Option(
                description = "coefficient of the Laplacian term, which punishes edges between nodes of different"
                        + " predicted classes; node tasks only",
                defaultValue = "0",
                min = 0,
                aliases = {"lap"},
                source = "code of Ying et al., where it is 1")
        double laplacian,

        @Option(
                description = "why this class and not that: the loss becomes -log P(A | A or B), A being the explained"
                        + " class and B the runner-up or a class by number; none for -log P(A)",
                defaultValue = "none")
        String contrast,

        @Option(
                description = "give both directions of an undirected edge one value",
                defaultValue = "false",
                source = "code of Ying et al.")
        boolean undirected,

        @Option(
                description = "mask on features of edges: none, one value per edge and feature (attributes), or per"
                        + " feature shared by all edges (common-attributes)",
                defaultValue = "none",
                aliases = {"edge_attribute_mask"})
        EdgeAttributeMask edgeAttributeMask,

        @Option(description = "coefficient of the mean of the mask on features of edges", defaultValue = "1.0", min = 0)
        double edgeAttributeSize,

        @Option(
                description = "coefficient of the mean element-wise entropy of the mask on features of edges",
                defaultValue = "0.1",
                min = 0)
        double edgeAttributeEnt,

        @Option(
                description = "how often to repeat with other seeds; the result is the mean, with deviations",
                defaultValue = "1",
                min = 1,
                max = 10_000)
        int runs,

        @Option(
                description = "mean of the edge mask before the first step, before the sigmoid",
                defaultValue = "0",
                min = -20,
                max = 20,
                source = "PyG; the authors' code uses 1")
        double edgeInitMean,

        @Option(
                description = "deviation of the edge mask before the first step, before the sigmoid: sqrt(2 / n) with n"
                        + " nodes in the graph or in the computation graph, or none",
                defaultValue = "graph",
                source = "PyG; the authors' code uses computation-graph")
        InitSpread edgeInitSpread,

        @Option(
                description = "deviation of feature masks before the first step, before the sigmoid",
                defaultValue = "0.1",
                min = 0,
                max = 20,
                source = "PyG; the authors' code uses 0")
        double featureInitDeviation,

        @Option(
                description = "what the mean entropy of the edge mask is a mean over: its edges, or all pairs of nodes"
                        + " of the computation graph",
                defaultValue = "edges",
                source = "PyG; the authors' code uses node-pairs")
        EntropyMean edgeEntOver) {

    /** Checks what no range says. */
    GnnExplainerOptions {
        if (topk > 1 && topk != Math.rint(topk)) {
            throw new InvalidRequestException(
                    "option 'topk' must be a whole number, or a fraction below 1, not '" + topk + "'");
        }
    }

    /** What gets an edge mask. */
    enum EdgeMaskType {
        NONE,
        OBJECT
    }

    /** What gets a feature mask, in PyG's words. */
    enum NodeMaskType {
        NONE,
        OBJECT,
        COMMON_ATTRIBUTES,
        ATTRIBUTES;

        /** The shape of the mask; of sparse features only what is stored, as a zero stays zero under any mask. */
        FeatureMaskType shape(GraphBatch graphs) {
            return switch (this) {
                case NONE, OBJECT -> FeatureMaskType.NODE;
                case COMMON_ATTRIBUTES -> FeatureMaskType.FEATURE;
                case ATTRIBUTES ->
                    graphs.blocks().stream().allMatch(block -> block.graph().features() instanceof SparseFeatures)
                            ? FeatureMaskType.STORED
                            : FeatureMaskType.NODE_FEATURE;
            };
        }
    }

    /** How exact zeros are reached. */
    enum Sparsity {
        NONE,
        L1,
        TWO_STAGE,
        L0
    }

    /** What becomes of values that stay. */
    enum ThresholdKeep {
        KEEP,
        RENORMALIZE
    }

    /** What gets a mask on features of edges. */
    enum EdgeAttributeMask {
        NONE,
        ATTRIBUTES,
        COMMON_ATTRIBUTES
    }

    /** Deviation of the edge mask's parameters before the first step. */
    enum InitSpread {
        GRAPH,
        COMPUTATION_GRAPH,
        NONE
    }

    /** What a mean entropy is over. */
    enum EntropyMean {
        EDGES,
        NODE_PAIRS
    }

    /** How the size of a mask is taken. */
    enum Reduction {
        SUM,
        MEAN
    }
}
