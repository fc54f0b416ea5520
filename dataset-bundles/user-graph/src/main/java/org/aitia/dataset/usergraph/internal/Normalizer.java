package org.aitia.dataset.usergraph.internal;

/** What can be done to features. */
final class Normalizer {
    private Normalizer() {}

    /**
     * Normalises rows in place.
     *
     * @param normalization how
     * @param values row by row
     * @param width values per row
     */
    static void apply(Descriptor.Normalization normalization, float[] values, int width) {
        switch (normalization) {
            case NONE -> {}
            case ROW -> rows(values, width);
            case STANDARD -> columns(values, width);
        }
    }

    private static void rows(float[] values, int width) {
        for (int from = 0; from < values.length; from += width) {
            double sum = 0;
            for (int i = from; i < from + width; i++) {
                sum += Math.abs(values[i]);
            }
            for (int i = from; i < from + width && sum > 0; i++) {
                values[i] = (float) (values[i] / sum);
            }
        }
    }

    private static void columns(float[] values, int width) {
        int rows = width == 0 ? 0 : values.length / width;
        double[] mean = new double[width];
        for (int i = 0; i < values.length; i++) {
            mean[i % width] += values[i] / rows;
        }
        double[] variance = new double[width];
        for (int i = 0; i < values.length; i++) {
            double difference = values[i] - mean[i % width];
            variance[i % width] += difference * difference / rows;
        }
        for (int i = 0; i < values.length; i++) {
            double deviation = Math.sqrt(variance[i % width]);
            values[i] = deviation > 0 ? (float) ((values[i] - mean[i % width]) / deviation) : 0;
        }
    }
}
