package org.aitia.dataset.synthetic.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.aitia.api.Seeds;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.dataset.synthetic.internal.PlantedGraph.Planted;

/**
 * BA-2motifs (Luo et al. 2020, section 5): a Barabasi-Albert tree of 20 nodes with a cycle (class 0) or a house (class
 * 1) in nodes 20..24. Unlike the published file, in which 40 graphs are broken apart and carry a self-loop instead of
 * the tie, every graph is connected.
 */
final class TwoMotifs {
    private static final int GRAPHS = 1000;
    private static final int BASE = 20;
    private static final int FEATURES = 10;

    private TwoMotifs() {}

    static Dataset generate(DatasetInfo info, Map<String, String> given, GraphSetOptions options) {
        List<Graph> graphs = new ArrayList<>();
        List<Planted> motifs = new ArrayList<>();
        int[] labels = new int[GRAPHS];
        Motif cycle = Motif.cycle(5);
        for (int i = 0; i < GRAPHS; i++) {
            labels[i] = i < GRAPHS / 2 ? 0 : 1;
            long seed = Seeds.derive(options.seed(), i);
            RandomGenerator random = Stream.BASE.of(seed);
            PlantedGraph planted = PlantedGraph.barabasiAlbert(BASE, 1, random);
            motifs.add(planted.plant(labels[i] == 0 ? cycle : Motif.HOUSE, random.nextInt(BASE)));
            planted.addRandomEdges((int) (options.noise() * planted.edges().size()), Stream.NOISE.of(seed));
            graphs.add(graph(planted));
        }
        return Dataset.builder(info)
                .options(given)
                .graphs(graphs, labels)
                .classNames(List.of("cycle", "house"))
                .split("random", Shuffle.split(GRAPHS, Stream.SPLIT.of(options.seed())))
                .groundTruth(MotifTruth.ofGraphs(graphs, motifs))
                .suggestedTargets("0..99,500..599")
                .build();
    }

    private static Graph graph(PlantedGraph planted) {
        GraphBuilder builder = Graph.builder(planted.nodeCount())
                .features(DenseFeatures.constant(planted.nodeCount(), FEATURES, 0.1f));
        planted.edges().forEach(edge -> builder.undirectedEdge(edge.a(), edge.b()));
        return builder.build();
    }
}
