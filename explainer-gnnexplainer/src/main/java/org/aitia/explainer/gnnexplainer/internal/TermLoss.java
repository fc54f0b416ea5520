package org.aitia.explainer.gnnexplainer.internal;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.aitia.api.AitiaException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.Objective;
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
            NDArray loss = checked(term.objective(), state);
            NDArray weighted = loss.mul(term.weight());
            sum = sum == null ? weighted : sum.add(weighted);
        }
        return sum;
    }

    /** Calls code of any bundle, and does not trust what it returns. */
    private NDArray checked(Objective objective, ObjectiveState state) {
        NDArray loss;
        try {
            loss = objective.loss(state);
        } catch (AitiaException | EngineException e) {
            throw e; // says itself what is wrong, or that memory is exhausted
        } catch (RuntimeException e) {
            throw new AitiaException(
                    "objective '" + objective.name() + "' failed with " + e + "; this is a defect of that objective",
                    e);
        }
        long blocks = batch.graphs().blocks().size();
        if (loss.getShape().dimension() != 1 || loss.getShape().get(0) != blocks) {
            throw new InvalidRequestException("objective '" + objective.name() + "' returned an array of shape "
                    + loss.getShape() + " where (" + blocks
                    + ") was expected, one value per target; this is a defect of that objective");
        }
        float[] values = loss.toFloatArray();
        for (int b = 0; b < values.length; b++) {
            if (!Float.isFinite(values[b])) {
                throw new AitiaException("objective '" + objective.name() + "' returned " + values[b] + " for target "
                        + batch.targets().get(b).id() + "; this is a defect of that objective");
            }
        }
        return loss;
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
