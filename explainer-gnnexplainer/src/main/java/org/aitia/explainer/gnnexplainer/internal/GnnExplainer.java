package org.aitia.explainer.gnnexplainer.internal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.ExplainerInfo;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.explain.Objective;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.ModelInfo;
import org.aitia.api.option.OptionSchema;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * GNNExplainer (Ying, Bourgeois, You, Zitnik, Leskovec: GNNExplainer, NeurIPS 2019), numerically as in PyTorch
 * Geometric, for many targets at once; with exact zeros, repeated runs and further loss terms where asked for.
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

    /** Features per node that a data set with many is assumed to store. */
    private static final int LIKELY_STORED = 64;

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Objective> objectives = List.of();

    /** Made by Declarative Services. */
    @Activate
    public GnnExplainer() {
        // objectives come and go later
    }

    /** With objectives that are there to stay. */
    GnnExplainer(List<Objective> objectives) {
        this.objectives = List.copyOf(objectives);
    }

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
        ModelInfo model = batch.session().model().info();
        check(options, model);
        List<LossTerm> terms = LossTerm.of(options, objectives, model);
        List<MaskValues> masks = new Repetitions(batch, options, terms).explain();
        Selection selection = new Selection(options);
        return IntStream.range(0, masks.size())
                .mapToObj(b -> selection.apply(
                        batch.targets().get(b), batch.graphs().blocks().get(b), masks.get(b)))
                .toList();
    }

    private static void check(GnnExplainerOptions options, ModelInfo model) {
        boolean edges = options.edgeMaskType() != GnnExplainerOptions.EdgeMaskType.NONE;
        boolean edgeFeatures = options.edgeAttributeMask() != GnnExplainerOptions.EdgeAttributeMask.NONE;
        if (!edges && !edgeFeatures && options.nodeMaskType() == GnnExplainerOptions.NodeMaskType.NONE) {
            throw new InvalidRequestException(
                    "gnnexplainer has nothing to learn with edgeMaskType=none and nodeMaskType=none; give one of them");
        }
        if (edges && model.edgeMasks() == EdgeMaskSupport.NONE) {
            throw new InvalidRequestException("this model takes no edge weights, so gnnexplainer cannot mask its edges;"
                    + " give edgeMaskType=none to explain nodes and features, or ask explainer 'occlusion' for edges");
        }
        if (edgeFeatures && model.shape().edgeFeatures() == 0) {
            throw new InvalidRequestException(
                    "edgeAttributeMask needs a model that reads features of edges, and this one does not;"
                            + " give edgeAttributeMask=none");
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
                    // how many are stored is known when the batch is; one that turns out too large is then cut
                    case ATTRIBUTES -> nodes * Math.min(features, LIKELY_STORED);
                };
        long edgeFeatures =
                switch (parsed.edgeAttributeMask()) {
                    case NONE -> 0;
                    case ATTRIBUTES, COMMON_ATTRIBUTES -> edges * model.shape().edgeFeatures();
                };
        return (edges + masked + edgeFeatures) * MaskOptimization.BYTES_PER_ELEMENT;
    }
}
