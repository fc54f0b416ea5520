package org.aitia.api.model;

/**
 * How well a model does on some labelled instances.
 *
 * @param instances how many
 * @param loss mean cross-entropy
 * @param accuracy share of right predictions, in [0, 1]
 * @param macroF1 mean of the classes' F1 scores, in [0, 1], over the classes that occur among labels or predictions
 * @param rocAuc area under the ROC curve, in [0, 1]: of class 1 for two classes, otherwise the mean over the classes
 *     that occur of one class against the rest; NaN if only one class occurs
 * @param confusion [C][C], true class by predicted class; not to be changed
 */
public record Evaluation(
        int instances, double loss, double accuracy, double macroF1, double rocAuc, long[][] confusion) {}
