package org.aitia.visualization.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A chart with two axes, as a scene: points or bars.
 *
 * <p>Drawn here because the charting libraries for Java measure text with the machine's fonts, and throw where there are
 * none; see {@link Typeface}. Used by one thread.
 */
final class Chart {
    private static final double WIDTH = 640;
    private static final double HEIGHT = 420;
    private static final double LEFT = 76;
    private static final double RIGHT = 24;
    private static final double TOP = 56;
    private static final double BOTTOM = 62;
    private static final double TEXT = 13;
    private static final double TITLE = 17;
    private static final int TICKS = 6;

    private final String title;
    private final String description;
    private final List<Scene.Shape> shapes = new ArrayList<>();

    /**
     * One direction of the chart.
     *
     * @param name what is measured
     * @param low value at its beginning
     * @param high value at its end, greater than {@code low}
     * @param logarithmic whether equal distances are equal factors; both ends are then positive
     */
    record Axis(String name, double low, double high, boolean logarithmic) {
        /** An axis from 0 to at least a value. */
        static Axis upTo(String name, double value) {
            return new Axis(name, 0, value > 0 ? value * 1.05 : 1, false);
        }

        /** A logarithmic axis over positive values. */
        static Axis logarithmic(String name, double least, double greatest) {
            return new Axis(name, least / 1.3, Math.max(greatest, least) * 1.3, true);
        }

        /** Where a value is: 0 at the beginning, 1 at the end. */
        double place(double value) {
            return logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
        }

        /** Round values to write beside it. */
        List<Double> ticks() {
            List<Double> ticks = new ArrayList<>();
            if (logarithmic) {
                for (double tick = Math.pow(10, Math.floor(Math.log10(low))); tick <= high; tick *= 10) {
                    addIfInside(ticks, tick);
                    if (high / low < 200) {
                        addIfInside(ticks, 2 * tick);
                        addIfInside(ticks, 5 * tick);
                    }
                }
                return ticks;
            }
            double step = step((high - low) / TICKS);
            for (int i = (int) Math.ceil(low / step); i * step <= high; i++) {
                ticks.add(i * step);
            }
            return ticks;
        }

        private void addIfInside(List<Double> ticks, double tick) {
            if (tick >= low && tick <= high) {
                ticks.add(tick);
            }
        }

        /** The round number that is at least as large. */
        private static double step(double least) {
            double power = Math.pow(10, Math.floor(Math.log10(least)));
            for (double factor : new double[] {1, 2, 5}) {
                if (factor * power >= least * (1 - 1e-9)) {
                    return factor * power;
                }
            }
            return 10 * power;
        }
    }

    /**
     * A value with a name.
     *
     * @param name what it is of
     * @param value its value
     * @param colour of its bar
     */
    record Bar(String name, double value, Colour colour) {}

    private Chart(String title, String description) {
        this.title = title;
        this.description = description;
        shapes.add(new Scene.Text(LEFT, 30, TITLE, Scene.Anchor.START, Colour.INK, title));
    }

    /** Draws points, x and y each. */
    static Scene points(String title, String description, Axis x, Axis y, List<double[]> points) {
        Chart chart = new Chart(title, description);
        chart.frame(x, y);
        for (double[] point : points) {
            String hint = text(point[0]) + " " + x.name() + ": " + text(point[1]) + " " + y.name();
            chart.shapes.add(
                    new Scene.Disc(chart.x(x, point[0]), chart.y(y, point[1]), 3.5, Colour.ofClass(0), 0.75, hint));
        }
        return chart.scene();
    }

    /** Draws bars side by side, with their values above. */
    static Scene bars(String title, String description, Axis y, List<Bar> bars) {
        Chart chart = new Chart(title, description);
        chart.vertical(y);
        double slot = (WIDTH - LEFT - RIGHT) / bars.size();
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double middle = LEFT + (i + 0.5) * slot;
            double half = Math.min(0.36 * slot, 40);
            double top = chart.y(y, bar.value());
            double base = chart.y(y, y.low());
            chart.shapes.add(new Scene.Polygon(
                    List.of(middle - half, base, middle - half, top, middle + half, top, middle + half, base),
                    bar.colour(),
                    1));
            double size = Math.min(TEXT, 5 + slot / 6);
            chart.shapes.add(new Scene.Text(middle, top - 5, size, Scene.Anchor.MIDDLE, Colour.INK, text(bar.value())));
            chart.shapes.add(new Scene.Text(
                    middle,
                    HEIGHT - BOTTOM + 18,
                    size,
                    Scene.Anchor.MIDDLE,
                    Colour.INK,
                    Typeface.get().fit(bar.name(), size, slot - 4)));
        }
        return chart.scene();
    }

    private void frame(Axis x, Axis y) {
        vertical(y);
        double base = HEIGHT - BOTTOM;
        for (double tick : x.ticks()) {
            double at = x(x, tick);
            shapes.add(new Scene.Line(at, base, at, base + 5, 1, Colour.MUTED, 1, ""));
            shapes.add(new Scene.Text(at, base + 20, TEXT, Scene.Anchor.MIDDLE, Colour.MUTED, text(tick)));
        }
        shapes.add(new Scene.Text(
                (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 16, TEXT, Scene.Anchor.MIDDLE, Colour.INK, x.name()));
    }

    private void vertical(Axis y) {
        for (double tick : y.ticks()) {
            double at = y(y, tick);
            shapes.add(new Scene.Line(LEFT, at, WIDTH - RIGHT, at, 0.7, Colour.MUTED, 0.35, ""));
            shapes.add(new Scene.Text(LEFT - 8, at + 4, TEXT, Scene.Anchor.END, Colour.MUTED, text(tick)));
        }
        double base = HEIGHT - BOTTOM;
        shapes.add(new Scene.Line(LEFT, base, WIDTH - RIGHT, base, 1.2, Colour.INK, 1, ""));
        shapes.add(new Scene.Text(LEFT, TOP - 8, TEXT, Scene.Anchor.START, Colour.INK, y.name()));
    }

    private double x(Axis axis, double value) {
        return LEFT + axis.place(value) * (WIDTH - LEFT - RIGHT);
    }

    private double y(Axis axis, double value) {
        return HEIGHT - BOTTOM - axis.place(value) * (HEIGHT - TOP - BOTTOM);
    }

    private Scene scene() {
        return new Scene(WIDTH, HEIGHT, title, description, shapes);
    }

    /** A number, as short as it can be. */
    private static String text(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        return String.format(Locale.ROOT, Math.abs(value) < 0.1 ? "%.2g" : "%.2f", value);
    }
}
