package org.aitia.visualization.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.graph.Graph;

/**
 * A drawing of the graph of a data set, or of its first graphs: discs sized by degree and coloured by class. A large
 * graph is drawn in part: the nodes nearest to the one of highest degree.
 */
final class DatasetDrawing {
    /** Nodes beyond which a drawing shows no more, and takes long. */
    static final int MOST_NODES = 3_000;

    private static final int MOST_GRAPHS = 12;
    private static final int MOST_LEGEND = 16;
    private static final double SIZE = 900;
    private static final double MARGIN = 34;
    private static final double HEAD = 44;
    private static final double LEGEND_ROW = 22;

    private final Dataset dataset;
    private final List<String> names; // of kinds of nodes; empty if their classes say more
    private final List<Scene.Shape> lines = new ArrayList<>();
    private final List<Scene.Shape> discs = new ArrayList<>();
    private final TreeSet<Integer> classes = new TreeSet<>();

    private DatasetDrawing(Dataset dataset) {
        this.dataset = dataset;
        this.names = kinds(dataset);
    }

    static Scene of(Dataset dataset) {
        return new DatasetDrawing(dataset).draw();
    }

    private Scene draw() {
        boolean several = dataset.info().task() == Task.GRAPH;
        String title;
        double end;
        if (several) {
            int count = Math.min(MOST_GRAPHS, dataset.graphs().size());
            int columns = (int) Math.ceil(Math.sqrt(count));
            double cell = SIZE / columns;
            for (int g = 0; g < count; g++) {
                double left = g % columns * cell;
                int row = g / columns;
                double top = HEAD + row * cell;
                int label = dataset.label(g);
                String caption =
                        "graph " + g + (label < 0 ? "" : ", " + Wording.className(dataset.classNames(), label));
                discs.add(new Scene.Text(left + cell / 2, top + 14, 12, Scene.Anchor.MIDDLE, Colour.MUTED, caption));
                place(dataset.graphs().get(g), left, top + 10, cell);
            }
            int rows = (count + columns - 1) / columns;
            end = HEAD + rows * cell;
            title = dataset.info().title() + ": the first " + count + " of "
                    + Wording.count(dataset.graphs().size(), "graph");
        } else {
            double height = place(dataset.graph(), 0, HEAD, SIZE);
            // a graph that is wider than high does not need the whole square
            end = HEAD + height;
            boolean part = dataset.graph().nodeCount() > MOST_NODES;
            title = dataset.info().title() + ": "
                    + (part ? MOST_NODES + " of " : "")
                    + Wording.count(dataset.graph().nodeCount(), "node")
                    + (part ? ", those nearest to the one of highest degree" : "");
        }
        List<Scene.Shape> shapes = new ArrayList<>();
        shapes.add(new Scene.Text(
                MARGIN, 28, 17, Scene.Anchor.START, Colour.INK, Typeface.get().fit(title, 17, SIZE - 2 * MARGIN)));
        shapes.addAll(lines);
        shapes.addAll(discs);
        double bottom = legend(shapes, end);
        return new Scene(
                SIZE,
                bottom,
                title,
                "Each disc is a node, larger with its degree and coloured by its "
                        + (names.isEmpty() ? "class." : "kind."),
                shapes);
    }

    /** Draws a graph into a square, from its upper edge if it is the only one, and returns the height that it takes. */
    private double place(Graph graph, double left, double top, double side) {
        int[] nodes = chosen(graph);
        Map<Integer, Integer> positions = new HashMap<>();
        for (int i = 0; i < nodes.length; i++) {
            positions.put(nodes[i], i);
        }
        List<int[]> links = new ArrayList<>();
        for (int i = 0; i < nodes.length; i++) {
            for (int e = graph.inOffset(nodes[i]); e < graph.inOffset(nodes[i] + 1); e++) {
                Integer other = positions.get(graph.source(e));
                boolean once = other != null && (other < i || other > i && graph.edge(nodes[i], graph.source(e)) < 0);
                if (once) {
                    links.add(new int[] {i, other});
                }
            }
        }
        double[][] places = Layout.of(nodes.length, links, 0);
        double height = fit(places, left, top, side, dataset.info().task() == Task.GRAPH);
        double lineWidth = Math.max(0.35, Math.min(1.4, 60 / Math.sqrt(links.size() + 1.0)));
        double opacity = Math.max(0.16, Math.min(0.5, 12 / Math.sqrt(links.size() + 1.0)));
        for (int[] link : links) {
            double[] a = places[link[0]];
            double[] b = places[link[1]];
            lines.add(new Scene.Line(a[0], a[1], b[0], b[1], lineWidth, Colour.EDGE, opacity, ""));
        }
        double unit = Math.max(1.4, Math.min(7, side / 14 / Math.sqrt(Math.max(1, nodes.length))));
        for (int i = 0; i < nodes.length; i++) {
            int label = category(graph, nodes[i]);
            classes.add(label);
            double radius = unit * Math.min(6, Math.sqrt(Math.max(1, graph.inDegree(nodes[i])) / 2.0));
            String hint = "node " + nodes[i]
                    + graph.nodeName(nodes[i]).map(name -> " (" + name + ")").orElse("")
                    + (label < 0 || !names.isEmpty() ? "" : ", " + className(label)) + ", degree "
                    + graph.inDegree(nodes[i]);
            Colour colour = label < 0 ? Colour.NO_CLASS : Colour.ofClass(label);
            discs.add(new Scene.Disc(places[i][0], places[i][1], radius, colour, 0.92, hint));
        }
        return height;
    }

