package org.aitia.visualization.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.alg.connectivity.ConnectivityInspector;
import org.jgrapht.alg.drawing.FRLayoutAlgorithm2D;
import org.jgrapht.alg.drawing.model.Box2D;
import org.jgrapht.alg.drawing.model.MapLayoutModel2D;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleGraph;

/**
 * Places nodes so that distances on paper are like distances in the graph.
 *
 * <p>Fruchterman and Reingold's forces (JGraphT) untangle a graph from a random start; stress majorization (Gansner,
 * Koren, North 2004) then makes edges equally long and motifs regular. Several starts compete and the one of least
 * stress wins; large components get a sparse approximation ({@link SparseStress}). Components are laid out on their own and set side by side. The same graph and seed give the same places.
 */
final class Layout {
    private static final int STARTS = 5;

    /** Larger components get fewer starts: each takes longer, and the best is less far from the others. */
    private static final int LARGE = 60;

    private static final int STARTS_OF_LARGE = 2;
    private static final int FORCE_ITERATIONS = 100;
    private static final int STRESS_ITERATIONS = 150;
    /** Between components, in edge lengths. */
    private static final double GAP = 0.9;

    private final Graph<Integer, DefaultEdge> graph;
    private final long seed;

    private Layout(Graph<Integer, DefaultEdge> graph, long seed) {
        this.graph = graph;
        this.seed = seed;
    }

    /**
     * Places nodes.
     *
     * @param nodes how many
     * @param links pairs of them; direction, repeats and loops do not matter
     * @param seed of the random starts
     * @return [nodes][x, y], an edge being about 1 long, wider than high
     */
    static double[][] of(int nodes, List<int[]> links, long seed) {
        Graph<Integer, DefaultEdge> graph = new SimpleGraph<>(DefaultEdge.class);
        for (int i = 0; i < nodes; i++) {
            graph.addVertex(i);
        }
        for (int[] link : links) {
            if (link[0] != link[1]) {
                graph.addEdge(link[0], link[1]);
            }
        }
        return new Layout(graph, seed).run();
    }

    private double[][] run() {
        double[][] places = new double[graph.vertexSet().size()][2];
        List<int[]> components = new ArrayList<>();
        for (Set<Integer> component : new ConnectivityInspector<>(graph).connectedSets()) {
            components.add(
                    component.stream().mapToInt(Integer::intValue).sorted().toArray());
        }
        components.sort(Comparator.<int[]>comparingInt(component -> -component.length)
                .thenComparingInt(component -> component[0]));
        List<double[][]> parts = components.stream().map(this::component).toList();
        arrange(parts);
        for (int c = 0; c < parts.size(); c++) {
            for (int i = 0; i < parts.get(c).length; i++) {
                places[components.get(c)[i]] = parts.get(c)[i];
            }
        }
        return places;
    }

    private double[][] component(int[] members) {
        if (members.length == 1) {
            return new double[1][2];
        }
        if (members.length > SparseStress.FROM) {
            double[][] places = new SparseStress(neighbours(members), seed).run();
            turn(places);
            return places;
        }
        int[][] distances = distances(members);
        double[][] best = {};
        double least = Double.POSITIVE_INFINITY;
        int starts = members.length > LARGE ? STARTS_OF_LARGE : STARTS;
        for (int start = 0; start < starts; start++) {
            double[][] places = forces(members, new Random(seed + start));
            double stress = majorize(places, distances);
            // a thousandth better is not worth another picture
            if (stress < 0.999 * least) {
                least = stress;
                best = places;
            }
        }
        turn(best);
        return best;
    }

    /** The neighbours of each member of a component, by position. */
    private int[][] neighbours(int[] members) {
        int[][] neighbours = new int[members.length][];
        for (int i = 0; i < members.length; i++) {
            int member = members[i];
            neighbours[i] = graph.edgesOf(member).stream()
                    .mapToInt(edge -> graph.getEdgeSource(edge) + graph.getEdgeTarget(edge) - member)
                    .map(other -> Arrays.binarySearch(members, other))
                    .toArray();
        }
        return neighbours;
    }

    /** Hops between the members of a component. */
    private int[][] distances(int[] members) {
        int n = members.length;
        int[][] distances = new int[n][n];
        for (int i = 0; i < n; i++) {
            int[] row = distances[i];
            Arrays.fill(row, -1);
            row[i] = 0;
            Deque<Integer> queue = new ArrayDeque<>(List.of(i));
            while (!queue.isEmpty()) {
                int at = queue.remove();
                for (DefaultEdge edge : graph.edgesOf(members[at])) {
                    int from = graph.getEdgeSource(edge);
                    int other = from == members[at] ? graph.getEdgeTarget(edge) : from;
                    int next = Arrays.binarySearch(members, other);
                    if (row[next] < 0) {
                        row[next] = row[at] + 1;
                        queue.add(next);
                    }
                }
            }
        }
        return distances;
    }

