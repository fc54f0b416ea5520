package org.aitia.visualization.internal;

import java.util.ArrayList;
import java.util.List;
import org.aitia.visualization.internal.Scene.Anchor;

/** Draws a subgraph: sizes, widths, colours, title and legend. */
final class Picture {
    private static final double MARGIN = 26;
    private static final double SMALLEST_WIDTH = 480;
    private static final double LARGEST_WIDTH = 1500;
    private static final double SMALLEST_HEIGHT = 120;

    private static final double THINNEST = 1.4;
    private static final double THICKEST = 6.4;
    private static final double FAINTEST = 0.3;

    private static final double LEGEND_SIZE = 12;
    private static final double LEGEND_LINE = 23;

    private final Subject subject;
    private final Subgraph subgraph;
    private final boolean titled;
    private final double radius;
    private final List<Scene.Shape> shapes = new ArrayList<>();

    private Picture(Subject subject, Subgraph subgraph, boolean titled) {
        this.subject = subject;
        this.subgraph = subgraph;
        this.titled = titled;
        int n = subgraph.nodes().size();
        this.radius = n <= 16 ? 16 : n <= 45 ? 13.5 : n <= 100 ? 11.5 : 9;
    }

    /**
     * Draws an explanation.
     *
     * @param subject what is explained
     * @param subgraph what to show of it
     * @param titled whether the picture says itself what it shows
     * @return the picture
     */
    static Scene of(Subject subject, Subgraph subgraph, boolean titled) {
        return new Picture(subject, subgraph, titled).draw();
    }

    private Scene draw() {
        double[][] places = places();
        double[] box = Layout.box(places);
        double width = Math.max(SMALLEST_WIDTH, box[2] - box[0] + 2 * (MARGIN + radius));
        double top = titled ? title(width) : 6;
        double height = Math.max(SMALLEST_HEIGHT, box[3] - box[1] + 2 * (MARGIN + radius));
        double shiftX = (width - box[0] - box[2]) / 2;
        double shiftY = top + (height - box[1] - box[3]) / 2;
        for (double[] place : places) {
            place[0] += shiftX;
            place[1] += shiftY;
        }
        subgraph.links().stream().filter(Subgraph.Link::truth).forEach(link -> truth(link, places));
        subgraph.links().forEach(link -> link(link, places));
        for (int i = 0; i < places.length; i++) {
            node(subgraph.nodes().get(i), places[i][0], places[i][1]);
        }
        double bottom = legend(width, top + height);
        return new Scene(Math.ceil(width), Math.ceil(bottom), Wording.question(subject), description(), shapes);
    }

    // --- nodes in place

    private double[][] places() {
        List<int[]> pairs = subgraph.links().stream()
                .map(link -> new int[] {link.from(), link.to()})
                .toList();
        double[][] places = Layout.of(
                subgraph.nodes().size(), pairs, subject.explanation().target().seed());
        double nearest = nearest(places);
        // so long that neighbours keep clear of each other, within reason
        double length = Math.max(4.4 * radius, Math.min(2.9 * radius / nearest, 7.5 * radius));
        double[] box = Layout.box(places);
        double fitting = (LARGEST_WIDTH - 2 * (MARGIN + radius)) / Math.max(1, box[2] - box[0]);
        double scale = Math.min(length, fitting);
        for (double[] place : places) {
            place[0] *= scale;
            place[1] *= scale;
        }
        separate(places);
        return places;
    }

    private static double nearest(double[][] places) {
        double nearest = 1;
        for (int i = 0; i < places.length; i++) {
            for (int j = 0; j < i; j++) {
                nearest = Math.min(nearest, Math.hypot(places[i][0] - places[j][0], places[i][1] - places[j][1]));
            }
        }
        return Math.max(nearest, 0.05);
    }

