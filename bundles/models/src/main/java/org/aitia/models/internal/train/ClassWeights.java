package org.aitia.models.internal.train;

import java.util.Arrays;
import org.aitia.api.InvalidRequestException;

/** How much each class counts in the loss. */
final class ClassWeights {
    private ClassWeights() {}

    /**
     * Reads the option.
     *
     * @param text {@code none}, {@code balanced}, or one number per class
     * @param classes number of classes
     * @param labels of the training instances
     * @return [C]
     */
    static float[] of(String text, int classes, int[] labels) {
        float[] weights = new float[classes];
        switch (text.trim()) {
            case "none", "" -> Arrays.fill(weights, 1);
            case "balanced" -> {
                long[] counts = new long[classes];
                for (int label : labels) {
                    counts[label]++;
                }
                for (int c = 0; c < classes; c++) {
                    weights[c] = counts[c] == 0 ? 0 : (float) (labels.length / ((double) classes * counts[c]));
                }
            }
            default -> {
                String[] numbers = text.split(",", -1);
                if (numbers.length != classes) {
                    throw refused(text, classes, "has " + numbers.length + " of them");
                }
                for (int c = 0; c < classes; c++) {
                    weights[c] = weight(numbers[c].trim(), text, classes);
                }
                if (Arrays.equals(weights, new float[classes])) {
                    throw refused(text, classes, "is all 0");
                }
            }
        }
        return weights;
    }

    private static float weight(String number, String text, int classes) {
        try {
            float weight = Float.parseFloat(number);
            if (weight >= 0 && Float.isFinite(weight)) {
                return weight;
            }
        } catch (NumberFormatException e) {
            // refused below, like a number that is none to weigh with
        }
        throw refused(text, classes, "has '" + number + "'");
    }

    private static InvalidRequestException refused(String text, int classes, String why) {
        return new InvalidRequestException("option 'classWeights' takes none, balanced, or " + classes
                + " numbers of at least 0 with commas between them, one per class; '" + text + "' " + why);
    }
}
