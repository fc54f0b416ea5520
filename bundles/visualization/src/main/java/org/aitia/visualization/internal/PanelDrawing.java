package org.aitia.visualization.internal;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.Graph;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.render.PanelRequest;
import org.aitia.api.render.RenderRequest;
import org.aitia.visualization.internal.Scene.Anchor;

/**
 * Draws explanations of one target side by side. What any of them shows, and what is true, is one subgraph, laid out
 * once, so that a difference between panels is one between explanations. Used by one thread.
 */
final class PanelDrawing {
    private static final double PANEL = 290;
    private static final double HIGH = 226;
    private static final double GAP = 24;
    private static final double EDGE = 20;
    private static final double TITLE = 15.5;
    private static final double HEAD = 13;
    private static final double SMALL = 11.5;
    private static final double HEADING = 44; // title and note of a panel
    private static final int PER_ROW = 4;

    private final PanelRequest request;
    private final List<Subject> subjects;
    private final Graph graph;
    private final Set<Long> truth = new HashSet<>();
    private final int top;
    private final Subgraph union;
    private final boolean signed;
    private final List<Scene.Shape> shapes = new ArrayList<>();
    private double[][] places = {};
    private double radius;

    private PanelDrawing(PanelRequest request) {
        this.request = request;
        subjects = request.panels().stream()
                .map(panel -> Subject.of(
                        panel.result().explanations().get(0), RenderRequest.of(panel.result(), request.dataset())))
                .toList();
        graph = subjects.get(0).graph();
        collectTruth();
        top = request.topEdges() > 0
                ? request.topEdges()
                : truth.isEmpty() ? RenderRequest.DEFAULT_TOP_EDGES : truth.size();
        union = union();
        signed = isSigned();
    }

    /** Draws. */
    static Scene of(PanelRequest request) {
        return new PanelDrawing(request).draw();
    }

    private static long key(int a, int b) {
        return (long) Math.min(a, b) << 32 | Math.max(a, b);
    }

    /** The pairs of the computation graph that are right for this target, whichever of several answers they belong to. */
    private void collectTruth() {
        Explanation explanation = subjects.get(0).explanation();
        int target = explanation.target().id();
        BitSet edges = new BitSet();
        request.dataset().groundTruth().stream()
                .flatMap(known -> known.alternatives(target).stream())
                .map(GroundTruth.Alternative::edges)
                .forEach(edges::or);
        for (int e = 0; e < explanation.edgeCount(); e++) {
            int source = explanation.edgeSources()[e];
            int end = explanation.edgeTargets()[e];
            int forward = graph.edge(source, end);
            int start = source; // the reverse edge may be the one that is marked
            int backward = graph.edge(end, start);
            if (source != end && (forward >= 0 && edges.get(forward) || backward >= 0 && edges.get(backward))) {
                truth.add(key(source, end));
            }
        }
    }

    /** Whether any of them says of an edge that it speaks against the class. */
    private boolean isSigned() {
        return subjects.stream()
                .anyMatch(
                        subject -> most(subject.explanation()).values().stream().anyMatch(value -> value < 0));
    }

    /** What an explanation says is most important, by pair. */
    private Map<Long, Double> most(Explanation explanation) {
        Map<Long, Double> most = new HashMap<>();
        if (explanation.edgeMask().length > 0) {
            Subgraph.pairs(explanation).stream()
                    .filter(pair -> pair.source != pair.target && pair.size() > 0)
                    .limit(top)
                    .forEach(pair -> most.put(key(pair.source, pair.target), (double) pair.importance));
        }
        return most;
    }

