package org.aitia.models.internal.layers;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The place of a parameter.
 *
 * @param name as in PyG
 * @param start what its values are before training
 * @param trainable whether training changes it
 * @param shape its extents
 */
public record Slot(String name, Start start, boolean trainable, long... shape) {

    /** Fills values before training. */
    @FunctionalInterface
    public interface Start {
        /** All 0. */
        Start ZERO = (values, random) -> {};

        /** All 1. */
        Start ONE = (values, random) -> Arrays.fill(values, 1);

        /**
         * Fills values that are all 0.
         *
         * @param values to be filled
         * @param random source of chance
         */
        void fill(float[] values, RandomGenerator random);

        /**
         * Uniform between bounds.
         *
         * @param bound the upper one; the lower one is its negative
         */
        static Start uniform(double bound) {
            return (values, random) -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
                }
            };
        }
    }

    /**
     * A matrix with Glorot-uniform values (PyG's {@code glorot}).
     *
     * @param name its name
     * @param out number of outputs
     * @param in number of inputs
     * @return [out, in]
     */
    public static Slot glorot(String name, int out, int in) {
        return new Slot(name, Start.uniform(Math.sqrt(6.0 / ((long) out + in))), true, out, in);
    }

    /**
     * A constant that starts at 0.
     *
     * @param name its name
     * @param size number of values
     * @return [size]
     */
    public static Slot zeros(String name, int size) {
        return new Slot(name, Start.ZERO, true, size);
    }

    /**
     * The parameters of PyTorch's {@code Linear}, with its starting values.
     *
     * @param prefix name of the layer, to be followed by ".weight" and ".bias"
     * @param out number of outputs
     * @param in number of inputs
     * @param bias whether there is a constant
     * @return [out, in] and perhaps [out]
     */
    public static List<Slot> linear(String prefix, int out, int in, boolean bias) {
        Start start = Start.uniform(1 / Math.sqrt(in));
        Slot weight = new Slot(prefix + ".weight", start, true, out, in);
        return bias ? List.of(weight, new Slot(prefix + ".bias", start, true, out)) : List.of(weight);
    }

    /**
     * The parameters of PyTorch's {@code BatchNorm1d}.
     *
     * @param prefix name of the layer
     * @param size number of columns
     * @return four of [size]
     */
    public static List<Slot> batchNorm(String prefix, int size) {
        return List.of(
                new Slot(prefix + ".weight", Start.ONE, true, size),
                new Slot(prefix + ".bias", Start.ZERO, true, size),
                new Slot(prefix + ".running_mean", Start.ZERO, false, size),
                new Slot(prefix + ".running_var", Start.ONE, false, size));
    }

    int size() {
        return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    }
}
