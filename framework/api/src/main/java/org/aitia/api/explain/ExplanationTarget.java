package org.aitia.api.explain;

/**
 * A prediction to be explained.
 *
 * @param id the node, or the index of the graph or candidate link
 * @param predictedClass the class of the greatest logit
 * @param explainedClass the class that the explanation is about: predicted, or the label
 * @param label the true class, or -1 if there is none
 * @param probabilities softmax of the logits, [C]; of a regression model its output, [1]; not to be changed
 * @param seed of every random choice made for this target
 */
public record ExplanationTarget(
        int id, int predictedClass, int explainedClass, int label, float[] probabilities, long seed) {

    /**
     * Returns the class that comes nearest to the explained one.
     *
     * @return of all other classes the most probable one, of equal ones the first
     * @throws IllegalStateException if there is no other class, as of regression models
     */
    public int runnerUp() {
        int best = -1;
        for (int c = 0; c < probabilities.length; c++) {
            boolean better = best < 0 || probabilities[c] > probabilities[best];
            best = c != explainedClass && better ? c : best;
        }
        if (best < 0) {
            throw new IllegalStateException("target " + id + " has one output, so there is no other class");
        }
        return best;
    }
}
