package org.aitia.testkit.tck;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aitia.api.TaskMonitor;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.explain.ExplainerTraining;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.PreparedBatch;

/**
 * Training over computation graphs that are given.
 *
 * @param session the model
 * @param targets what to learn from
 * @param blocks their computation graphs
 * @param options of the explainer
 * @param seed of training
 * @param fitting targets that are said to fit in one batch
 * @param lease what computes
 * @param manager owns what lives as long as training
 * @param monitor handed to the explainer
 */
record MemoryTraining(
        ModelSession session,
        List<ExplanationTarget> targets,
        List<ComputationGraph> blocks,
        Map<String, String> options,
        long seed,
        int fitting,
        DeviceLease lease,
        NDManager manager,
        TaskMonitor monitor)
        implements ExplainerTraining {

    @Override
    public List<List<Integer>> plan(int most) {
        int size = most == 0 ? fitting : Math.min(most, fitting);
        List<List<Integer>> batches = new ArrayList<>();
        for (int from = 0; from < targets.size(); from += size) {
            batches.add(IntStream.range(from, Math.min(targets.size(), from + size))
                    .boxed()
                    .toList());
        }
        return batches;
    }

    @Override
    public Work open(List<Integer> positions) {
        GraphBatch graphs = GraphBatch.of(positions.stream().map(blocks::get).toList());
        PreparedBatch prepared = session.prepare(graphs);
        NDManager owner = manager.newSubManager();
        ExplanationBatch batch = new ExplanationBatch(
                session, prepared, positions.stream().map(targets::get).toList(), options, lease, owner, monitor);
        return new Work() {
            @Override
            public ExplanationBatch batch() {
                return batch;
            }

            @Override
            public void close() {
                owner.close();
                prepared.close();
            }
        };
    }
}
