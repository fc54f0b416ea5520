package org.aitia.explainer.gnnexplainer.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.Objective;
import org.aitia.api.explain.ObjectiveState;
import org.osgi.service.component.annotations.Component;

/**
 * Punishes edges whose messages the mask does not let through to the target: the mean over the edges u to v of a
 * computation graph of {@code m_uv * max(0, 1 - sum over w of m_vw)}. Edges into a target cost nothing. In graph tasks,
 * where every node counts, an edge is loose if no masked edge leaves the node it ends in.
 */
@Component(service = Objective.class, property = "aitia.name=connectivity")
public final class ConnectivityObjective implements Objective {
    @Override
    public String name() {
        return "connectivity";
    }

    @Override
    public String description() {
        return "Punishes edges from which the mask leaves no way on to the target.";
    }

    @Override
    public NDArray loss(ObjectiveState state) {
        ExplanationBatch batch = state.batch();
        int blocks = batch.graphs().blocks().size();
        if (batch.graphs().edgeCount() == 0) {
            return batch.manager().zeros(new Shape(blocks));
        }
        NDArray mask = state.edgeMask()
                .orElseThrow(() -> new InvalidRequestException(
                        "objective 'connectivity' is a term of the edge mask, and there is none; leave it out, or give"
                                + " edgeMaskType=object"));
        GraphKernels kernels = batch.engine().kernels();
        NDArray sources = state.constants().get("sources", EdgeIndex::sources);
        NDArray targets = state.constants().get("targets", EdgeIndex::targets);
        NDArray shares = state.constants().get("shares", ConnectivityObjective::shares);
        NDArray index = state.constants().get("blocks", EdgeIndex::blocks);
        NDArray onwards = kernels.scatterSum(mask, sources, batch.graphs().nodeCount()); // [N]
        NDArray lost = kernels.gather(onwards, targets).neg().add(1).maximum(0); // [E]
        return kernels.scatterSum(mask.mul(lost).mul(shares), index, blocks);
    }

    /** 1 / number of edges of the block, and 0 for edges into its target. */
    private static NDArray shares(ExplanationBatch batch) {
        float[][] shares = new float[batch.graphs().blocks().size()][];
        boolean graphTask = batch.session().model().info().shape().task() == Task.GRAPH;
        for (int b = 0; b < shares.length; b++) {
            var block = batch.graphs().blocks().get(b);
            shares[b] = new float[block.edgeCount()];
            Arrays.fill(shares[b], 1f / Math.max(1, block.edgeCount()));
            int targets = graphTask || block.isWhole() ? 0 : block.nodesWithin(0);
            Arrays.fill(shares[b], 0, block.inOffset(targets), 0);
        }
        return batch.manager().create(batch.graphs().joinEdges(shares));
    }
}
