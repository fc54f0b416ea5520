package org.aitia.explanations.internal;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.PreparedBatch;

/** Counts what an explainer asks a model for: a pass over B blocks counts B, whoever prepared them. */
final class CountingSession implements ModelSession {
    /** Counts of all lanes of a run. */
    static final class Calls {
        private final LongAdder all = new LongAdder();
        private final LongAdder recorded = new LongAdder();

        long all() {
            return all.sum();
        }

        long recorded() {
            return recorded.sum();
        }

        private void add(int blocks, boolean isRecorded) {
            all.add(blocks);
            if (isRecorded) {
                recorded.add(blocks);
            }
        }
    }

    private final ModelSession session;
    private final TensorEngine engine;
    private final Calls calls;

    CountingSession(ModelSession session, TensorEngine engine, Calls calls) {
        this.session = session;
        this.engine = engine;
        this.calls = calls;
    }

    /** Recording is on unless switched off, but without masks there is nothing to differentiate for. */
    private void count(PreparedBatch batch, Masks masks) {
        boolean differentiable = masks.edge().isPresent()
                || masks.feature().isPresent()
                || masks.edgeFeature().isPresent();
        calls.add(batch.batch().blocks().size(), differentiable && engine.isRecording());
    }

    @Override
    public GnnModel model() {
        return session.model();
    }

    @Override
    public PreparedBatch prepare(GraphBatch batch) {
        return session.prepare(batch);
    }

    @Override
    public NDArray forward(PreparedBatch batch, Masks masks) {
        count(batch, masks);
        return session.forward(batch, masks);
    }

    @Override
    public List<NDArray> embeddings(PreparedBatch batch, Masks masks) {
        count(batch, masks);
        return session.embeddings(batch, masks);
    }

    @Override
    public Trace trace(PreparedBatch batch, Masks masks) {
        // embeddings are differentiated for here, masks or none
        calls.add(batch.batch().blocks().size(), engine.isRecording());
        return session.trace(batch, masks);
    }

    @Override
    public List<Attention> attention(PreparedBatch batch, Masks masks) {
        count(batch, masks);
        return session.attention(batch, masks);
    }

    @Override
    public long workingSetBytes(long nodes, long edges, long storedFeatures) {
        return session.workingSetBytes(nodes, edges, storedFeatures);
    }

    @Override
    public void close() {
        session.close();
    }
}