    /** Pushes apart nodes that overlap, and nodes off edges that pass under them. */
    private void separate(double[][] places) {
        double apart = 2.5 * radius;
        double clear = 1.5 * radius;
        for (int round = 0; round < 60; round++) {
            boolean moved = false;
            for (int i = 0; i < places.length; i++) {
                for (int j = 0; j < i; j++) {
                    moved |= push(places[i], places[j], apart);
                }
            }
            for (Subgraph.Link link : subgraph.links()) {
                for (int i = 0; i < places.length; i++) {
                    if (i != link.from() && i != link.to()) {
                        moved |= pushOff(
                                places[i],
                                places[link.from()],
                                places[link.to()],
                                subgraph.nodes().get(i).target() ? clear + 8 : clear);
                    }
                }
            }
            if (!moved) {
                return;
            }
        }
    }

    private static boolean push(double[] a, double[] b, double apart) {
        double dx = a[0] - b[0];
        double dy = a[1] - b[1];
        double distance = Math.sqrt(dx * dx + dy * dy);
        if (distance >= apart) {
            return false;
        }
        double share = distance < 1e-6 ? 0 : (apart - distance) / distance / 2;
        double moveX = distance < 1e-6 ? apart / 2 : share * dx;
        double moveY = share * dy;
        a[0] += moveX;
        a[1] += moveY;
        b[0] -= moveX;
        b[1] -= moveY;
        return true;
    }

    private static boolean pushOff(double[] node, double[] from, double[] to, double clear) {
        double dx = to[0] - from[0];
        double dy = to[1] - from[1];
        double length = Math.sqrt(dx * dx + dy * dy);
        double along = ((node[0] - from[0]) * dx + (node[1] - from[1]) * dy) / length;
        double aside = ((node[1] - from[1]) * dx - (node[0] - from[0]) * dy) / length;
        if (along < clear || along > length - clear || Math.abs(aside) >= clear) {
            return false;
        }
        // a part of the way each time, as other edges may push back
        double move = 0.25 * (aside < 0 ? -clear - aside : clear - aside);
        node[0] -= move * dy / length;
        node[1] += move * dx / length;
        return true;
    }

    // --- edges and nodes

    static double width(double strength) {
        return THINNEST + (THICKEST - THINNEST) * strength;
    }

    static double opacity(double strength) {
        return FAINTEST + (1 - FAINTEST) * strength;
    }

    private static double widthOf(Subgraph.Link link) {
        return link.faint() ? 1 : width(link.strength());
    }

    /** Two colours where importances have two signs. */
    private Colour colourOf(double importance) {
        return importance < 0 ? Colour.NEGATIVE : subgraph.signed() ? Colour.SUPPORTS : Colour.EDGE;
    }

    private void truth(Subgraph.Link link, double[][] places) {
        if (link.from() != link.to()) {
            double[] from = places[link.from()];
            double[] to = places[link.to()];
            shapes.add(new Scene.Line(from[0], from[1], to[0], to[1], widthOf(link) + 9, Colour.TRUTH, 0.6, ""));
        }
    }

    private void link(Subgraph.Link link, double[][] places) {
        Colour colour = link.faint() ? Colour.MUTED : colourOf(link.importance());
        double opacity = link.faint() ? 0.32 : opacity(link.strength());
        double width = widthOf(link);
        double[] from = places[link.from()];
        double[] to = places[link.to()];
        if (link.from() == link.to()) {
            shapes.add(new Scene.Ring(
                    from[0], from[1] - 1.35 * radius, 0.75 * radius, width, colour, opacity, link.hint()));
            return;
        }
        if (link.arrows() == 0) {
            shapes.add(new Scene.Line(from[0], from[1], to[0], to[1], width, colour, opacity, link.hint()));
            return;
        }
        double dx = to[0] - from[0];
        double dy = to[1] - from[1];
        double length = Math.sqrt(dx * dx + dy * dy);
        double ux = dx / length;
        double uy = dy / length;
        double head = 6 + 1.3 * width;
        double body = head + width / 2 - 0.5; // the round end of the line stays out of the head
        double end = reach(subgraph.nodes().get(link.to()));
        double start = link.arrows() == 2 ? reach(subgraph.nodes().get(link.from())) : 0;
        double startLine = link.arrows() == 2 ? start + body : 0;
        shapes.add(new Scene.Line(
                from[0] + startLine * ux,
                from[1] + startLine * uy,
                to[0] - (end + body) * ux,
                to[1] - (end + body) * uy,
                width,
                colour,
                opacity,
                link.hint()));
        arrow(to[0] - end * ux, to[1] - end * uy, ux, uy, head, colour, opacity);
        if (link.arrows() == 2) {
            arrow(from[0] + start * ux, from[1] + start * uy, -ux, -uy, head, colour, opacity);
        }
    }