    /** The names of nodes where they are kinds, such as atoms, rather than names of their own; in order. */
    private static List<String> kinds(Dataset dataset) {
        TreeSet<String> kinds = new TreeSet<>();
        for (Graph graph : dataset.graphs()) {
            for (int v = 0; v < graph.nodeCount(); v++) {
                kinds.add(graph.nodeName(v).orElse(""));
                if (graph.hasLabels() || kinds.size() > MOST_LEGEND || kinds.contains("")) {
                    return List.of();
                }
            }
        }
        return List.copyOf(kinds);
    }

    /** What the colour of a node says: its class, or its kind; -1 if it has none. */
    private int category(Graph graph, int node) {
        return names.isEmpty()
                ? graph.label(node)
                : names.indexOf(graph.nodeName(node).orElse(""));
    }

    private String className(int label) {
        if (!names.isEmpty()) {
            return names.get(label);
        }
        return dataset.info().task() == Task.NODE ? Wording.className(dataset.classNames(), label) : "class " + label;
    }

    /** All nodes, or those first met by a breadth-first search from the one of highest degree. */
    private static int[] chosen(Graph graph) {
        int n = graph.nodeCount();
        if (n <= MOST_NODES) {
            int[] all = new int[n];
            java.util.Arrays.setAll(all, i -> i);
            return all;
        }
        int hub = 0;
        for (int v = 1; v < n; v++) {
            hub = graph.inDegree(v) > graph.inDegree(hub) ? v : hub;
        }
        Map<Integer, Integer> seen = new LinkedHashMap<>();
        Deque<Integer> queue = new ArrayDeque<>(List.of(hub));
        seen.put(hub, 0);
        int next = 0;
        while (seen.size() < MOST_NODES) {
            if (queue.isEmpty()) {
                while (seen.containsKey(next)) {
                    next++;
                }
                seen.put(next, seen.size());
                queue.add(next);
            }
            int v = queue.remove();
            for (int e = graph.inOffset(v); e < graph.inOffset(v + 1) && seen.size() < MOST_NODES; e++) {
                if (seen.putIfAbsent(graph.source(e), seen.size()) == null) {
                    queue.add(graph.source(e));
                }
            }
        }
        return seen.keySet().stream().mapToInt(i -> i).sorted().toArray();
    }

    private static double fit(double[][] places, double left, double top, double side, boolean centred) {
        double[] box = Layout.box(places);
        double margin = Math.min(MARGIN, side / 8);
        double scale = (side - 2 * margin) / Math.max(1e-6, Math.max(box[2] - box[0], box[3] - box[1]));
        // a handful of nodes need not fill the page
        scale = Math.min(scale, side / 4);
        double height = centred ? side : scale * (box[3] - box[1]) + 2 * margin;
        double centreX = (box[0] + box[2]) / 2;
        double centreY = (box[1] + box[3]) / 2;
        for (double[] place : places) {
            place[0] = left + side / 2 + scale * (place[0] - centreX);
            place[1] = top + height / 2 + scale * (place[1] - centreY);
        }
        return height;
    }

    private double legend(List<Scene.Shape> shapes, double from) {
        double x = MARGIN;
        double y = from + 8;
        int shown = 0;
        for (int label : classes) {
            if (classes.size() < 2 || shown++ == MOST_LEGEND) {
                break;
            }
            String name = label < 0 ? "no class" : className(label);
            double width = 26 + Typeface.get().width(name, 13);
            if (x + width > SIZE - MARGIN) {
                x = MARGIN;
                y += LEGEND_ROW;
            }
            shapes.add(new Scene.Disc(x + 6, y, 6, label < 0 ? Colour.NO_CLASS : Colour.ofClass(label), 1, ""));
            shapes.add(new Scene.Text(x + 17, y + 4.5, 13, Scene.Anchor.START, Colour.INK, name));
            x += width + 14;
        }
        return y + LEGEND_ROW;
    }
}
