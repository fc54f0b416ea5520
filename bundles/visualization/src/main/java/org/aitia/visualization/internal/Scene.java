package org.aitia.visualization.internal;

import java.util.List;

/**
 * A picture as shapes, drawn in order. Units are CSS pixels; y grows downwards.
 *
 * @param width of the picture
 * @param height of the picture
 * @param title what it shows, in one line
 * @param description what it shows, for those who cannot see it
 * @param shapes from back to front
 */
record Scene(double width, double height, String title, String description, List<Shape> shapes) {
    Scene {
        shapes = List.copyOf(shapes);
    }

    /** Something to draw. */
    sealed interface Shape {}

    /** A straight line with round ends. */
    record Line(double x1, double y1, double x2, double y2, double width, Colour colour, double opacity, String hint)
            implements Shape {}

    /** A disc; the hint is what a viewer shows under the pointer. */
    record Disc(double x, double y, double radius, Colour colour, double opacity, String hint) implements Shape {}

    /** The outline of a circle. */
    record Ring(double x, double y, double radius, double width, Colour colour, double opacity, String hint)
            implements Shape {}

    /** A filled triangle or other polygon: x, y, x, y, ...; the hint may be empty. */
    record Polygon(List<Double> points, Colour colour, double opacity, String hint) implements Shape {
        Polygon {
            points = List.copyOf(points);
        }
    }

    /** One line of text; y is its base line. */
    record Text(double x, double y, double size, Anchor anchor, Colour colour, String text) implements Shape {}

    /** Which point of a text its x is. */
    enum Anchor {
        START("start", 0),
        MIDDLE("middle", 0.5),
        END("end", 1);

        final String svg;
        final double share;

        Anchor(String svg, double share) {
            this.svg = svg;
            this.share = share;
        }
    }
}
