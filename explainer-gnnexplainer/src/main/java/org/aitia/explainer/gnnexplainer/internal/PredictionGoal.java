package org.aitia.explainer.gnnexplainer.internal;

import java.util.List;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.model.ModelInfo;

/**
 * What the masks shall keep: for each output row what its loss is about, and how much the row weighs.
 *
 * @param kind how the loss is taken
 * @param classes the classes that it is about, per row: the explained one, and for a contrast the other; [T, 1 or 2];
 *     not used by regression
 * @param originals the output of the unmasked model, for regression, [T]; else empty
 * @param weights weight of each row's loss, [T]
 * @param blocks the block whose loss each row belongs to, [T]
 */
record PredictionGoal(Kind kind, int[][] classes, float[] originals, float[] weights, int[] blocks) {
    /** How the loss of a row is taken. */
    enum Kind {
        /** Cross-entropy: {@code -log P(A)}. */
        CLASS,
        /** Cross-entropy among two classes: {@code -log P(A | A or B) = log(1 + exp(z_B - z_A))}. */
        CONTRAST,
        /** Squared error: {@code (z - z_original)^2}. */
        REGRESSION
    }

    /** Independent targets, one output row per block. */
    static PredictionGoal of(List<ExplanationTarget> targets, ModelInfo model, GnnExplainerOptions options) {
        int rows = targets.size();
        Contrast contrast = Contrast.parse(options.contrast(), model);
        int[][] classes = new int[rows][];
        float[] originals = new float[model.isRegression() ? rows : 0];
        for (int b = 0; b < rows; b++) {
            ExplanationTarget target = targets.get(b);
            if (model.isRegression()) {
                originals[b] = target.probabilities()[0];
                classes[b] = new int[] {0};
            } else if (contrast.isNone()) {
                classes[b] = new int[] {target.explainedClass()};
            } else {
                classes[b] = new int[] {target.explainedClass(), contrast.other(target)};
            }
        }
        Kind kind = model.isRegression() ? Kind.REGRESSION : contrast.isNone() ? Kind.CLASS : Kind.CONTRAST;
        float[] weights = new float[rows];
        java.util.Arrays.fill(weights, 1);
        int[] blocks = new int[rows];
        java.util.Arrays.setAll(blocks, b -> b);
        return new PredictionGoal(kind, classes, originals, weights, blocks);
    }

    /** One output row per block: independent targets. */
    static PredictionGoal perTarget(int[] classes) {
        float[] weights = new float[classes.length];
        java.util.Arrays.fill(weights, 1);
        int[] blocks = new int[classes.length];
        java.util.Arrays.setAll(blocks, b -> b);
        return new PredictionGoal(Kind.CLASS, columns(classes), new float[0], weights, blocks);
    }

    /** All rows of one block together, averaged: one mask that explains every node of a graph. */
    static PredictionGoal wholeGraph(int[] classes) {
        float[] weights = new float[classes.length];
        java.util.Arrays.fill(weights, 1f / classes.length);
        return new PredictionGoal(Kind.CLASS, columns(classes), new float[0], weights, new int[classes.length]);
    }

    private static int[][] columns(int[] classes) {
        return java.util.Arrays.stream(classes).mapToObj(c -> new int[] {c}).toArray(int[][]::new);
    }
}
