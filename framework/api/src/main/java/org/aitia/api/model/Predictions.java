package org.aitia.api.model;

import org.aitia.api.dataset.Dataset;

/**
 * What a model predicts.
 *
 * @param model the model
 * @param dataset the data
 * @param instances nodes, indices of graphs or of candidate links; not to be changed
 * @param logits [instances][C]; not to be changed
 */
public record Predictions(StoredModel model, Dataset dataset, int[] instances, float[][] logits) {
    /**
     * Returns the class of the greatest logit.
     *
     * @param index position in {@link #instances()}
     * @return a class
     */
    public int predictedClass(int index) {
        float[] row = logits[index];
        int best = 0;
        for (int c = 1; c < row.length; c++) {
            best = row[c] > row[best] ? c : best;
        }
        return best;
    }

    /**
     * Returns the softmax of the logits.
     *
     * @param index position in {@link #instances()}
     * @return a new array, [C], that adds up to 1
     */
    public float[] probabilities(int index) {
        float[] row = logits[index];
        double highest = row[predictedClass(index)];
        double[] exponentials = new double[row.length];
        double sum = 0;
        for (int c = 0; c < row.length; c++) {
            exponentials[c] = Math.exp(row[c] - highest);
            sum += exponentials[c];
        }
        float[] probabilities = new float[row.length];
        for (int c = 0; c < row.length; c++) {
            probabilities[c] = (float) (exponentials[c] / sum);
        }
        return probabilities;
    }
}
