package org.aitia.dataset.synthetic.internal;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Features;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.dataset.synthetic.internal.PlantedGraph.Planted;

/** The node data sets of GNNExplainer (Ying et al. 2019, section 5), in the numbers of the published files. */
final class NodeSets {
    private static final int FEATURES = 10;
    private static final int BASE = 300;
    private static final int HOUSES = 80;
    private static final int BRIDGES = 350;
    private static final int TREE_HEIGHT = 8;
    private static final int CYCLES = 60;
    private static final int SECOND_TIES = 32;
    private static final int GRIDS = 80;

    private NodeSets() {}

    static Dataset baShapes(DatasetInfo info, Map<String, String> given, NodeSetOptions options) {
        PlantedGraph graph = houses(options.seed(), options.noise());
        return dataset(info, given, options, graph, constantFeatures(graph))
                .classNames(List.of("base", "house middle", "house bottom", "house top"))
                .suggestedTargets("400..699:5")
                .build();
    }

    static Dataset baCommunity(DatasetInfo info, Map<String, String> given, NodeSetOptions options) {
        PlantedGraph graph = houses(Stream.FIRST.seed(options.seed()), options.noise());
        int half = graph.nodeCount();
        graph.append(houses(Stream.SECOND.seed(options.seed()), options.noise()), 4);
        graph.connectRandomly(BRIDGES, 0, half, half, 2 * half, Stream.BRIDGES.of(options.seed()));
        return dataset(info, given, options, graph, communityFeatures(half, Stream.FEATURES.of(options.seed())))
                .classNames(List.of(
                        "base 1",
                        "house middle 1",
                        "house bottom 1",
                        "house top 1",
                        "base 2",
                        "house middle 2",
                        "house bottom 2",
                        "house top 2"))
                .suggestedTargets("400..699:5")
                .build();
    }

    static Dataset treeCycles(DatasetInfo info, Map<String, String> given, NodeSetOptions options) {
        PlantedGraph graph = PlantedGraph.binaryTree(TREE_HEIGHT);
        int spacing = graph.nodeCount() / CYCLES;
        List<Planted> cycles = graph.plantEvenly(Motif.cycle(6), CYCLES);
        tieTwice(graph, cycles, spacing, Stream.TIES.of(options.seed()));
        addNoise(graph, options.noise(), options.seed());
        return dataset(info, given, options, graph, constantFeatures(graph))
                .classNames(List.of("tree", "cycle"))
                .suggestedTargets("511..870:6")
                .build();
    }

    static Dataset treeGrid(DatasetInfo info, Map<String, String> given, NodeSetOptions options) {
        PlantedGraph graph = PlantedGraph.binaryTree(TREE_HEIGHT);
        graph.plantEvenly(Motif.grid(3, 3), GRIDS);
        addNoise(graph, options.noise(), options.seed());
        return dataset(info, given, options, graph, constantFeatures(graph))
                .classNames(List.of("tree", "grid"))
                .suggestedTargets("511..799")
                .build();
    }

    private static PlantedGraph houses(long seed, double noise) {
        PlantedGraph graph = PlantedGraph.barabasiAlbert(BASE, 5, Stream.BASE.of(seed));
        graph.plantEvenly(Motif.HOUSE, HOUSES);
        addNoise(graph, noise, seed);
        return graph;
    }

    /**
     * The authors tie a cycle to the tree a second time with probability 1/2, from one of its nodes 1..3 to one of the
     * three tree nodes after its first tie. The published file has 32 such cycles; so have ours, whichever they are.
     */
    private static void tieTwice(PlantedGraph graph, List<Planted> cycles, int spacing, RandomGenerator random) {
        int[] order = Shuffle.order(cycles.size(), random);
        for (int i = 0; i < SECOND_TIES; i++) {
            int cycle = order[i];
            graph.connect(cycles.get(cycle).first() + random.nextInt(1, 4), cycle * spacing + random.nextInt(1, 4));
        }
    }

    private static void addNoise(PlantedGraph graph, double noise, long seed) {
        graph.addRandomEdges((int) (noise * graph.edges().size()), Stream.NOISE.of(seed));
    }

    private static Features constantFeatures(PlantedGraph graph) {
        return DenseFeatures.constant(graph.nodeCount(), FEATURES, 1);
    }

    /** Two informative features of mean -1 or 1 and variance 1/2, and eight of standard normal noise. */
    private static Features communityFeatures(int half, RandomGenerator random) {
        FloatBuffer values = FloatBuffer.allocate(2 * half * FEATURES);
        double deviation = Math.sqrt(0.5);
        for (int node = 0; node < 2 * half; node++) {
            for (int feature = 0; feature < FEATURES; feature++) {
                double normal = random.nextGaussian();
                values.put((float) (feature < 2 ? (node < half ? -1 : 1) + deviation * normal : normal));
            }
        }
        return new DenseFeatures(2 * half, FEATURES, values);
    }

    private static Dataset.Builder dataset(
            DatasetInfo info,
            Map<String, String> given,
            NodeSetOptions options,
            PlantedGraph planted,
            Features features) {
        GraphBuilder builder =
                Graph.builder(planted.nodeCount()).features(features).labels(planted.labels());
        planted.edges().forEach(edge -> builder.undirectedEdge(edge.a(), edge.b()));
        Graph graph = builder.build();
        return Dataset.builder(info)
                .options(given)
                .graph(graph)
                .split("random", Shuffle.split(graph.nodeCount(), Stream.SPLIT.of(options.seed())))
                .groundTruth(MotifTruth.ofNodes(graph, planted.motifs()));
    }
}