    private double[][] forces(int[] members, Random random) {
        Graph<Integer, DefaultEdge> part = new SimpleGraph<>(DefaultEdge.class);
        for (int i = 0; i < members.length; i++) {
            part.addVertex(i);
        }
        for (int i = 0; i < members.length; i++) {
            for (DefaultEdge edge : graph.edgesOf(members[i])) {
                int a = Arrays.binarySearch(members, graph.getEdgeSource(edge));
                int b = Arrays.binarySearch(members, graph.getEdgeTarget(edge));
                part.addEdge(a, b);
            }
        }
        double side = 2 * Math.sqrt(members.length);
        MapLayoutModel2D<Integer> model = new MapLayoutModel2D<>(Box2D.of(0, 0, side, side));
        new FRLayoutAlgorithm2D<Integer, DefaultEdge>(FORCE_ITERATIONS, 0.5, random).layout(part, model);
        double[][] places = new double[members.length][];
        for (int i = 0; i < members.length; i++) {
            places[i] = new double[] {model.get(i).getX(), model.get(i).getY()};
        }
        return places;
    }

    /** Moves each node in turn to where the others want it, weighted by 1 / distance²; returns the remaining stress. */
    private static double majorize(double[][] places, int[][] distances) {
        int n = places.length;
        for (int iteration = 0; iteration < STRESS_ITERATIONS; iteration++) {
            for (int i = 0; i < n; i++) {
                double x = 0;
                double y = 0;
                double weights = 0;
                for (int j = 0; j < n; j++) {
                    if (j != i) {
                        double dx = places[i][0] - places[j][0];
                        double dy = places[i][1] - places[j][1];
                        double apart = Math.max(1e-6, Math.sqrt(dx * dx + dy * dy));
                        double ideal = distances[i][j];
                        double weight = 1 / (ideal * ideal);
                        x += weight * (places[j][0] + ideal * dx / apart);
                        y += weight * (places[j][1] + ideal * dy / apart);
                        weights += weight;
                    }
                }
                places[i][0] = x / weights;
                places[i][1] = y / weights;
            }
        }
        double stress = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double dx = places[i][0] - places[j][0];
                double dy = places[i][1] - places[j][1];
                double error = Math.sqrt(dx * dx + dy * dy) / distances[i][j] - 1;
                stress += error * error;
            }
        }
        return stress;
    }

    /** Turns places so that they are widest from left to right: pages and screens are. */
    private static void turn(double[][] places) {
        int n = places.length;
        double meanX = Arrays.stream(places).mapToDouble(place -> place[0]).sum() / n;
        double meanY = Arrays.stream(places).mapToDouble(place -> place[1]).sum() / n;
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (double[] place : places) {
            place[0] -= meanX;
            place[1] -= meanY;
            xx += place[0] * place[0];
            xy += place[0] * place[1];
            yy += place[1] * place[1];
        }
        double angle = 0.5 * Math.atan2(2 * xy, xx - yy);
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        for (double[] place : places) {
            double x = place[0];
            place[0] = cos * x + sin * place[1];
            place[1] = -sin * x + cos * place[1];
        }
        double[] box = box(places);
        if (box[3] - box[1] > box[2] - box[0]) {
            for (double[] place : places) {
                double x = place[0];
                place[0] = place[1];
                place[1] = -x;
            }
        }
    }

    /** Sets components side by side in rows. */
    private static void arrange(List<double[][]> parts) {
        double area = 0;
        double widest = 0;
        for (double[][] part : parts) {
            double[] box = box(part);
            area += (box[2] - box[0] + GAP) * (box[3] - box[1] + GAP);
            widest = Math.max(widest, box[2] - box[0]);
        }
        double rowWidth = Math.max(widest, 1.3 * Math.sqrt(area));
        double x = 0;
        double y = 0;
        double rowHeight = 0;
        for (double[][] part : parts) {
            double[] box = box(part);
            double width = box[2] - box[0];
            if (x > 0 && x + width > rowWidth) {
                x = 0;
                y += rowHeight + GAP;
                rowHeight = 0;
            }
            for (double[] place : part) {
                place[0] += x - box[0];
                place[1] += y - box[1];
            }
            x += width + GAP;
            rowHeight = Math.max(rowHeight, box[3] - box[1]);
        }
    }

    /** The smallest and largest coordinates: x, y, x, y. */
    static double[] box(double[][] places) {
        double[] box = {
            Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY
        };
        for (double[] place : places) {
            box[0] = Math.min(box[0], place[0]);
            box[1] = Math.min(box[1], place[1]);
            box[2] = Math.max(box[2], place[0]);
            box[3] = Math.max(box[3], place[1]);
        }
        return box;
    }
}
