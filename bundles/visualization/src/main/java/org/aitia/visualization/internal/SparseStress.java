package org.aitia.visualization.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Stress majorization for thousands of nodes: distances to all nodes are replaced by those to neighbours, to some nodes
 * two hops away and to pivots that lie far apart (Ortmann, Klimenta, Brandes 2016). Time grows with the number of nodes,
 * not with its square.
 */
final class SparseStress {
    /** Nodes from which on it is used. */
    static final int FROM = 250;

    private static final int PIVOTS = 60;
    private static final int TWO_HOPS = 10;
    private static final int ITERATIONS = 150;
    private static final double CLOSE = 1e-6;

    /** Less than 1 lets neighbourhoods spread where a thousand nodes are a few hops apart. */
    private static final float PIVOT_WEIGHT = 0.1f;

    private final int[][] neighbours;
    private final int n;
    private final Random random;

    /** For a connected graph. */
    SparseStress(int[][] neighbours, long seed) {
        this.neighbours = neighbours;
        this.n = neighbours.length;
        this.random = new Random(seed);
    }

    /** What one node wants: to be at certain distances from others. */
    private record Terms(int[] others, float[] ideals, float[] weights) {}

    double[][] run() {
        List<Integer> pivots = new ArrayList<>();
        List<int[]> distances = new ArrayList<>();
        choosePivots(pivots, distances);
        double[][] places = start(distances);
        Terms[] terms = new Terms[n];
        int[] regions = regions(distances);
        for (int v = 0; v < n; v++) {
            terms[v] = terms(v, pivots, distances, regions);
        }
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            for (int v = 0; v < n; v++) {
                move(places, v, terms[v]);
            }
        }
        return places;
    }

    /** Each pivot is the node farthest from those before it. */
    private void choosePivots(List<Integer> pivots, List<int[]> distances) {
        int[] nearest = new int[n];
        Arrays.fill(nearest, Integer.MAX_VALUE);
        int next = random.nextInt(n);
        while (pivots.size() < Math.min(PIVOTS, n)) {
            int[] from = hops(next);
            pivots.add(next);
            distances.add(from);
            int farthest = 0;
            for (int v = 0; v < n; v++) {
                nearest[v] = Math.min(nearest[v], from[v]);
                farthest = nearest[v] > nearest[farthest] ? v : farthest;
            }
            next = farthest;
        }
    }

    private int[] hops(int from) {
        int[] hops = new int[n];
        Arrays.fill(hops, -1);
        hops[from] = 0;
        Deque<Integer> queue = new ArrayDeque<>(List.of(from));
        while (!queue.isEmpty()) {
            int v = queue.remove();
            for (int other : neighbours[v]) {
                if (hops[other] < 0) {
                    hops[other] = hops[v] + 1;
                    queue.add(other);
                }
            }
        }
        return hops;
    }

    /** Projects the distances to the pivots on their two directions of greatest variance (Brandes and Pich 2007). */
    private double[][] start(List<int[]> distances) {
        int count = distances.size();
        double[][] centred = new double[n][count];
        for (int p = 0; p < count; p++) {
            int[] from = distances.get(p);
            double mean = Arrays.stream(from)
                    .mapToDouble(d -> (double) d * d)
                    .average()
                    .orElse(0);
            for (int v = 0; v < n; v++) {
                centred[v][p] = mean - (double) from[v] * from[v];
            }
        }
        double[] first = direction(centred, new double[count]);
        double[] second = direction(centred, first);
        double[][] places = new double[n][2];
        double scale = 0;
        for (int v = 0; v < n; v++) {
            places[v][0] = dot(centred[v], first);
            places[v][1] = dot(centred[v], second);
            scale = Math.max(scale, Math.max(Math.abs(places[v][0]), Math.abs(places[v][1])));
        }
        double size = Math.sqrt(n) / 2;
        for (double[] place : places) {
            // nodes with the same distances would never part
            place[0] = size * place[0] / scale + random.nextGaussian() * 0.3;
            place[1] = size * place[1] / scale + random.nextGaussian() * 0.3;
        }
        return places;
    }

    /** Power iteration, orthogonal to a direction found before. */
    private double[] direction(double[][] rows, double[] before) {
        double[] direction = random.doubles(before.length).map(d -> d - 0.5).toArray();
        for (int step = 0; step < 50; step++) {
            double[] next = new double[direction.length];
            for (double[] row : rows) {
                double factor = dot(row, direction);
                for (int i = 0; i < next.length; i++) {
                    next[i] += factor * row[i];
                }
            }
            double again = dot(next, before);
            for (int i = 0; i < next.length; i++) {
                next[i] -= again * before[i];
            }
            double length = Math.max(1e-12, Math.sqrt(dot(next, next)));
            for (int i = 0; i < next.length; i++) {
                direction[i] = next[i] / length;
            }
        }
        return direction;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** How many nodes each pivot speaks for. */
    private int[] regions(List<int[]> distances) {
        int[] regions = new int[distances.size()];
        for (int v = 0; v < n; v++) {
            int nearest = 0;
            for (int p = 1; p < regions.length; p++) {
                nearest = distances.get(p)[v] < distances.get(nearest)[v] ? p : nearest;
            }
            regions[nearest]++;
        }
        return regions;
    }

    private Terms terms(int v, List<Integer> pivots, List<int[]> distances, int[] regions) {
        int near = neighbours[v].length;
        int capacity = near + TWO_HOPS + pivots.size();
        int[] others = Arrays.copyOf(neighbours[v], capacity);
        float[] ideals = new float[capacity];
        float[] weights = new float[capacity];
        Arrays.fill(ideals, 0, near, 1);
        Arrays.fill(weights, 0, near, 1);
        int count = near;
        for (int i = 0; i < TWO_HOPS; i++) {
            int[] of = neighbours[neighbours[v][random.nextInt(near)]];
            int other = of[random.nextInt(of.length)];
            if (other != v) {
                count = add(others, ideals, weights, count, other, 2, 0.25f);
            }
        }
        for (int p = 0; p < pivots.size(); p++) {
            int distance = distances.get(p)[v];
            if (distance > 0) {
                count = add(
                        others,
                        ideals,
                        weights,
                        count,
                        pivots.get(p),
                        distance,
                        PIVOT_WEIGHT * regions[p] / (distance * distance));
            }
        }
        return new Terms(Arrays.copyOf(others, count), ideals, weights);
    }

    private static int add(
            int[] others, float[] ideals, float[] weights, int at, int other, float ideal, float weight) {
        others[at] = other;
        ideals[at] = ideal;
        weights[at] = weight;
        return at + 1;
    }

    private static void move(double[][] places, int v, Terms terms) {
        double x = 0;
        double y = 0;
        double total = 0;
        for (int i = 0; i < terms.others().length; i++) {
            double[] other = places[terms.others()[i]];
            double dx = places[v][0] - other[0];
            double dy = places[v][1] - other[1];
            double apart = Math.max(CLOSE, Math.sqrt(dx * dx + dy * dy));
            double weight = terms.weights()[i];
            x += weight * (other[0] + terms.ideals()[i] * dx / apart);
            y += weight * (other[1] + terms.ideals()[i] * dy / apart);
            total += weight;
        }
        places[v][0] = x / total;
        places[v][1] = y / total;
    }
}
