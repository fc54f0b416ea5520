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
        // pairs, for one random number decides on two values
        NDArray factors = HostValues.fill(x.getManager(), x.getShape(), 2, (from, target, count) -> {
            Arrays.fill(target, 0, count, 1);
            drop(target, count, rate, random);
        });
        return x.mul(factors);
    }

    static float[] apply(float[] values, double rate, RandomGenerator random) {
        float[] dropped = values.clone();
        drop(dropped, dropped.length, rate, random);
        return dropped;
    }

    private static void drop(float[] values, int count, double rate, RandomGenerator random) {
        float scale = (float) (1 / (1 - rate));
        // one number of 64 bits decides on two values
        int threshold = (int) ((long) (rate * 0x1p32) + Integer.MIN_VALUE);
        for (int i = 0; i < count; i += 2) {
            long bits = random.nextLong();
            values[i] = (int) bits < threshold ? 0 : values[i] * scale;
            if (i + 1 < count) {
                values[i + 1] = (int) (bits >>> 32) < threshold ? 0 : values[i + 1] * scale;
            }
        }
    }
}
