package org.aitia.explainer.baselines.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.ExplainerInfo;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.option.OptionSchema;
import org.osgi.service.component.annotations.Component;

/** Importances drawn uniformly from [0, 1), for each target from its own seed. */
@Component(service = Explainer.class, property = "aitia.name=random")
public final class RandomExplainer implements Explainer {
    private static final OptionSchema<RandomOptions> OPTIONS = OptionSchema.of(RandomOptions.class);

    private static final ExplainerInfo INFO = new ExplainerInfo(
            "random",
            "Random",
            "Draws importances at random: what an explanation is worth that knows nothing; a baseline.",
            "",
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
        boolean undirected = OPTIONS.parse(batch.options()).undirected();
        List<MaskValues> results = new ArrayList<>();
        for (int b = 0; b < batch.targets().size(); b++) {
            batch.monitor().checkCancelled();
            ComputationGraph graph = batch.graphs().blocks().get(b);
            RandomGenerator random = Seeds.generator(batch.targets().get(b).seed());
            float[] nodes = new float[graph.nodeCount()];
            for (int v = 0; v < nodes.length; v++) {
                nodes[v] = random.nextFloat();
            }
            results.add(new MaskValues(edges(graph, undirected, random), FeatureMaskType.NODE, nodes, Map.of()));
        }
        return results;
    }

    private static float[] edges(ComputationGraph graph, boolean undirected, RandomGenerator random) {
        float[] edges = new float[graph.edgeCount()];
        Map<Long, Float> drawn = new HashMap<>(); // by both ends, the lower one first
        for (int v = 0; v < graph.nodeCount(); v++) {
            for (int e = graph.inOffset(v); e < graph.inOffset(v + 1); e++) {
                long low = Math.min(v, graph.source(e));
                long ends = low << Integer.SIZE | Math.max(v, graph.source(e));
                edges[e] = undirected ? drawn.computeIfAbsent(ends, key -> random.nextFloat()) : random.nextFloat();
            }
        }
        return edges;
    }
}
