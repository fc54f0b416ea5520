package org.aitia.explainer.baselines.internal;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.ExplainerInfo;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelSession.Attention;
import org.aitia.api.model.PreparedBatch;
import org.aitia.api.option.OptionSchema;
import org.osgi.service.component.annotations.Component;

/** The attention that a model pays to an edge, reduced over heads and layers (PyG's {@code AttentionExplainer}). */
@Component(service = Explainer.class, property = "aitia.name=attention")
public final class AttentionExplainer implements Explainer {
    private static final OptionSchema<AttentionOptions> OPTIONS = OptionSchema.of(AttentionOptions.class);

    private static final ExplainerInfo INFO = new ExplainerInfo(
            "attention",
            "Attention",
            "Calls edges important that the model attends to; for models with attention, which are gat and gatv2.",
            "Velickovic et al.: Graph Attention Networks, ICLR 2018",
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
        AttentionOptions options = OPTIONS.parse(batch.options());
        batch.monitor().checkCancelled();
        float[][] edges = options.layers() == AttentionOptions.Layers.ALL
                ? ofFullGraphs(batch, options)
                : batch.graphs().splitEdges(reduced(batch, batch.prepared(), options));
        List<MaskValues> results = new ArrayList<>();
        for (float[] block : edges) {
            results.add(new MaskValues(block, FeatureMaskType.NODE, new float[0], Map.of()));
        }
        return results;
    }

    /** Edges of a block, with what they have in the full graph. */
    private static float[][] ofFullGraphs(ExplanationBatch batch, AttentionOptions options) {
        IdentityHashMap<Graph, float[]> known = new IdentityHashMap<>();
        List<ComputationGraph> blocks = batch.graphs().blocks();
        float[][] edges = new float[blocks.size()][];
        for (int b = 0; b < edges.length; b++) {
            batch.monitor().checkCancelled();
            ComputationGraph block = blocks.get(b);
            float[] all = known.computeIfAbsent(block.graph(), graph -> {
                try (PreparedBatch whole = batch.session().prepare(GraphBatch.whole(graph))) {
                    return reduced(batch, whole, options);
                }
            });
            edges[b] = new float[block.edgeCount()];
            for (int e = 0; e < edges[b].length; e++) {
                edges[b][e] = all[block.edge(e)];
            }
        }
        return edges;
    }

    /** One value per edge of a batch. Layer k knows the first edges only, whose messages reach the target from there. */
    private static float[] reduced(ExplanationBatch batch, PreparedBatch prepared, AttentionOptions options) {
        try (GradientMode off = batch.engine().gradientMode(false);
                TensorScope scope = batch.engine().openScope()) {
            List<Attention> layers = batch.session().attention(prepared, Masks.NONE);
            if (layers.isEmpty()) {
                throw new InvalidRequestException("the model has no attention, its architecture is '"
                        + batch.session().model().info().architecture()
                        + "'; choose another explainer, or a model of architecture gat or gatv2");
            }
            Reduction overLayers =
                    new Reduction(options.reduce(), prepared.batch().edgeCount());
            for (Attention layer : layers) {
                int heads = (int) layer.edges().getShape().get(1);
                float[] shares = layer.edges().toFloatArray();
                Reduction overHeads = new Reduction(options.reduce(), shares.length / heads);
                for (int i = 0; i < shares.length; i++) {
                    overHeads.add(i / heads, shares[i]);
                }
                float[] values = overHeads.values();
                for (int e = 0; e < values.length; e++) {
                    overLayers.add(e, values[e]);
                }
            }
            return overLayers.values();
        }
    }
}
