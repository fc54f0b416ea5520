package org.aitia.explainer.gnnexplainer.internal;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.ObjectiveState;
import org.aitia.api.model.FeatureMaskType;

/** The further terms of a batch's loss, with the arrays that they keep from step to step. */
final class TermLoss implements AutoCloseable {
    private final ExplanationBatch batch;
    private final List<LossTerm> terms;
    private final Map<String, NDArray> kept = new HashMap<>();

    TermLoss(ExplanationBatch batch, List<LossTerm> terms) {
        this.batch = batch;
        this.terms = terms;
    }

    boolean isEmpty() {
        return terms.isEmpty();
    }

    /** The weighted sum of all terms, [B]. */
    NDArray of(
            NDArray logits,
            Optional<NDArray> edges,
            Optional<NDArray> features,
            FeatureMaskType featureType,
            TensorScope step) {
        NDArray sum = null;
        for (LossTerm term : terms) {
            String owner = term.objective().name() + '/';
            ObjectiveState state = new ObjectiveState(
                    batch, logits, edges, features, featureType, (name, maker) -> constant(owner + name, maker, step));
            NDArray loss = term.objective().loss(state);
            long blocks = batch.graphs().blocks().size();
            if (loss.getShape().dimension() != 1 || loss.getShape().get(0) != blocks) {
                throw new InvalidRequestException(
                        "objective '" + term.objective().name()
                                + "' returned an array of shape " + loss.getShape() + " where (" + blocks
                                + ") was expected, one value per target; this is a defect of that objective");
            }
            NDArray weighted = loss.mul(term.weight());
            sum = sum == null ? weighted : sum.add(weighted);
        }
        return sum;
    }

    private NDArray constant(String name, Function<ExplanationBatch, NDArray> maker, TensorScope step) {
        NDArray known = kept.get(name);
        if (known == null) {
            try (GradientMode off = batch.engine().gradientMode(false)) {
                known = step.keep(maker.apply(batch), batch.manager());
            }
            kept.put(name, known);
        }
        return known;
    }

    @Override
    public void close() {
        kept.values().forEach(NDArray::close);
    }
}
