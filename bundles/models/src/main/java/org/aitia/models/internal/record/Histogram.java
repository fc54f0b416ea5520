package org.aitia.models.internal.record;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How values are distributed over 30 buckets of equal width, as TensorFlow's {@code HistogramProto}. */
final class Histogram {
    private static final int BUCKETS = 30;

    private final double min;
    private final double max;
    private final double count;
    private final double sum;
    private final double sumOfSquares;
    private final double[] limits; // the upper end of each bucket
    private final double[] buckets;

    private Histogram(
            double min, double max, double count, double sum, double sumOfSquares, double[] limits, double[] buckets) {
        this.min = min;
        this.max = max;
        this.count = count;
        this.sum = sum;
        this.sumOfSquares = sumOfSquares;
        this.limits = limits;
        this.buckets = buckets;
    }

    /**
     * Sorts values into buckets.
     *
     * @param values at least one; those that are not finite are left out
     */
    static Histogram of(float[] values) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double sum = 0;
        double squares = 0;
        long count = 0;
        for (float value : values) {
            if (Float.isFinite(value)) {
                min = Math.min(min, value);
                max = Math.max(max, value);
                sum += value;
                squares += (double) value * value;
                count++;
            }
        }
        if (count == 0) {
            return new Histogram(0, 0, 0, 0, 0, new double[] {Double.MAX_VALUE}, new double[] {0});
        }
        int places = min == max ? 1 : BUCKETS;
        double[] limits = new double[places];
        for (int b = 0; b < places; b++) {
            limits[b] = min + (max - min) * (b + 1) / places;
        }
        limits[places - 1] = max;
        double[] buckets = new double[places];
        for (float value : values) {
            if (Float.isFinite(value)) {
                int b = places == 1 ? 0 : (int) ((value - min) / (max - min) * places);
                buckets[Math.min(b, places - 1)]++;
            }
        }
        return new Histogram(min, max, count, sum, squares, limits, buckets);
    }

    void write(CodedOutputStream out) throws IOException {
        double[] numbers = {min, max, count, sum, sumOfSquares};
        for (int i = 0; i < numbers.length; i++) {
            out.writeDouble(1 + i, numbers[i]);
        }
        out.writeByteArray(6, packed(limits));
        out.writeByteArray(7, packed(buckets));
    }

    /** A packed repeated field is the values one after the other. */
    private static byte[] packed(double[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            bytes.putDouble(value);
        }
        return bytes.array();
    }
}
