package org.aitia.explanations.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Seeds;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.PreparedBatch;

/** What the model predicts for targets, and which class of each is explained. */
final class TargetPredictions {
    private TargetPredictions() {}

    /** Predicts the blocks of a batch; block b belongs to {@code ids.get(b)}. */
    static List<ExplanationTarget> of(
            ExplanationJob job, ModelSession session, DeviceLease lease, PreparedBatch prepared, List<Integer> ids) {
        int outputs = job.model().shape().classes();
        float[] values;
        try (TensorScope scope = lease.engine().openScope()) {
            NDArray logits = session.forward(prepared, Masks.NONE).toType(DataType.FLOAT32, false); // [B, C]
            values = (job.model().isRegression() ? logits : logits.softmax(1)).toFloatArray();
        }
        List<ExplanationTarget> predictions = new ArrayList<>(ids.size());
        for (int b = 0; b < ids.size(); b++) {
            predictions.add(target(job, ids.get(b), Arrays.copyOfRange(values, b * outputs, (b + 1) * outputs)));
        }
        return predictions;
    }

    private static ExplanationTarget target(ExplanationJob job, int id, float[] row) {
        int predicted = 0;
        for (int c = 1; c < row.length; c++) {
            predicted = row[c] > row[predicted] ? c : predicted;
        }
        int label = job.dataset().label(id);
        int explained = predicted;
        if (job.request().type() == ExplanationType.PHENOMENON) {
            checkLabel(job, id, label, row.length);
            explained = label;
        }
        return new ExplanationTarget(
                id, predicted, explained, label, row, Seeds.derive(job.request().seed(), id));
    }

    private static void checkLabel(ExplanationJob job, int id, int label, int classes) {
        if (label < 0) {
            throw new InvalidRequestException(
                    job.instance(id) + " has no label, so there is no phenomenon to explain; ask for type model");
        }
        if (label >= classes) {
            throw new InvalidRequestException(job.instance(id) + " of data set '"
                    + job.dataset().info().name() + "' has class " + label + ", model '"
                    + job.description().name() + "' knows 0.." + (classes - 1)
                    + "; ask for type model, or choose data of its classes");
        }
    }
}
