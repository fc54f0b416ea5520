package org.aitia.explainer.baselines.internal;

import java.util.Arrays;
import org.aitia.api.explain.Explainer;
import org.aitia.api.graph.ComputationGraph;
import org.osgi.service.component.annotations.Component;

/**
 * What is near the target matters most: 1 / (1 + d) for a node that is d hops away, against the direction of edges, from
 * the node or the nearer end of the link. The publication defines it for nodes. A prediction for a whole graph reads
 * every node directly, so that all are at distance 0 and equally important.
 */
@Component(service = Explainer.class, property = "aitia.name=distance")
public final class DistanceExplainer extends StructureExplainer<DistanceOptions> {
    /** Makes the service. */
    public DistanceExplainer() {
        super(
                "distance",
                "Distance",
                "Calls what is near the target important, whatever the model; a baseline. For whole graphs, everything"
                        + " is equally important.",
                "Faber, Moghaddam, Wattenhofer: When Comparing to Ground Truth is Wrong: On Evaluating GNN Explanation"
                        + " Methods, KDD 2021",
                DistanceOptions.class);
    }

    @Override
    double[] scores(ComputationGraph graph, DistanceOptions options) {
        double[] scores = new double[graph.nodeCount()];
        int from = 0;
        for (int hops = 0; from < scores.length; hops++) {
            int to = graph.nodesWithin(hops);
            Arrays.fill(scores, from, to, 1.0 / (1 + hops));
            from = to;
        }
        return scores;
    }

    @Override
    EdgeScore edgeScore(DistanceOptions options) {
        return options.edges();
    }
}
