package org.aitia.explainer.gnnexplainer.internal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.ExplainerInfo;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.ModelInfo;
import org.aitia.api.option.OptionSchema;
import org.osgi.service.component.annotations.Component;

/**
 * GNNExplainer (Ying, Bourgeois, You, Zitnik, Leskovec: GNNExplainer, NeurIPS 2019), numerically as in PyTorch
 * Geometric, for many targets at once.
 */
@Component(service = Explainer.class, property = "aitia.name=gnnexplainer")
public final class GnnExplainer implements Explainer {
    private static final OptionSchema<GnnExplainerOptions> OPTIONS = OptionSchema.of(GnnExplainerOptions.class);

    private static final ExplainerInfo INFO = new ExplainerInfo(
            "gnnexplainer",
            "GNNExplainer",
            "Learns soft masks on edges and node features of the computation graph that keep the prediction while they"
                    + " are small and decided.",
            "Ying, Bourgeois, You, Zitnik, Leskovec: GNNExplainer: Generating Explanations for Graph Neural Networks,"
                    + " NeurIPS 2019",
            Set.of(Task.NODE, Task.GRAPH, Task.LINK),
            Set.of(EdgeMaskSupport.values()));

    @Override
    public ExplainerInfo info() {
        return INFO;
    }

    @Override
    public OptionSchema<?> options() {
        return OPTIONS;
    }

    @Override
    public List<MaskValues> explain(ExplanationBatch batch) {
        GnnExplainerOptions options = OPTIONS.parse(batch.options());
        if (options.edgeMaskType() == GnnExplainerOptions.EdgeMaskType.NONE
                && options.nodeMaskType() == GnnExplainerOptions.NodeMaskType.NONE) {
            throw new InvalidRequestException(
                    "gnnexplainer has nothing to learn with edgeMaskType=none and nodeMaskType=none; give one of them");
        }
        if (options.edgeMaskType() != GnnExplainerOptions.EdgeMaskType.NONE
                && batch.session().model().info().edgeMasks() == EdgeMaskSupport.NONE) {
            throw new InvalidRequestException("this model takes no edge weights, so gnnexplainer cannot mask its edges;"
                    + " give edgeMaskType=none to explain nodes and features, or ask explainer 'occlusion' for edges");
        }
        int[] classes =
                batch.targets().stream().mapToInt(t -> t.explainedClass()).toArray();
        try (MaskOptimization optimization = new MaskOptimization(
                batch, options, InitialMasks.random(batch, options), Objective.perTarget(classes))) {
            return optimization.run();
        }
    }

    @Override
    public long workingSetBytes(long nodes, long edges, ModelInfo model, Map<String, String> options) {
        GnnExplainerOptions parsed = OPTIONS.parse(options);
        long features = model.shape().inputFeatures();
        long masked =
                switch (parsed.nodeMaskType()) {
                    case NONE -> 0;
                    case OBJECT -> nodes;
                    // one row per block; a block has at least one node
                    case COMMON_ATTRIBUTES -> Math.max(1, nodes / 8) * features;
                    case ATTRIBUTES -> nodes * features;
                };
        return (edges + masked) * MaskOptimization.BYTES_PER_ELEMENT;
    }
}
