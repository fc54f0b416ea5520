package org.aitia.formats.split;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.aitia.api.Seeds;
import org.aitia.api.dataset.Split;

/** Draws splits that have training nodes of every class. Nodes without class are in no part. */
public final class RandomSplits {
    private RandomSplits() {}

    /**
     * Draws the random split of PyTorch Geometric: some training nodes of each class, then validation and test nodes
     * from all that are left.
     *
     * @param labels a class per node, -1 for none
     * @param classes how many
     * @param trainPerClass training nodes of each class, fewer where it has not as many
     * @param validation nodes in all
     * @param test nodes in all
     * @param seed decides everything
     * @return the split; with fewer nodes where there are not as many
     */
    public static Split overall(int[] labels, int classes, int trainPerClass, int validation, int test, long seed) {
        RandomGenerator random = Seeds.generator(seed);
        IntStream.Builder train = IntStream.builder();
        IntStream.Builder rest = IntStream.builder();
        for (int label = 0; label < classes; label++) {
            int[] members = shuffled(members(labels, label), random);
            for (int i = 0; i < members.length; i++) {
                (i < trainPerClass ? train : rest).add(members[i]);
            }
        }
        int[] left = shuffled(rest.build().toArray(), random);
        int validationEnd = Math.min(validation, left.length);
        int testEnd = (int) Math.min((long) validationEnd + test, left.length);
        return new Split(
                train.build().toArray(),
                Arrays.copyOf(left, validationEnd),
                Arrays.copyOfRange(left, validationEnd, testEnd));
    }

    /**
     * Draws the split of Shchur et al. (2018): some training and validation nodes of each class, all others for test.
     *
     * @param labels a class per node, -1 for none
     * @param classes how many
     * @param trainPerClass training nodes of each class
     * @param validationPerClass validation nodes of each class; a class of less than twice what is asked for gives half
     *     of its nodes to both, in proportion
     * @param seed decides everything
     * @return the split
     */
    public static Split perClass(int[] labels, int classes, int trainPerClass, int validationPerClass, long seed) {
        RandomGenerator random = Seeds.generator(seed);
        IntStream.Builder train = IntStream.builder();
        IntStream.Builder validation = IntStream.builder();
        IntStream.Builder test = IntStream.builder();
        long asked = (long) trainPerClass + validationPerClass;
        for (int label = 0; label < classes; label++) {
            int[] members = shuffled(members(labels, label), random);
            boolean enough = members.length >= 2 * asked;
            long trainEnd = enough ? trainPerClass : Math.max(1, members.length * (long) trainPerClass / (2 * asked));
            long end = enough ? asked : trainEnd + members.length * (long) validationPerClass / (2 * asked);
            for (int i = 0; i < members.length; i++) {
                (i < trainEnd ? train : i < end ? validation : test).add(members[i]);
            }
        }
        return new Split(
                train.build().toArray(),
                validation.build().toArray(),
                test.build().toArray());
    }

    /**
     * Draws a split that has the same fractions of every class in each part, as near as whole numbers allow.
     *
     * @param labels a class per instance, -1 for none
     * @param classes how many
     * @param validation fraction for validation
     * @param test fraction for test; what is left is for training. A class of two instances or more has one of them at
     *     least for test, one of three or more also one for validation, where the fractions are not 0
     * @param seed decides everything
     * @return the split
     */
    public static Split fractions(int[] labels, int classes, double validation, double test, long seed) {
        RandomGenerator random = Seeds.generator(seed);
        IntStream.Builder trainPart = IntStream.builder();
        IntStream.Builder validationPart = IntStream.builder();
        IntStream.Builder testPart = IntStream.builder();
        for (int label = 0; label < classes; label++) {
            int[] members = shuffled(members(labels, label), random);
            long testEnd = part(test, members.length, 2);
            long validationEnd = testEnd + part(validation, members.length, 3);
            for (int i = 0; i < members.length; i++) {
                (i < testEnd ? testPart : i < validationEnd ? validationPart : trainPart).add(members[i]);
            }
        }
        return new Split(
                trainPart.build().toArray(),
                validationPart.build().toArray(),
                testPart.build().toArray());
    }

    private static long part(double fraction, int members, int needed) {
        long rounded = Math.round(fraction * members);
        return fraction > 0 && members >= needed ? Math.max(1, rounded) : 0;
    }

    private static int[] members(int[] labels, int label) {
        return IntStream.range(0, labels.length)
                .filter(node -> labels[node] == label)
                .toArray();
    }

    /** Fisher and Yates. */
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
