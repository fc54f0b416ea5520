package org.aitia.explainer.ig.internal;

import org.aitia.api.InvalidRequestException;
import org.aitia.api.explain.ExplanationTarget;

/** The class that the explained one is set against. */
final class Contrast {
    private static final String NONE = "none";
    static final String RUNNER_UP = "runner-up";

    private Contrast() {}

    /** Refuses what is neither a word nor a number; whether the model has the class is known later. */
    static String checked(String text) {
        String value = text.trim().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        if (!value.equals(NONE) && !value.equals(RUNNER_UP) && !value.matches("\\d{1,9}")) {
            throw new InvalidRequestException(
                    "option 'contrast' takes none, runner-up or the number of a class, not '" + text + "'");
        }
        return value;
    }

    static boolean isNone(String contrast) {
        return contrast.equals(NONE);
    }

    /** The other class of a target. */
    static int classOf(String contrast, ExplanationTarget target, int classes) {
        if (classes < 2) {
            throw new InvalidRequestException("contrast=" + contrast
                    + " needs a model of several classes; this one predicts a number; give contrast=none");
        }
        int explained = target.explainedClass();
        if (contrast.equals(RUNNER_UP)) {
            return target.runnerUp();
        }
        int other = Integer.parseInt(contrast);
        if (other >= classes) {
            throw new InvalidRequestException(
                    "contrast=" + contrast + ": the model has classes 0.." + (classes - 1) + "; give one of them");
        }
        if (other == explained) {
            throw new InvalidRequestException("contrast=" + contrast + ": target " + target.id()
                    + " is explained for that class itself; give another class, or runner-up");
        }
        return other;
    }
}
