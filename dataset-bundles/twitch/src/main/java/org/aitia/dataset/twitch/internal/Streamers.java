package org.aitia.dataset.twitch.internal;

import java.util.List;
import org.aitia.api.graph.Features;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBuilder;

/**
 * What the files of one country say together.
 *
 * @param mature class of each node: 1 if it streams mature content
 * @param features of each node
 * @param featureNames of its columns
 * @param sources one end of each edge, or its source if edges are directed
 * @param targets the other end
 * @param directed whether edges are listed in both directions
 */
record Streamers(
        int[] mature, Features features, List<String> featureNames, int[] sources, int[] targets, boolean directed) {

    Graph graph(boolean selfLoops) {
        GraphBuilder builder = Graph.builder(mature.length).labels(mature).features(features);
        builder.reserve((directed ? sources.length : 2 * sources.length) + (selfLoops ? mature.length : 0));
        for (int e = 0; e < sources.length; e++) {
            if (directed) {
                builder.edge(sources[e], targets[e]);
            } else {
                builder.undirectedEdge(sources[e], targets[e]);
            }
        }
        if (selfLoops) {
            for (int node = 0; node < mature.length; node++) {
                builder.edge(node, node);
            }
        } else {
            builder.withoutSelfLoops();
        }
        return builder.build();
    }
}
