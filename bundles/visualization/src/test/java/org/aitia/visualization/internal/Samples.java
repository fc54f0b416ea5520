package org.aitia.visualization.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
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
import org.aitia.api.graph.GraphBuilder;
import org.aitia.api.model.FeatureMaskType;

/** Data sets like the real ones, small, and explanations as an explainer would give them. */
final class Samples {
    private Samples() {}

    /** What an explainer says of an edge. */
    interface Importance {
        double of(int source, int target);
    }

    static DatasetInfo info(String name, Task task) {
        return new DatasetInfo(name, name, "A sample.", task, "made here", "", "Apache-2.0", true);
    }

    // --- houses on a scale-free graph

    static final int BASE = 60;
    static final int HOUSES = 12;

    /** Twelve houses on a Barabási-Albert graph of sixty nodes; nodes 60, 65, ... begin houses. */
    static Dataset houses() {
        Random random = new Random(11);
        int nodes = BASE + 5 * HOUSES;
        GraphBuilder builder = Graph.builder(nodes);
        List<Integer> ends = new ArrayList<>(List.of(0, 1, 2));
        for (int v = 3; v < BASE; v++) {
            int first = ends.get(random.nextInt(ends.size()));
            int second = ends.get(random.nextInt(ends.size()));
            for (int other : first == second ? new int[] {first} : new int[] {first, second}) {
                builder.undirectedEdge(v, other);
                ends.add(other);
                ends.add(v);
            }
        }
        int[] labels = new int[nodes];
        List<int[]> walls = new ArrayList<>();
        for (int h = 0; h < HOUSES; h++) {
            int start = BASE + 5 * h;
            for (int[] wall : new int[][] {{0, 1}, {1, 2}, {2, 3}, {3, 0}, {0, 4}, {1, 4}}) {
                builder.undirectedEdge(start + wall[0], start + wall[1]);
                walls.add(new int[] {start + wall[0], start + wall[1]});
            }
            builder.undirectedEdge(start, ends.get(random.nextInt(ends.size())));
            int[] roles = {1, 1, 2, 2, 3};
            System.arraycopy(roles, 0, labels, start, 5);
        }
        Graph graph = builder.labels(labels)
                .features(DenseFeatures.constant(nodes, 10, 1))
                .build();
        return Dataset.builder(info("ba-shapes", Task.NODE))
                .graph(graph)
                .classNames(List.of("base", "middle", "bottom", "top"))
                .groundTruth(truth(edges(graph, walls)))
                .build();
    }

    static Explanation house(Dataset dataset, int target, boolean nodeMask) {
        return house(dataset, target, 3, nodeMask);
    }

    static Explanation house(Dataset dataset, int target, int hops, boolean nodeMask) {
        int start = target < BASE ? BASE : target - (target - BASE) % 5;
        Random random = new Random(target);
        return explain(
                dataset,
                target,
                hops,
                (s, t) -> Math.min(s, t) >= start && Math.max(s, t) < start + 5
                        ? 0.72 + 0.25 * random.nextDouble()
                        : 0.04 + 0.5 * Math.pow(random.nextDouble(), 3),
                nodeMask);
    }

    // --- papers that cite each other

    /** A sparse directed graph with seven named classes and named features. */
    static Dataset papers() {
        Random random = new Random(5);
        int nodes = 300;
        GraphBuilder builder = Graph.builder(nodes);
        int[] labels = IntStream.range(0, nodes).map(v -> v * 7 / nodes).toArray();
        for (int v = 1; v < nodes; v++) {
            for (int k = 0; k < 3; k++) {
                int other = random.nextInt(5) == 0 ? random.nextInt(v) : Math.max(0, v - 1 - random.nextInt(20));
                builder.edge(v, other);
            }
        }
        float[][] features = new float[nodes][40];
        for (float[] row : features) {
            for (int f = 0; f < row.length; f++) {
                row[f] = random.nextInt(6) == 0 ? 1 : 0;
            }
        }
        Graph graph =
                builder.labels(labels).features(DenseFeatures.of(features)).build();
        return Dataset.builder(info("papers", Task.NODE))
                .graph(graph)
                .classNames(List.of(
                        "Case based",
                        "Genetic algorithms",
                        "Neural networks",
                        "Probabilistic methods",
                        "Reinforcement learning",
                        "Rule learning",
                        "Theory"))
                .featureNames(IntStream.range(0, 40)
                        .mapToObj(f -> "word " + (char) ('a' + f % 26) + f)
                        .toList())
                .build();
    }

    // --- molecules