    private void arrow(double x, double y, double ux, double uy, double head, Colour colour, double opacity) {
        double half = 0.48 * head;
        double backX = x - head * ux;
        double backY = y - head * uy;
        shapes.add(new Scene.Polygon(
                List.of(x, y, backX - half * uy, backY + half * ux, backX + half * uy, backY - half * ux),
                colour,
                opacity,
                ""));
    }

    /** How far from its centre a node leaves room for arrows. */
    private double reach(Subgraph.Node node) {
        return radiusOf(node) + (node.target() ? 8.5 : 3);
    }

    private double radiusOf(Subgraph.Node node) {
        if (subgraph.sized()) {
            // area grows with importance
            return radius * Math.sqrt(0.4 + 0.75 * node.strength());
        }
        return node.faint() ? 0.8 * radius : radius;
    }

    private void node(Subgraph.Node node, double x, double y) {
        double r = radiusOf(node);
        Colour colour = subgraph.categories().get(node.category()).colour();
        if (node.target()) {
            shapes.add(new Scene.Disc(x, y, r + 6.5, Colour.PAPER, 1, ""));
            shapes.add(new Scene.Ring(x, y, r + 5, 2.6, Colour.INK, 1, ""));
        }
        shapes.add(new Scene.Disc(x, y, r + 1.6, Colour.PAPER, 1, ""));
        shapes.add(new Scene.Disc(x, y, r, colour, node.faint() ? 0.42 : 1, node.hint()));
        if (subgraph.hasSignedNodes() && node.importance() != 0) {
            shapes.add(new Scene.Ring(x, y, r + 0.4, 2.4, colourOf(node.importance()), node.faint() ? 0.5 : 1, ""));
        }
        String label = node.label();
        double room = 1.72 * r;
        double size =
                Math.min(0.8 * radius, 0.8 * radius * room / Typeface.get().width(label, 0.8 * radius));
        if (size >= 7) {
            Colour ink = node.faint() ? Colour.INK : colour.legible();
            shapes.add(new Scene.Text(x, y + 0.355 * size, size, Anchor.MIDDLE, ink, label));
        } else {
            shapes.add(new Scene.Text(x, y + r + 11, 9, Anchor.MIDDLE, Colour.INK, label));
        }
    }

    // --- words

    private double title(double width) {
        double room = width - 2 * MARGIN;
        Typeface typeface = Typeface.get();
        double y = 36;
        shapes.add(new Scene.Text(
                MARGIN, y, 18, Anchor.START, Colour.INK, typeface.fit(Wording.question(subject), 18, room)));
        String by = subject.provenance().explainer() + " on model "
                + subject.provenance().model() + ", data set "
                + subject.dataset().info().name();
        List<String> lines = new ArrayList<>(List.of(""));
        for (String part : List.of(Wording.outcome(subject), Wording.extent(subgraph), by)) {
            String last = lines.get(lines.size() - 1);
            String longer = last.isEmpty() ? part : last + " · " + part;
            if (typeface.width(longer, 12.5) <= room) {
                lines.set(lines.size() - 1, longer);
            } else {
                lines.add(part);
            }
        }
        for (String line : lines) {
            y += 19;
            shapes.add(new Scene.Text(MARGIN, y, 12.5, Anchor.START, Colour.MUTED, typeface.fit(line, 12.5, room)));
        }
        return y;
    }

    private String description() {
        StringBuilder text = new StringBuilder(subject.target())
                .append(": ")
                .append(Wording.outcome(subject))
                .append(". Edges: ")
                .append(Wording.extent(subgraph))
                .append('.');
        List<Subgraph.Link> links = subgraph.links();
        for (int i = links.size() - 1; i >= Math.max(0, links.size() - 5); i--) {
            if (!links.get(i).faint()) {
                text.append(' ').append(links.get(i).hint()).append('.');
            }
        }
        return text.toString();
    }

