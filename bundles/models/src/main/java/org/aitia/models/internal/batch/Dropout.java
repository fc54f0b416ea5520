package org.aitia.models.internal.batch;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Inverted dropout with random numbers of the host, which are the same on every device and faster than those of the
 * tensor library.
 */
public final class Dropout {
    private Dropout() {}

    /**
     * Drops values of an array.
     *
     * @param x any shape
     * @param rate probability of being dropped, in [0, 1); what stays is divided by {@code 1 - rate}
     * @param random source of chance
     * @return the shape of {@code x}; {@code x} itself for rate 0
     */
    public static NDArray apply(NDArray x, double rate, RandomGenerator random) {
        if (rate == 0) {
            return x;
        }
        float[] factors = new float[Math.toIntExact(x.getShape().size())];
        Arrays.fill(factors, 1);
        drop(factors, rate, random);
        return x.mul(HostValues.copy(x.getManager(), factors, x.getShape()));
    }

    static float[] apply(float[] values, double rate, RandomGenerator random) {
        float[] dropped = values.clone();
        drop(dropped, rate, random);
        return dropped;
    }

    private static void drop(float[] values, double rate, RandomGenerator random) {
        float scale = (float) (1 / (1 - rate));
        // one number of 64 bits decides on two values
        int threshold = (int) ((long) (rate * 0x1p32) + Integer.MIN_VALUE);
        for (int i = 0; i < values.length; i += 2) {
            long bits = random.nextLong();
            values[i] = (int) bits < threshold ? 0 : values[i] * scale;
            if (i + 1 < values.length) {
                values[i + 1] = (int) (bits >>> 32) < threshold ? 0 : values[i + 1] * scale;
            }
        }
    }
}