    /** All that is shown in any panel, as if one explanation had said so. */
    private Subgraph union() {
        Subject first = subjects.get(0);
        Explanation explanation = first.explanation();
        Set<Long> shown = new HashSet<>(truth);
        subjects.forEach(subject -> shown.addAll(most(subject.explanation()).keySet()));
        float[] mask = new float[explanation.edgeCount()];
        for (int e = 0; e < mask.length; e++) {
            boolean isShown =
                    shown.contains(key(explanation.edgeSources()[e], explanation.edgeTargets()[e]));
            mask[e] = isShown ? 1 : 0;
        }
        Explanation all = new Explanation(
                explanation.target(),
                explanation.nodes(),
                explanation.edgeSources(),
                explanation.edgeTargets(),
                new MaskValues(mask, FeatureMaskType.NODE, new float[0], Map.of()));
        return Subgraph.of(new Subject(all, first.provenance(), first.dataset(), graph), Math.max(1, shown.size()));
    }

    // --- the picture

    private Scene draw() {
        place();
        boolean hasTruth = request.truth() && !truth.isEmpty();
        int count = request.panels().size() + (hasTruth ? 1 : 0);
        int columns = Math.min(count, count > PER_ROW && count <= 2 * 3 ? 3 : PER_ROW);
        double width = 2 * EDGE + columns * PANEL + (columns - 1) * GAP;
        Typeface typeface = Typeface.get();
        shapes.add(new Scene.Text(
                EDGE, 30, TITLE, Anchor.START, Colour.INK, typeface.fit(request.title(), TITLE, width - 2 * EDGE)));
        double bottom = 0;
        for (int i = 0; i < count; i++) {
            double x = EDGE + i % columns * (PANEL + GAP);
            int row = i / columns;
            double y = 46 + row * (HEADING + HIGH + GAP);
            if (hasTruth && i == 0) {
                truth(x, y);
            } else {
                int panel = hasTruth ? i - 1 : i;
                panel(
                        x,
                        y,
                        request.panels().get(panel).title(),
                        subjects.get(panel).explanation());
            }
            bottom = y + HEADING + HIGH;
        }
        double height = legend(width, bottom + 20) + 18;
        return new Scene(Math.ceil(width), Math.ceil(height), request.title(), description(), shapes);
    }

