package org.aitia.explainer.baselines.internal;

import org.aitia.api.explain.Explainer;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.osgi.service.component.annotations.Component;

/** Nodes with many neighbours matter most. Degrees are those of the full graph, which the computation graph cuts. */
@Component(service = Explainer.class, property = "aitia.name=degree")
public final class DegreeExplainer extends StructureExplainer<DegreeOptions> {
    /** Makes the service. */
    public DegreeExplainer() {
        super(
                "degree",
                "Degree",
                "Calls nodes of high degree important, whatever the model; a baseline.",
                "",
                DegreeOptions.class);
    }

    @Override
    double[] scores(ComputationGraph block, DegreeOptions options) {
        Graph graph = block.graph();
        double[] degrees = new double[block.nodeCount()];
        for (int v = 0; v < degrees.length; v++) {
            int node = block.node(v);
            degrees[v] = switch (options.direction()) {
                case IN -> graph.inDegree(node);
                case OUT -> graph.outEdges(node).remaining();
                case BOTH ->
                    graph.inDegree(node) + (double) graph.outEdges(node).remaining();
            };
        }
        return degrees;
    }

    @Override
    EdgeScore edgeScore(DegreeOptions options) {
        return options.edges();
    }
}