    /** Ethanol-like and ring molecules with named atoms, in two classes. */
    static Dataset molecules() {
        Graph nitrobenzene = molecule("CCCCCCNOOHHHHH", new int[][] {
            {0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {5, 0}, {0, 6}, {6, 7}, {6, 8}, {1, 9}, {2, 10}, {3, 11}, {4, 12},
            {5, 13}
        });
        Graph water = molecule("OHH", new int[][] {{0, 1}, {0, 2}});
        BitSet bonds = new BitSet();
        for (int[] pair : new int[][] {{6, 7}, {6, 8}}) {
            bonds.set(nitrobenzene.edge(pair[0], pair[1]));
        }
        return Dataset.builder(info("molecules", Task.GRAPH))
                .graphs(List.of(nitrobenzene, water), new int[] {1, 0})
                .classNames(List.of("harmless", "mutagenic"))
                .groundTruth(truth(bonds))
                .build();
    }

    private static Graph molecule(String atoms, int[][] bonds) {
        GraphBuilder builder = Graph.builder(atoms.length());
        for (int[] bond : bonds) {
            builder.undirectedEdge(bond[0], bond[1]);
        }
        return builder.nodeNames(atoms.chars().mapToObj(Character::toString).toList())
                .features(DenseFeatures.constant(atoms.length(), 4, 1))
                .build();
    }

    // --- parts

    static BitSet edges(Graph graph, List<int[]> pairs) {
        BitSet edges = new BitSet();
        for (int[] pair : pairs) {
            int other = pair[1];
            edges.set(graph.edge(pair[0], other));
            edges.set(graph.edge(other, pair[0]));
        }
        return edges;
    }

    static GroundTruth truth(BitSet edges) {
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
                return List.of();
            }
        };
    }

    static Explanation explain(Dataset dataset, int target, int hops, Importance importance, boolean nodeMask) {
        ComputationGraph part = part(dataset, target, hops);
        float[] edges = mask(part, importance);
        Random random = new Random(target);
        float[] nodes = new float[nodeMask ? part.nodeCount() : 0];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = i == 0 ? 0.95f : 0.8f * random.nextFloat();
        }
        return new Explanations(dataset, target).with(part, new MaskValues(edges, FeatureMaskType.NODE, nodes, loss()));
    }

    static Explanation explainFeatures(Dataset dataset, int target, int hops, Importance importance) {
        ComputationGraph part = part(dataset, target, hops);
        Random random = new Random(target);
        float[] features = new float[part.nodeCount() * dataset.featureCount()];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) Math.pow(random.nextFloat(), 6);
        }
        return new Explanations(dataset, target)
                .with(part, new MaskValues(mask(part, importance), FeatureMaskType.NODE_FEATURE, features, loss()));
    }

    /** Importances of stored features, the largest 0.3 at the target, with deviations of 0.01. */
    static Explanation explainStored(Dataset dataset, int target, int hops) {
        ComputationGraph part = part(dataset, target, hops);
        float[] features = new float[part.storedColumns().length];
        for (int i = 0; i < features.length; i++) {
            features[i] = (i % 2 == 0 ? .3f : -.15f) / (1 + i);
        }
        float[] edges = new float[part.edgeCount()];
        Arrays.fill(edges, .5f);
        float[] deviations = new float[features.length];
        Arrays.fill(deviations, .01f);
        MaskValues.Deviation deviation = new MaskValues.Deviation(edges, deviations, new float[0]);
        return new Explanations(dataset, target)
                .with(
                        part,
                        new MaskValues(
                                edges,
                                FeatureMaskType.STORED,
                                features,
                                new float[0],
                                Optional.of(deviation),
                                Map.of()));
    }

    static Explanation withoutMasks(Dataset dataset, int target, int hops) {
        return new Explanations(dataset, target)
                .with(
                        part(dataset, target, hops),
                        new MaskValues(new float[0], FeatureMaskType.NODE, new float[0], Map.of()));
    }

    private static Map<String, Double> loss() {
        return Map.of("loss", 0.0421, "epochs", 100.0);
    }

    private static ComputationGraph part(Dataset dataset, int target, int hops) {
        return dataset.info().task() == Task.GRAPH
                ? ComputationGraph.whole(dataset.graphs().get(target))
                : ComputationGraph.of(dataset.graph(), target, hops);
    }

    private static float[] mask(ComputationGraph part, Importance importance) {
        float[] mask = new float[part.edgeCount()];
        for (int v = 0; v < part.nodeCount(); v++) {
            for (int e = part.inOffset(v); e < part.inOffset(v + 1); e++) {
                mask[e] = (float) importance.of(part.node(part.source(e)), part.node(v));
            }
        }
        return mask;
    }

    /** Targets with probabilities; every seventh is predicted wrong. */
    private record Explanations(Dataset dataset, int id) {
        Explanation with(ComputationGraph part, MaskValues masks) {
            int label = dataset.label(id);
            int classes = dataset.classCount();
            int predicted = id % 7 == 6 ? (Math.max(0, label) + 1) % classes : Math.max(0, label);
            float[] probabilities = new float[classes];
            Arrays.fill(probabilities, 0.08f / (classes - 1));
            probabilities[predicted] = 0.92f;
            return Explanation.of(
                    new ExplanationTarget(id, predicted, predicted, label, probabilities, 40 + id), part, masks);
        }
    }

    static ExplanationResult result(Dataset dataset, Explanation... explanations) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("epochs", "100");
        options.put("lr", "0.01");
        options.put("node-mask", "object");
        Map<String, String> libraries = new LinkedHashMap<>();
        libraries.put("aitia", "0.1.0");
        libraries.put("djl", "0.35.1");
        libraries.put("pytorch", "2.7.1");
        Provenance provenance = new Provenance(
                "gnnexplainer",
                "org.aitia.explainer.gnnexplainer 0.1.0",
                options,
                ExplanationType.MODEL,
                dataset.info().task(),
                dataset.info().name() + "-gcn",
                "gcn",
                3,
                "sha256:5f1d7a8c0b9e4d6f2a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8091",
                dataset.info().name(),
                Map.of(),
                dataset.digest(),
                0,
                "cpu (2 lanes)",
                libraries,
                Instant.parse("2026-11-21T09:00:00Z"));
        return new ExplanationResult(List.of(explanations), provenance, 0.042 * explanations.length);
    }
}
