package org.aitia.evaluation.internal;

import org.aitia.api.explain.ExplanationTarget;

/** What is compared between two predictions. */
enum Measure {
    /** Whether the explained class is predicted: 0 or 1 (PyG, GraphFramEx). */
    LABEL,
    /** The probability of the explained class. */
    PROBABILITY;

    /** What an option says. */
    static final String MEANING = "what is compared: whether the explained class is predicted (label), or its"
            + " probability; models that predict a number are compared by that, whatever is given";

    /**
     * Returns how much a change of the input takes away.
     *
     * <p>By label this is {@code |1(y = c) - 1(y' = c)|} with c the explained class, which for explanations of the model
     * (c = y) is {@code 1 - 1(y' = c)}; by probability {@code p_c - p'_c}; of a regression model
     * {@code |f - f'|}.
     *
     * @param target tells the explained class
     * @param before the model's output
     * @param after its output for the changed input
     */
    double loss(ExplanationTarget target, double[] before, double[] after) {
        if (before.length == 1) {
            return Math.abs(before[0] - after[0]);
        }
        int explained = target.explainedClass();
        if (this == PROBABILITY) {
            return before[explained] - after[explained];
        }
        return (Scores.argmax(before) == explained) == (Scores.argmax(after) == explained) ? 0 : 1;
    }

    /** The number that a prediction is about: the probability of the explained class, or the output of a regression. */
    static double output(ExplanationTarget target, double[] prediction) {
        return prediction.length == 1 ? prediction[0] : prediction[target.explainedClass()];
    }
}
