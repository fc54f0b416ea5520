package org.aitia.explainer.pgexplainer.internal;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.explain.ExplanationTarget;

/** What to say when numbers are no longer numbers. */
final class Divergence {
    private static final int NAMED = 5;

    private Divergence() {}

    /** Training met a loss, mask or gradient that is not finite. */
    static InvalidRequestException inTraining(
            Lesson lesson, Lesson.Pass pass, PgExplainerOptions options, int epoch, int step) {
        float[] logits = pass.logits().toFloatArray();
        return new InvalidRequestException("pgexplainer stopped learning in epoch " + (epoch + 1) + " of "
                + options.epochs() + ", step " + (step + 1) + ": " + culprit(lesson, pass, logits) + " is not finite; "
                + range(logits) + ", temperature " + number(options.temperature(epoch)) + advice(options));
    }

    /** The last step led to weights that are of no use. */
    static InvalidRequestException afterTraining(ExplanationTarget target, float[] logits, PgExplainerOptions options) {
        return new InvalidRequestException("pgexplainer stopped learning after epoch " + options.epochs() + " of "
                + options.epochs() + ", its last step: the mask of target " + target.id() + " is not finite; "
                + range(logits) + ", temperature " + number(options.temperature(options.epochs() - 1))
                + advice(options));
    }

    private static String advice(PgExplainerOptions options) {
        return ". Lower the learning rate (lr " + number(options.lr()) + "), raise the temperature, or cut gradients"
                + " with clipNorm";
    }

    /** The weights are finite, and what they make of these edges is not. */
    static InvalidRequestException inExplaining(ExplanationTarget target, float[] logits) {
        return new InvalidRequestException("pgexplainer has learnt weights that do not explain target " + target.id()
                + ": " + range(logits) + "; train it again with a lower learning rate (lr)");
    }

    private static String culprit(Lesson lesson, Lesson.Pass pass, float[] logits) {
        List<ExplanationTarget> targets = lesson.batch().targets();
        float[] losses = pass.losses().toFloatArray();
        float[] mask = pass.mask().toFloatArray();
        for (int b = 0; b < targets.size(); b++) {
            int[] places = lesson.edges().places(b);
            if (!allFinite(logits, places) || !allFinite(mask, places)) {
                return "the mask of target " + targets.get(b).id();
            }
            if (!Float.isFinite(losses[b])) {
                return "the loss of target " + targets.get(b).id();
            }
        }
        String names = targets.stream()
                .limit(NAMED)
                .map(target -> Integer.toString(target.id()))
                .collect(Collectors.joining(", "));
        String gradient = Float.isFinite(pass.loss().getFloat()) ? "the gradient" : "the regularised loss";
        return gradient + " of target" + (targets.size() == 1 ? " " : "s ") + names
                + (targets.size() > NAMED ? " and " + (targets.size() - NAMED) + " more" : "");
    }

    private static boolean allFinite(float[] values, int[] places) {
        for (int place : places) {
            if (!Float.isFinite(values[place])) {
                return false;
            }
        }
        return true;
    }

    private static String range(float[] logits) {
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        int strange = 0;
        for (float logit : logits) {
            if (Float.isFinite(logit)) {
                min = Math.min(min, logit);
                max = Math.max(max, logit);
            } else {
                strange++;
            }
        }
        String finite = strange == logits.length
                ? "no logit of an edge is finite"
                : "logits of edges from " + number(min) + " to " + number(max);
        return strange == 0 || strange == logits.length ? finite : finite + ", and " + strange + " that are not finite";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