    /** An entry of the legend: a sign and what it means. */
    private interface Sign {
        void draw(double x, double y);
    }

    private double legend(double width, double from) {
        Row row = new Row(width, from + 16);
        for (Subgraph.Category category : subgraph.categories()) {
            row.add(16, category.name(), (x, y) -> shapes.add(new Scene.Disc(x + 7, y, 6.5, category.colour(), 1, "")));
        }
        if (!subject.targetNodes().isEmpty()) {
            row.add(21, "target", (x, y) -> {
                shapes.add(new Scene.Disc(x + 9, y, 4.2, Colour.MUTED, 1, ""));
                shapes.add(new Scene.Ring(x + 9, y, 7.5, 2, Colour.INK, 1, ""));
            });
        }
        if (subgraph.largest() > 0) {
            String range = ", 0 to " + Wording.importance(subgraph.largest());
            if (subgraph.signed()) {
                String name = Wording.explained(subject);
                row.add(58, "edge supports " + name + range, (x, y) -> scale(x, y, Colour.SUPPORTS));
                row.add(58, "edge speaks against " + name, (x, y) -> scale(x, y, Colour.NEGATIVE));
            } else {
                row.add(58, "importance of edges" + range, (x, y) -> scale(x, y, Colour.EDGE));
            }
        }
        if (subgraph.hasSignedNodes()) {
            row.add(20, "node supports", (x, y) -> signedNode(x + 9, y, Colour.SUPPORTS));
            row.add(20, "node speaks against", (x, y) -> signedNode(x + 9, y, Colour.NEGATIVE));
        }
        if (subgraph.hasTruth()) {
            row.add(
                    30,
                    "ground truth",
                    (x, y) -> shapes.add(new Scene.Line(x + 6, y, x + 22, y, 11, Colour.TRUTH, 0.6, "")));
        }
        if (subgraph.hasContext()) {
            row.add(
                    26,
                    subgraph.largest() > 0 ? "other edges" : "edges",
                    (x, y) -> shapes.add(new Scene.Line(x + 2, y, x + 22, y, 1.2, Colour.MUTED, 0.6, "")));
        }
        if (subgraph.sized()) {
            row.add(30, "importance of nodes", (x, y) -> {
                shapes.add(new Scene.Disc(x + 5, y, 3.5, Colour.MUTED, 1, ""));
                shapes.add(new Scene.Disc(x + 19, y, 7, Colour.MUTED, 1, ""));
            });
        }
        return row.bottom() + 20;
    }

    /** Lines that grow as edges do. */
    private void scale(double x, double y, Colour colour) {
        for (int i = 1; i <= 5; i++) {
            double left = x + 11 * (i - 1);
            shapes.add(new Scene.Line(left + 2, y, left + 7, y, width(i / 5.0), colour, opacity(i / 5.0), ""));
        }
    }

    private void signedNode(double x, double y, Colour colour) {
        shapes.add(new Scene.Disc(x, y, 5.5, Colour.NO_CLASS, 1, ""));
        shapes.add(new Scene.Ring(x, y, 6, 2.4, colour, 1, ""));
    }

    /** Sets signs from left to right, and in another line where they do not fit. */
    private final class Row {
        private final double width;
        private double x = MARGIN;
        private double y;

        Row(double width, double y) {
            this.width = width;
            this.y = y;
        }

        void add(double signWidth, String meaning, Sign sign) {
            Typeface typeface = Typeface.get();
            String text = typeface.fit(meaning, LEGEND_SIZE, width - 2 * MARGIN - signWidth - 6);
            double needed = signWidth + 6 + typeface.width(text, LEGEND_SIZE);
            if (x > MARGIN && x + needed > width - MARGIN) {
                x = MARGIN;
                y += LEGEND_LINE;
            }
            sign.draw(x, y);
            shapes.add(new Scene.Text(x + signWidth + 6, y + 4.2, LEGEND_SIZE, Anchor.START, Colour.INK, text));
            x += needed + 20;
        }

        double bottom() {
            return y;
        }
    }
}
