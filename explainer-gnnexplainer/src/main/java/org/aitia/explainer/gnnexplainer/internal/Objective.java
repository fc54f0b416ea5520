package org.aitia.explainer.gnnexplainer.internal;

/**
 * What the masks shall keep: for each output row a class and the weight of its cross-entropy.
 *
 * @param classes explained class of each output row, [T]
 * @param weights weight of each row's {@code -log P(class)}, [T]
 * @param blocks the block whose loss each row belongs to, [T]
 */
record Objective(int[] classes, float[] weights, int[] blocks) {

    /** One output row per block: independent targets. */
    static Objective perTarget(int[] classes) {
        float[] weights = new float[classes.length];
        int[] blocks = new int[classes.length];
        for (int b = 0; b < classes.length; b++) {
            weights[b] = 1;
            blocks[b] = b;
        }
        return new Objective(classes, weights, blocks);
    }

    /** All rows of one block together, averaged: one mask that explains every node of a graph. */
    static Objective wholeGraph(int[] classes) {
        float[] weights = new float[classes.length];
        java.util.Arrays.fill(weights, 1f / classes.length);
        return new Objective(classes, weights, new int[classes.length]);
    }
}
