package org.aitia.dataset.karate.internal;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.aitia.api.Seeds;
import org.aitia.api.dataset.Split;

/** Divisions of the members. */
final class KarateSplits {
    private KarateSplits() {}

    /** Of each class half to learn from, a quarter to choose by, a quarter to report on. */
    static Split random(int[] labels, int classes, long seed) {
        RandomGenerator random = Seeds.generator(seed);
        IntStream.Builder train = IntStream.builder();
        IntStream.Builder validation = IntStream.builder();
        IntStream.Builder test = IntStream.builder();
        for (int c = 0; c < classes; c++) {
            int[] members = shuffled(members(labels, c), random);
            int quarter = members.length / 4; // no class has fewer than four
            for (int i = 0; i < members.length; i++) {
                (i < quarter ? test : i < 2 * quarter ? validation : train).add(members[i]);
            }
        }
        return new Split(
                train.build().toArray(),
                validation.build().toArray(),
                test.build().toArray());
    }

    /** The first member of each class to learn from, as in PyTorch Geometric; all others to report on. */
    static Split onePerClass(int[] labels, int classes) {
        int[] train =
                IntStream.range(0, classes).map(c -> members(labels, c)[0]).toArray();
        int[] test = IntStream.range(0, labels.length)
                .filter(member -> IntStream.of(train).noneMatch(first -> first == member))
                .toArray();
        return new Split(train, new int[0], test);
    }

    private static int[] members(int[] labels, int c) {
        return IntStream.range(0, labels.length)
                .filter(member -> labels[member] == c)
                .toArray();
    }

    private static int[] shuffled(int[] values, RandomGenerator random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int value = values[i];
            values[i] = values[j];
            values[j] = value;
        }
        return values;
    }
}
