package org.aitia.explainer.baselines.internal;

import org.aitia.api.explain.Explainer;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.explainer.baselines.internal.PageRankOptions.Walk;
import org.jgrapht.Graph;
import org.jgrapht.alg.scoring.PageRank;
import org.jgrapht.graph.DefaultDirectedGraph;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.DefaultUndirectedGraph;
import org.osgi.service.component.annotations.Component;

/** Nodes that a random walk in the computation graph visits often matter most. */
@Component(service = Explainer.class, property = "aitia.name=pagerank")
public final class PageRankExplainer extends StructureExplainer<PageRankOptions> {
    private static final int MOST_ITERATIONS = 1000;

    /** Well below the steps of single precision, in which importances are given. */
    private static final double TOLERANCE = 1e-10;

    /** Makes the service. */
    public PageRankExplainer() {
        super(
                "pagerank",
                "PageRank",
                "Calls nodes of high PageRank in the computation graph important, whatever the model; a baseline.",
                "Brin, Page: The Anatomy of a Large-Scale Hypertextual Web Search Engine, WWW 1998",
                PageRankOptions.class);
    }

    @Override
    double[] scores(ComputationGraph graph, PageRankOptions options) {
        PageRank<Integer, DefaultEdge> ranks =
                new PageRank<>(walked(graph, options.walk()), options.damping(), MOST_ITERATIONS, TOLERANCE);
        double[] scores = new double[graph.nodeCount()];
        for (int v = 0; v < scores.length; v++) {
            scores[v] = ranks.getVertexScore(v);
        }
        return scores;
    }

    /** The two directions of an edge are one where the walk may take both. */
    private static Graph<Integer, DefaultEdge> walked(ComputationGraph graph, Walk walk) {
        Graph<Integer, DefaultEdge> walked = walk == Walk.UNDIRECTED
                ? new DefaultUndirectedGraph<>(DefaultEdge.class)
                : new DefaultDirectedGraph<>(DefaultEdge.class);
        for (int v = 0; v < graph.nodeCount(); v++) {
            walked.addVertex(v);
        }
        for (int v = 0; v < graph.nodeCount(); v++) {
            for (int e = graph.inOffset(v); e < graph.inOffset(v + 1); e++) {
                int source = graph.source(e);
                if (walk == Walk.BACKWARD) {
                    walked.addEdge(v, source);
                } else {
                    walked.addEdge(source, v);
                }
            }
        }
        return walked;
    }

    @Override
    EdgeScore edgeScore(PageRankOptions options) {
        return options.edges();
    }
}
