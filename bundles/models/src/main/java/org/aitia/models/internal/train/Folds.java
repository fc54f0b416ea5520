package org.aitia.models.internal.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Seeds;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.Split;

/** The labelled instances of a data set in parts of about the same size and the same share of each class. */
final class Folds {
    private final int[][] folds;

    private Folds(int[][] folds) {
        this.folds = folds;
    }

    /**
     * Divides a data set.
     *
     * @param dataset what to divide
     * @param count number of parts
     * @param seed decides on who goes where
     */
    static Folds stratified(Dataset dataset, int count, long seed) {
        int[] instances = Subject.labelled(
                dataset, IntStream.range(0, dataset.instanceCount()).toArray());
        if (count < 2 || count > instances.length) {
            throw new InvalidRequestException("option 'folds' must be from 2 to the " + instances.length
                    + " labelled instances of data set '" + dataset.info().name() + "', not " + count);
        }
        RandomGenerator random = Seeds.generator(seed);
        List<List<Integer>> folds = new ArrayList<>();
        for (int f = 0; f < count; f++) {
            folds.add(new ArrayList<>());
        }
        int next = 0; // goes on from class to class, so that sizes differ by one at most
        for (int c = 0; c < dataset.classCount(); c++) {
            int label = c;
            int[] members = IntStream.of(instances)
                    .filter(i -> dataset.label(i) == label)
                    .toArray();
            for (int i = members.length - 1; i >= 0; i--) {
                int j = random.nextInt(i + 1);
                folds.get(next++ % count).add(members[j]);
                members[j] = members[i];
            }
        }
        return new Folds(folds.stream()
                .map(fold -> fold.stream().mapToInt(Integer::intValue).sorted().toArray())
                .toArray(int[][]::new));
    }

    /** Returns the division in which one part is for testing and the others are to learn from. */
    Split without(int fold) {
        return new Split(
                IntStream.range(0, folds.length)
                        .filter(f -> f != fold)
                        .flatMap(f -> Arrays.stream(folds[f]))
                        .toArray(),
                new int[0],
                folds[fold]);
    }

    /** Returns the division in which all instances are to learn from. */
    Split all() {
        return new Split(Arrays.stream(folds).flatMapToInt(Arrays::stream).toArray(), new int[0], new int[0]);
    }
}
