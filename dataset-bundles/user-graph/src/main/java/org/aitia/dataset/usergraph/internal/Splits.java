package org.aitia.dataset.usergraph.internal;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.aitia.api.Seeds;
import org.aitia.api.dataset.Split;

/** Divisions of instances: the one that a column gives, and a random one. */
final class Splits {
    private static final int NONE = 0;
    private static final int TRAIN = 1;
    private static final int VALIDATION = 2;
    private static final int TEST = 3;

    private final Ints parts = new Ints(); // per instance
    private boolean given;

    /** Adds the part of the next instance. */
    void add(Row row, int column, boolean labelled) {
        int part =
                switch (row.text(column).toLowerCase(Locale.ROOT)) {
                    case "", "none", "na" -> NONE;
                    case "train", "training" -> TRAIN;
                    case "val", "valid", "validation", "dev" -> VALIDATION;
                    case "test" -> TEST;
                    default -> {
                        parts.add(NONE);
                        throw row.fault(column, "train, val, test or nothing", "correct the line");
                    }
                };
        parts.add(part);
        if (part != NONE && !labelled) {
            throw row.fault(column, "nothing, as the line has no label", "give it a label or take it out of the split");
        }
        given |= part != NONE;
    }

    /** Adds an instance of which nothing is said. */
    void addNone() {
        parts.add(NONE);
    }

    /**
     * Makes the splits.
     *
     * @param labels per instance
     * @param classes how many
     * @param fractions of the random split
     * @param seed of the random split
     * @return {@code given} first, if a column gave it, then {@code random}
     */
    Map<String, Split> toMap(int[] labels, int classes, Descriptor.Fractions fractions, long seed) {
        Map<String, Split> splits = new LinkedHashMap<>();
        if (given) {
            splits.put("given", new Split(all(TRAIN), all(VALIDATION), all(TEST)));
        }
        random(labels, classes, fractions, seed, splits);
        return splits;
    }

    private int[] all(int part) {
        Ints instances = new Ints();
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) == part) {
                instances.add(i);
            }
        }
        return instances.toArray();
    }

    /** Divides each class by itself, so that small ones are in every part. */
    static void random(
            int[] labels, int classes, Descriptor.Fractions fractions, long seed, Map<String, Split> splits) {
        Ints[] members = new Ints[classes];
        Arrays.setAll(members, c -> new Ints());
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] >= 0) {
                members[labels[i]].add(i);
            }
        }
        RandomGenerator random = Seeds.generator(seed);
        Ints train = new Ints();
        Ints validation = new Ints();
        Ints test = new Ints();
        for (Ints one : members) {
            int[] shuffled = shuffled(one.toArray(), random);
            int n = shuffled.length;
            if (n == 0) {
                continue;
            }
            // a class of two or more is learnt from and, if anything is, tested on
            int learn = Math.min(Math.max(1, n - 1), Math.max(1, share(fractions.train(), n)));
            int report = Math.min(n - learn, fractions.test() > 0 ? Math.max(1, share(fractions.test(), n)) : 0);
            int choose = Math.min(n - learn - report, share(fractions.validation(), n));
            if (fractions.train() + fractions.validation() + fractions.test() > 1 - 1e-9 && fractions.test() > 0) {
                report = n - learn - choose; // rounding loses none
            }
            for (int i = 0; i < learn + choose + report; i++) {
                (i < learn ? train : i < learn + choose ? validation : test).add(shuffled[i]);
            }
        }
        if (train.size() > 0) {
            splits.put("random", new Split(train.toArray(), validation.toArray(), test.toArray()));
        }
    }

    private static int share(double fraction, int n) {
        return (int) Math.round(fraction * n);
    }

    private static int[] shuffled(int[] values, RandomGenerator random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
        return values;
    }
}
