package org.aitia.explainer.gnnexplainer.internal;

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
        double eps) {

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

        FeatureMaskType shape() {
            return switch (this) {
                case NONE, OBJECT -> FeatureMaskType.NODE;
                case COMMON_ATTRIBUTES -> FeatureMaskType.FEATURE;
                case ATTRIBUTES -> FeatureMaskType.NODE_FEATURE;
            };
        }
    }

    /** How the size of a mask is taken. */
    enum Reduction {
        SUM,
        MEAN
    }
}
