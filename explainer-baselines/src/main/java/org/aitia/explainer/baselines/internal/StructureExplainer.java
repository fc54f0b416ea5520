package org.aitia.explainer.baselines.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.api.Task;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.ExplainerInfo;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.option.OptionSchema;

/**
 * An explainer that looks at the computation graph only. Importances of nodes are scores divided by the greatest of the
 * graph; edges have theirs from both ends.
 *
 * @param <O> options
 */
abstract class StructureExplainer<O extends Record> implements Explainer {
    private final ExplainerInfo info;
    private final OptionSchema<O> schema;

    StructureExplainer(String name, String title, String description, String paper, Class<O> options) {
        info = new ExplainerInfo(
                name,
                title,
                description,
                paper,
                Set.of(Task.NODE, Task.GRAPH, Task.LINK),
                Set.of(EdgeMaskSupport.values()));
        schema = OptionSchema.of(options);
    }

    /** One score per local node, none of them negative. */
    abstract double[] scores(ComputationGraph graph, O options);

    abstract EdgeScore edgeScore(O options);

    @Override
    public final ExplainerInfo info() {
        return info;
    }

    @Override
    public final OptionSchema<O> options() {
        return schema;
    }

    @Override
    public final List<MaskValues> explain(ExplanationBatch batch) {
        O options = schema.parse(batch.options());
        List<MaskValues> results = new ArrayList<>();
        for (ComputationGraph graph : batch.graphs().blocks()) {
            batch.monitor().checkCancelled();
            results.add(values(graph, scores(graph, options), edgeScore(options)));
        }
        return results;
    }

    private static MaskValues values(ComputationGraph graph, double[] scores, EdgeScore edgeScore) {
        double max = Arrays.stream(scores).max().orElse(0);
        float[] nodes = new float[scores.length];
        float[] edges = new float[graph.edgeCount()];
        for (int v = 0; v < nodes.length && max > 0; v++) {
            nodes[v] = (float) (scores[v] / max);
        }
        for (int v = 0; v < nodes.length; v++) {
            for (int e = graph.inOffset(v); e < graph.inOffset(v + 1); e++) {
                edges[e] = (float) edgeScore.of(nodes[graph.source(e)], nodes[v]);
            }
        }
        return new MaskValues(edges, FeatureMaskType.NODE, nodes, Map.of());
    }
}