    private String description() {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            Explanation explanation = subjects.get(i).explanation();
            parts.add(request.panels().get(i).title() + ": " + note(explanation, most(explanation)) + ".");
        }
        return String.join(" ", parts);
    }

    /** Puts nodes into a panel, and finds their size. */
    private void place() {
        int n = union.nodes().size();
        List<int[]> pairs = union.links().stream()
                .map(link -> new int[] {link.from(), link.to()})
                .toList();
        places = Layout.of(n, pairs, subjects.get(0).explanation().target().seed());
        radius = n <= 12 ? 9 : n <= 25 ? 7 : n <= 60 ? 5 : 3.5;
        double margin = radius + 8;
        double[] box = Layout.box(places);
        double wide = Math.max(1e-6, box[2] - box[0]);
        double high = Math.max(1e-6, box[3] - box[1]);
        // an edge is never longer than in a large picture: few nodes need no large panel
        double longest = 9 * radius;
        double scaleX = Math.min(longest, (PANEL - 2 * margin) / wide);
        double scaleY = Math.min(longest, (HIGH - 2 * margin) / high);
        // a layout may be stretched a little to use the panel
        double scale = Math.min(scaleX, scaleY);
        scaleX = Math.min(scaleX, 1.35 * scale);
        scaleY = Math.min(scaleY, 1.35 * scale);
        for (double[] place : places) {
            place[0] = PANEL / 2 + (place[0] - (box[0] + box[2]) / 2) * scaleX;
            place[1] = HIGH / 2 + (place[1] - (box[1] + box[3]) / 2) * scaleY;
        }
    }

    private void frame(double x, double y, String title, String note) {
        Typeface typeface = Typeface.get();
        shapes.add(new Scene.Text(x, y + 14, HEAD, Anchor.START, Colour.INK, typeface.fit(title, HEAD, PANEL)));
        shapes.add(new Scene.Text(x, y + 30, SMALL, Anchor.START, Colour.MUTED, typeface.fit(note, SMALL, PANEL)));
        double left = x - 6;
        double right = x + PANEL + 6;
        double above = y + HEADING - 6;
        double below = y + HEADING + HIGH;
        border(left, above, right, above);
        border(right, above, right, below);
        border(right, below, left, below);
        border(left, below, left, above);
    }

    private void border(double x1, double y1, double x2, double y2) {
        shapes.add(new Scene.Line(x1, y1, x2, y2, 0.8, Colour.MUTED, 0.35, ""));
    }

    private void truth(double x, double y) {
        frame(x, y, "Ground truth", Wording.count(truth.size(), "edge"));
        bands(x, y);
        lines(x, y, pair -> truth.contains(pair) ? 1 : 0, 1, Colour.EDGE);
        nodes(x, y, truth, Map.of());
    }

    private void panel(double x, double y, String title, Explanation explanation) {
        Map<Long, Double> most = most(explanation);
        frame(x, y, title, note(explanation, most));
        bands(x, y);
        double largest = most.values().stream().mapToDouble(Math::abs).max().orElse(0);
        lines(x, y, pair -> most.getOrDefault(pair, 0.0), largest, signed ? Colour.SUPPORTS : Colour.EDGE);
        nodes(x, y, most.keySet(), explanation.edgeMask().length == 0 ? importances(explanation) : Map.of());
    }

    private String note(Explanation explanation, Map<Long, Double> most) {
        if (explanation.edgeMask().length == 0) {
            return "explains nodes: the larger, the more important";
        }
        if (most.isEmpty()) {
            return "no edge is important";
        }
        if (truth.isEmpty()) {
            return "its " + most.size() + " most important of "
                    + Wording.count(Subgraph.pairs(explanation).size(), "edge");
        }
        long hits = most.keySet().stream().filter(truth::contains).count();
        return hits + " of its " + Wording.count(most.size(), "most important edge") + (hits == 1 ? " is" : " are")
                + " true";
    }

    /** Importances of nodes as shares of the largest. */
    private static Map<Integer, Double> importances(Explanation explanation) {
        float[] values = Importances.ofNodes(explanation);
        double largest = IntStream.range(0, values.length)
                .mapToDouble(i -> Math.abs(values[i]))
                .max()
                .orElse(0);
        Map<Integer, Double> shares = new HashMap<>();
        for (int i = 0; i < values.length && largest > 0; i++) {
            shares.put(explanation.nodes()[i], Math.abs(values[i]) / largest);
        }
        return shares;
    }

    private long pair(Subgraph.Link link) {
        return key(
                union.nodes().get(link.from()).id(),
                union.nodes().get(link.to()).id());
    }

    private interface Importance {
        double of(long pair);
    }

    private void bands(double x, double y) {
        for (Subgraph.Link link : union.links()) {
            if (truth.contains(pair(link))) {
                line(x, y, link, 1.5 * radius + 3, Colour.TRUTH, 0.75, "");
            }
        }
    }

    private void lines(double x, double y, Importance importance, double largest, Colour positive) {
        for (boolean strong : new boolean[] {false, true}) {
            for (Subgraph.Link link : union.links()) {
                double value = importance.of(pair(link));
                if (link.from() == link.to() || strong != (value != 0)) {
                    continue;
                }
                double strength = largest == 0 ? 0 : Math.abs(value) / largest;
                Colour colour = value == 0 ? Colour.MUTED : value < 0 ? Colour.NEGATIVE : positive;
                String hint = value == 0 ? "" : Wording.importance(value);
                line(
                        x,
                        y,
                        link,
                        value == 0 ? 0.8 : 1.8 + 2.2 * strength,
                        colour,
                        value == 0 ? 0.4 : 0.55 + 0.45 * strength,
                        hint);
            }
        }
    }

    private void line(
            double x, double y, Subgraph.Link link, double width, Colour colour, double opacity, String hint) {
        double[] from = places[link.from()];
        double[] to = places[link.to()];
        double down = y + HEADING;
        shapes.add(new Scene.Line(x + from[0], down + from[1], x + to[0], down + to[1], width, colour, opacity, hint));
    }

    /** Those with an important edge in full colour. */
    private void nodes(double x, double y, Set<Long> important, Map<Integer, Double> sizes) {
        for (int i = 0; i < places.length; i++) {
            Subgraph.Node node = union.nodes().get(i);
            int id = node.id();
            boolean strong = node.target()
                    || sizes.getOrDefault(id, 0.0) > 0.5
                    || important.stream().anyMatch(pair -> (int) (pair >> 32) == id || pair.intValue() == id);
            double r = sizes.isEmpty() ? radius : radius * Math.sqrt(0.3 + 1.2 * sizes.getOrDefault(id, 0.0));
            Colour colour = union.categories().get(node.category()).colour();
            double atX = x + places[i][0];
            double atY = y + HEADING + places[i][1];
            if (node.target()) {
                shapes.add(new Scene.Disc(atX, atY, r + 4.5, Colour.PAPER, 1, ""));
                shapes.add(new Scene.Ring(atX, atY, r + 3.5, 2, Colour.INK, 1, ""));
            }
            shapes.add(new Scene.Disc(atX, atY, r + 1, Colour.PAPER, 1, ""));
            shapes.add(new Scene.Disc(atX, atY, r, colour, strong ? 1 : 0.35, node.label()));
        }
    }

    // --- legend

    private double legend(double width, double from) {
        Signs signs = new Signs(width, from);
        // nodes that are all alike need no name
        union.categories().stream()
                .filter(category -> union.categories().size() > 1)
                .forEach(category -> signs.add(
                        16,
                        category.name(),
                        (x, y) -> shapes.add(new Scene.Disc(x + 6, y, 5.5, category.colour(), 1, ""))));
        if (!subjects.get(0).targetNodes().isEmpty()) {
            signs.add(20, "target", (x, y) -> {
                shapes.add(new Scene.Disc(x + 8, y, 3.6, Colour.MUTED, 1, ""));
                shapes.add(new Scene.Ring(x + 8, y, 6.6, 1.8, Colour.INK, 1, ""));
            });
        }
        if (!truth.isEmpty()) {
            signs.add(
                    28,
                    "true edge",
                    (x, y) -> shapes.add(new Scene.Line(x + 5, y, x + 21, y, 10, Colour.TRUTH, 0.75, "")));
        }
        String important = "among the most important, by width";
        if (signed) {
            signs.add(28, important + ": supports the class", (x, y) -> strong(x, y, Colour.SUPPORTS));
            signs.add(28, "speaks against it", (x, y) -> strong(x, y, Colour.NEGATIVE));
        } else {
            signs.add(28, important, (x, y) -> strong(x, y, Colour.EDGE));
        }
        signs.add(
                28,
                "other edge",
                (x, y) -> shapes.add(new Scene.Line(x + 3, y, x + 23, y, 0.8, Colour.MUTED, 0.6, "")));
        return signs.y;
    }

    private void strong(double x, double y, Colour colour) {
        shapes.add(new Scene.Line(x + 3, y, x + 23, y, 3.4, colour, 1, ""));
    }

    private interface Sign {
        void draw(double x, double y);
    }

    /** Signs from left to right, in another line where they do not fit. */
    private final class Signs {
        private final double width;
        private double x = EDGE;
        private double y;

        Signs(double width, double y) {
            this.width = width;
            this.y = y;
        }

        void add(double room, String meaning, Sign sign) {
            double needed = room + 5 + Typeface.get().width(meaning, SMALL);
            if (x > EDGE && x + needed > width - EDGE) {
                x = EDGE;
                y += 20;
            }
            sign.draw(x, y);
            shapes.add(new Scene.Text(x + room + 5, y + 4, SMALL, Anchor.START, Colour.INK, meaning));
            x += needed + 18;
        }
    }
}
