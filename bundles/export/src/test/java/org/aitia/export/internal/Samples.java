package org.aitia.export.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.render.RenderRequest;
import org.aitia.api.render.Renderer;

/** Small data sets, and explanations as an explainer would give them. */
final class Samples {
    /** A name that has to be escaped in every format. */
    static final String NASTY = "a \"quoted\" <b> & c, d\\";

    private Samples() {}

    private static DatasetInfo info(String name, Task task) {
        return new DatasetInfo(name, name, "A sample.", task, "made here", "", "Apache-2.0", true);
    }

    /** A weighted chain 0 - 1 - 2 - 3 with an edge 4 -> 0; sparse features; truth: 0 - 1. */
    static Dataset chain() {
        Graph graph = Graph.builder(5)
                .edge(0, 1, .5f)
                .edge(1, 0, .25f)
                .undirectedEdge(1, 2)
                .undirectedEdge(2, 3)
                .edge(4, 0, 2)
                .labels(new int[] {0, 1, 0, 1, -1})
                .nodeNames(List.of("first", NASTY, "third", "fourth", "fifth"))
                .features(new SparseFeatures(
                        3, new int[] {0, 2, 3, 3, 4, 5}, new int[] {0, 2, 1, 2, 0}, new float[] {1, 2, 3, 4, 5}))
                .build();
        BitSet edges = new BitSet();
        edges.set(graph.edge(0, 1));
        edges.set(graph.edge(1, 0));
        BitSet nodes = new BitSet();
        nodes.set(0, 2);
        return Dataset.builder(info("chain", Task.NODE))
                .graph(graph)
                .classNames(List.of("odd", "even, or \"not\""))
                .featureNames(List.of("red", "green, light", "blue"))
                .groundTruth(new GroundTruth() {
                    @Override
                    public BitSet edges(int index) {
                        return (BitSet) edges.clone();
                    }

                    @Override
                    public BitSet nodes(int index) {
                        return (BitSet) nodes.clone();
                    }

                    @Override
                    public List<Alternative> alternatives(int target) {
                        return List.of();
                    }
                })
                .build();
    }

    /** Two triangles, the second with a tail; dense features. */
    static Dataset triangles() {
        Graph plain = Graph.builder(3)
                .undirectedEdge(0, 1)
                .undirectedEdge(1, 2)
                .undirectedEdge(2, 0)
                .features(DenseFeatures.of(new float[][] {{1, 0}, {0, 1}, {1, 1}}))
                .build();
        Graph tailed = Graph.builder(4)
                .undirectedEdge(0, 1)
                .undirectedEdge(1, 2)
                .undirectedEdge(2, 0)
                .undirectedEdge(2, 3)
                .features(DenseFeatures.of(new float[][] {{1, 0}, {0, 1}, {1, 1}, {0, 0}}))
                .build();
        return Dataset.builder(info("triangles", Task.GRAPH))
                .graphs(List.of(plain, tailed), new int[] {0, 1})
                .classes(2)
                .build();
    }

    static ComputationGraph part(Dataset dataset, int target) {
        return dataset.info().task() == Task.GRAPH
                ? ComputationGraph.whole(dataset.graphs().get(target))
                : ComputationGraph.of(dataset.graph(), target, 2);
    }

    /** Signed importances -0.5, -0.25, 0, 0.25, ... of edges in their order. */
    static float[] edgeMask(ComputationGraph part) {
        float[] mask = new float[part.edgeCount()];
        for (int e = 0; e < mask.length; e++) {
            mask[e] = .25f * e - .5f;
        }
        return mask;
    }

    /** The values 1, 2, 3, ... over ten. */
    static float[] counting(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (i + 1) / 10f;
        }
        return values;
    }

    static Explanation explain(Dataset dataset, int target, MaskValues masks) {
        float[] probabilities = new float[dataset.classCount()];
        Arrays.fill(probabilities, .25f);
        probabilities[0] = .75f;
        return Explanation.of(
                new ExplanationTarget(target, 0, 1, dataset.label(target), probabilities, 7),
                part(dataset, target),
                masks);
    }

    /** Edges and nodes, with deviations. */
    static Explanation withNodes(Dataset dataset, int target) {
        ComputationGraph part = part(dataset, target);
        float[] edges = edgeMask(part);
        float[] nodes = counting(part.nodeCount());
        float[] edgeDeviation = new float[edges.length];
        Arrays.fill(edgeDeviation, .125f);
        float[] nodeDeviation = new float[nodes.length];
        Arrays.fill(nodeDeviation, .0625f);
        return explain(
                dataset,
                target,
                new MaskValues(
                        edges,
                        FeatureMaskType.NODE,
                        nodes,
                        new float[0],
                        Optional.of(new MaskValues.Deviation(edgeDeviation, nodeDeviation, new float[0])),
                        Map.of()));
    }

    static Explanation withFeatures(Dataset dataset, int target, FeatureMaskType type) {
        ComputationGraph part = part(dataset, target);
        int length =
                switch (type) {
                    case NODE -> part.nodeCount();
                    case FEATURE -> dataset.featureCount();
                    case NODE_FEATURE -> part.nodeCount() * dataset.featureCount();
                    case STORED -> part.storedColumns().length;
                };
        return explain(dataset, target, new MaskValues(edgeMask(part), type, counting(length), Map.of()));
    }

    static RenderRequest request(Dataset dataset, Explanation... explanations) {
        Provenance provenance = new Provenance(
                "gnnexplainer",
                "org.aitia.explainer.gnnexplainer 0.1.0",
                Map.of(),
                ExplanationType.MODEL,
                dataset.info().task(),
                "sample-gcn",
                "gcn",
                2,
                "sha256:0",
                dataset.info().name(),
                Map.of(),
                dataset.digest(),
                3,
                "cpu",
                Map.of(),
                Instant.EPOCH);
        return RenderRequest.of(new ExplanationResult(List.of(explanations), provenance, 1), dataset);
    }

    static byte[] render(Renderer renderer, RenderRequest request) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            renderer.render(request, out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }
}
