package org.aitia.datasets.internal;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * All pairs of different nodes, numbered: unordered pairs of an undirected graph, ordered ones of a directed graph. The
 * numbers ascend like those of the graph's edges, by target and then by source.
 */
final class NodePairs {
    private final long nodes;
    private final boolean undirected;

    NodePairs(int nodes, boolean undirected) {
        this.nodes = nodes;
        this.undirected = undirected;
    }

    long count() {
        return undirected ? nodes * (nodes - 1) / 2 : nodes * (nodes - 1);
    }

    /** The number of a pair; in an undirected graph the source is the lesser one. */
    long number(int source, int target) {
        return undirected
                ? (long) target * (target - 1) / 2 + source
                : target * (nodes - 1) + (source < target ? source : source - 1);
    }

    int target(long number) {
        if (!undirected) {
            return (int) (number / (nodes - 1));
        }
        // the greatest t with t (t - 1) / 2 <= number; the root is off by one at most
        long t = (long) ((1 + Math.sqrt(1 + 8.0 * number)) / 2);
        while (t * (t - 1) / 2 > number) {
            t--;
        }
        while ((t + 1) * t / 2 <= number) {
            t++;
        }
        return (int) t;
    }

    int source(long number) {
        int target = target(number);
        if (undirected) {
            return (int) (number - (long) target * (target - 1) / 2);
        }
        int rank = (int) (number % (nodes - 1));
        return rank < target ? rank : rank + 1;
    }

    /**
     * Draws pairs without an edge, uniformly and without repeats.
     *
     * @param linked the numbers of all pairs with an edge, ascending
     * @param wanted at most {@link #count()} less the linked ones
     * @return ascending
     */
    long[] draw(long[] linked, int wanted, RandomGenerator random) {
        long free = count() - linked.length;
        // of many, those to leave out are drawn: either way few draws meet what was drawn already
        boolean leaveOut = wanted > free / 2;
        long[] drawn = distinct(free, leaveOut ? (int) (free - wanted) : wanted, random);
        long[] ranks = leaveOut ? complement(drawn, wanted) : drawn;
        return notLinked(ranks, linked);
    }

    /** Distinct numbers below a bound, ascending. */
    private static long[] distinct(long bound, int wanted, RandomGenerator random) {
        long[] numbers = new long[wanted];
        int have = 0;
        while (have < wanted) {
            for (int i = have; i < wanted; i++) {
                numbers[i] = random.nextLong(bound);
            }
            Arrays.sort(numbers);
            have = 1;
            for (int i = 1; i < wanted; i++) {
                if (numbers[i] != numbers[have - 1]) {
                    numbers[have++] = numbers[i];
                }
            }
        }
        return numbers;
    }

    private static long[] complement(long[] leftOut, int count) {
        long[] others = new long[count];
        int at = 0;
        for (int i = 0, next = 0; i < count; at++) {
            if (next < leftOut.length && leftOut[next] == at) {
                next++;
            } else {
                others[i++] = at;
            }
        }
        return others;
    }

    /** The pairs of given ranks among those that are not linked; both lists ascend, so that one pass is enough. */
    private static long[] notLinked(long[] ranks, long[] linked) {
        long[] numbers = new long[ranks.length];
        int before = 0; // linked pairs before the current one
        for (int i = 0; i < ranks.length; i++) {
            while (before < linked.length && linked[before] <= ranks[i] + before) {
                before++;
            }
            numbers[i] = ranks[i] + before;
        }
        return numbers;
    }
}
