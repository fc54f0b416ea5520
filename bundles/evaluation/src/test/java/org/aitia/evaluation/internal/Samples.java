package org.aitia.evaluation.internal;

import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.explain.Provenance;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.model.FeatureMaskType;

/** Small data sets and explanations with known scores. */
final class Samples {
    private Samples() {}

    /** What an explainer says of an edge. */
    interface Importance {
        double of(int source, int target);
    }

    static Dataset.Builder nodes(Graph graph) {
        return Dataset.builder(info(Task.NODE)).graph(graph).classes(2);
    }

    static Dataset.Builder graphs(Graph... graphs) {
        return Dataset.builder(info(Task.GRAPH))
                .graphs(List.of(graphs), new int[graphs.length])
                .classes(2);
    }

    private static DatasetInfo info(Task task) {
        return new DatasetInfo("sample", "Sample", "A sample.", task, "made here", "", "Apache-2.0", true);
    }

    static GroundTruth truth(BitSet edges, GroundTruth.Alternative... alternatives) {
        return new GroundTruth() {
            @Override
            public BitSet edges(int graph) {
                return (BitSet) edges.clone();
            }

            @Override
            public BitSet nodes(int graph) {
                return new BitSet();
            }

            @Override
            public List<Alternative> alternatives(int target) {
                return List.of(alternatives);
            }
        };
    }

    static BitSet edges(Graph graph, int[]... sourcesAndTargets) {
        BitSet edges = new BitSet();
        for (int[] pair : sourcesAndTargets) {
            edges.set(graph.edge(pair[0], pair[1]));
        }
        return edges;
    }

    static int[] edge(int source, int target) {
        return new int[] {source, target};
    }

    static Explanation explain(Dataset dataset, int target, int hops, Importance importance) {
        boolean whole = dataset.info().task() == Task.GRAPH;
        ComputationGraph part = whole
                ? ComputationGraph.whole(dataset.graphs().get(target))
                : ComputationGraph.of(dataset.graph(), target, hops);
        float[] mask = new float[part.edgeCount()];
        for (int v = 0; v < part.nodeCount(); v++) {
            for (int e = part.inOffset(v); e < part.inOffset(v + 1); e++) {
                mask[e] = (float) importance.of(part.node(part.source(e)), part.node(v));
            }
        }
        return Explanation.of(target(target), part, mask(mask));
    }

    static ExplanationTarget target(int id) {
        return new ExplanationTarget(id, 0, 0, 0, new float[] {.8f, .2f}, 7);
    }

    static MaskValues mask(float... edges) {
        return new MaskValues(edges, FeatureMaskType.NODE, new float[0], Map.of());
    }

    static ExplanationResult result(Dataset dataset, Explanation... explanations) {
        Provenance provenance = new Provenance(
                "gnnexplainer",
                "org.aitia.explainer.gnnexplainer 1.0.0",
                Map.of(),
                ExplanationType.MODEL,
                dataset.info().task(),
                "model",
                "gcn",
                3,
                "sha256:0",
                dataset.info().name(),
                Map.of(),
                dataset.digest(),
                0,
                "cpu",
                Map.of(),
                Instant.EPOCH);
        return new ExplanationResult(List.of(explanations), provenance, 1);
    }
}
