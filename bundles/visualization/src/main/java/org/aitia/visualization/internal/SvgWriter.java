package org.aitia.visualization.internal;

import static org.aitia.visualization.internal.Markup.number;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a scene as SVG. */
final class SvgWriter {
    private static final String FONT = "Liberation Sans, Arial, Helvetica, sans-serif";

    private final Markup markup;
    private final boolean inline;

    private SvgWriter(Markup markup, boolean inline) {
        this.markup = markup;
        this.inline = inline;
    }

    /** Writes a document of its own. */
    static void document(Scene scene, Markup markup) {
        markup.xml();
        new SvgWriter(markup, false).write(scene, "picture");
        markup.line();
    }

    /**
     * Writes a picture inside a page, whose style sheet may change the colours.
     *
     * @param id begins the identifiers of this picture, unique on the page
     */
    static void inline(Scene scene, Markup markup, String id) {
        new SvgWriter(markup, true).write(scene, id);
    }

    private void write(Scene scene, String id) {
        String width = number(scene.width());
        String height = number(scene.height());
        List<String> attributes = new ArrayList<>(List.of(
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                "0 0 " + width + " " + height,
                "width",
                width,
                "height",
                height,
                "role",
                "img",
                "aria-labelledby",
                id + "-title",
                "aria-describedby",
                id + "-description",
                "font-family",
                FONT));
        markup.open("svg", attributes.toArray(String[]::new)).line();
        markup.element("title", scene.title(), "id", id + "-title").line();
        markup.element("desc", scene.description(), "id", id + "-description").line();
        if (!inline) {
            markup.empty("rect", "width", width, "height", height, "fill", Colour.PAPER.hex())
                    .line();
        }
        scene.shapes().forEach(this::shape);
        markup.close();
    }

    private void shape(Scene.Shape shape) {
        if (shape instanceof Scene.Line line) {
            List<String> attributes = new ArrayList<>(List.of(
                    "x1",
                    number(line.x1()),
                    "y1",
                    number(line.y1()),
                    "x2",
                    number(line.x2()),
                    "y2",
                    number(line.y2())));
            stroke(attributes, line.colour(), line.width(), line.opacity());
            attributes.addAll(List.of("stroke-linecap", "round"));
            element("line", attributes, line.hint());
        } else if (shape instanceof Scene.Disc disc) {
            List<String> attributes = circle(disc.x(), disc.y(), disc.radius());
            colour(attributes, "fill", disc.colour());
            opacity(attributes, disc.opacity());
            element("circle", attributes, disc.hint());
        } else if (shape instanceof Scene.Ring ring) {
            List<String> attributes = circle(ring.x(), ring.y(), ring.radius());
            attributes.addAll(List.of("fill", "none"));
            stroke(attributes, ring.colour(), ring.width(), ring.opacity());
            element("circle", attributes, ring.hint());
        } else if (shape instanceof Scene.Polygon polygon) {
            List<String> attributes = new ArrayList<>(List.of(
                    "points", polygon.points().stream().map(Markup::number).collect(Collectors.joining(" "))));
            colour(attributes, "fill", polygon.colour());
            opacity(attributes, polygon.opacity());
            element("polygon", attributes, polygon.hint());
        } else if (shape instanceof Scene.Text text) {
            List<String> attributes = new ArrayList<>(
                    List.of("x", number(text.x()), "y", number(text.y()), "font-size", number(text.size())));
            if (text.anchor() != Scene.Anchor.START) {
                attributes.addAll(List.of("text-anchor", text.anchor().svg));
            }
            colour(attributes, "fill", text.colour());
            // the node or edge below gets the pointer and shows its hint
            attributes.addAll(List.of("pointer-events", "none"));
            markup.element("text", text.text(), attributes.toArray(String[]::new))
                    .line();
        }
    }

    private static List<String> circle(double x, double y, double radius) {
        return new ArrayList<>(List.of("cx", number(x), "cy", number(y), "r", number(radius)));
    }

    private void stroke(List<String> attributes, Colour colour, double width, double opacity) {
        colour(attributes, "stroke", colour);
        attributes.addAll(List.of("stroke-width", number(width)));
        opacity(attributes, opacity);
    }

    private void colour(List<String> attributes, String property, Colour colour) {
        if (inline && !colour.variable().isEmpty()) {
            attributes.addAll(List.of("style", property + ":var(" + colour.variable() + ")"));
        } else {
            attributes.addAll(List.of(property, colour.hex()));
        }
    }

    private static void opacity(List<String> attributes, double opacity) {
        if (opacity < 1) {
            attributes.addAll(List.of("opacity", number(opacity)));
        }
    }

    private void element(String name, List<String> attributes, String hint) {
        String[] array = attributes.toArray(String[]::new);
        if (hint.isEmpty()) {
            markup.empty(name, array).line();
        } else {
            markup.open(name, array).element("title", hint).close().line();
        }
    }
}
