package org.aitia.dataset.synthetic.internal;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.aitia.api.dataset.Split;

/** Random orders. */
final class Shuffle {
    private Shuffle() {}

    /** A random order of {@code 0..n-1} (Fisher and Yates). */
    static int[] order(int n, RandomGenerator random) {
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }

    /** Eighty percent for training, ten for validation, the rest for test. */
    static Split split(int n, RandomGenerator random) {
        int[] order = order(n, random);
        int train = n * 8 / 10;
        int validation = n / 10;
        return new Split(
                Arrays.copyOf(order, train),
                Arrays.copyOfRange(order, train, train + validation),
                Arrays.copyOfRange(order, train + validation, n));
    }
}
