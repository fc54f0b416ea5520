package org.aitia.explainer.gnnexplainer.internal;

import org.aitia.api.InvalidRequestException;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.model.ModelInfo;

/**
 * Which class the explained one is compared with: none, the runner-up of each target, or one class for all.
 *
 * @param fixed the class; {@link #NONE} or {@link #RUNNER_UP}
 */
record Contrast(int fixed) {
    private static final int NONE = -1;
    private static final int RUNNER_UP = -2;

    static Contrast parse(String text, ModelInfo model) {
        String wanted = text.trim().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        int classes = model.shape().classes();
        if (wanted.equals("none")) {
            return new Contrast(NONE);
        }
        if (classes < 2) {
            throw new InvalidRequestException("contrast=" + text
                    + " needs a model of at least two classes; this one predicts a number, so give contrast=none");
        }
        if (wanted.equals("runner-up")) {
            return new Contrast(RUNNER_UP);
        }
        try {
            int number = Integer.parseInt(wanted);
            if (number >= 0 && number < classes) {
                return new Contrast(number);
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw new InvalidRequestException("option 'contrast' takes none, runner-up or a class from 0 to "
                + (classes - 1) + ", not '" + text + "'");
    }

    boolean isNone() {
        return fixed == NONE;
    }

    /** The class that a target's class is compared with. */
    int other(ExplanationTarget target) {
        if (fixed == target.explainedClass()) {
            throw new InvalidRequestException("contrast=" + fixed + " is the class that is explained for target "
                    + target.id() + "; give another class, or runner-up");
        }
        return fixed >= 0 ? fixed : target.runnerUp();
    }
}
