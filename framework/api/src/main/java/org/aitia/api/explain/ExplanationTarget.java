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
        int id, int predictedClass, int explainedClass, int label, float[] probabilities, long seed) {}
