package org.aitia.visualization.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.aitia.api.render.Chart;
import org.aitia.api.render.Chart.Kind;
import org.aitia.api.render.Chart.Point;
import org.aitia.api.render.Chart.Series;
import org.aitia.visualization.internal.Scene.Anchor;

/**
 * Draws a chart as a scene.
 *
 * <p>Drawn here because the charting libraries for Java measure text with the machine's fonts, and throw where there are
 * none; see {@link Typeface}. Used by one thread.
 */
final class ChartDrawing {
    private static final double WIDTH = 640;
    private static final double WIDEST = 1400;
    private static final double PLOT_HEIGHT = 302;
    private static final double RIGHT = 32;
    private static final double TOP = 78;
    private static final double TEXT = 13;
    private static final double SMALL = 11.5;
    private static final double TITLE = 17;
    private static final double EDGE = 20;
    private static final double LEGEND_LINE = 22;
    private static final double CAP = 3.6;
    private static final double LINE = 15; // of names of bars

    private final Chart chart;
    private final List<Colour> barColours; // of the bars of a single series; empty for the colour of the series
    private final List<Scene.Shape> shapes = new ArrayList<>();
    private final List<double[]> taken = new ArrayList<>(); // boxes that labels keep clear of: x, y, width, height
    private final Scale x;
    private final Scale y;
    private final double left;
    private final double width;
    private final double base = TOP + PLOT_HEIGHT;
    private int nameLines = 1;

    private ChartDrawing(Chart chart, List<Colour> barColours) {
        this.chart = chart;
        this.barColours = barColours;
        boolean bars = chart.kind() == Kind.BAR;
        double[] heights = points().flatMapToDouble(p -> DoubleStream.of(lower(p), p.y(), p.y() + error(p)))
                .toArray();
        x = Scale.of(chart.x(), points().mapToDouble(Point::x).toArray(), startsNearZero(Point::x));
        y = Scale.of(chart.y(), heights, bars || startsNearZero(this::lower));
        Typeface typeface = Typeface.get();
        double ticks = y.ticks().stream()
                .mapToDouble(tick -> typeface.width(Scale.text(tick), TEXT))
                .max()
                .orElse(0);
        left = Math.max(56, EDGE + ticks + 10);
        width = bars ? Math.min(WIDEST, Math.max(WIDTH, left + RIGHT + names().size() * slot())) : WIDTH;
    }

    /** Draws a chart. */
    static Scene of(Chart chart) {
        return of(chart, List.of());
    }

    /**
     * Draws a chart.
     *
     * @param chart what to show
     * @param barColours a colour for each bar of a single series, or none
     * @return the picture
     */
    static Scene of(Chart chart, List<Colour> barColours) {
        return new ChartDrawing(chart, barColours).draw();
    }

    // --- what is there

    private Stream<Point> points() {
        return chart.series().stream()
                .flatMap(series -> series.points().stream())
                .filter(this::isShown);
    }

    private boolean isShown(Point point) {
        return Double.isFinite(point.y()) && (chart.kind() == Kind.BAR || Double.isFinite(point.x()));
    }

    private static double error(Point point) {
        return Double.isFinite(point.error()) ? Math.abs(point.error()) : 0;
    }

    /** The lower end of an error bar; on a logarithmic axis one that reaches zero does not widen the axis. */
    private double lower(Point point) {
        double lower = point.y() - error(point);
        return chart.y().logarithmic() && lower <= 0 ? point.y() : lower;
    }

    private boolean startsNearZero(ToDoubleFunction<Point> coordinate) {
        double least = points().mapToDouble(coordinate).min().orElse(0);
        double most = points().mapToDouble(coordinate).max().orElse(0);
        return least >= 0 && least <= 0.4 * most;
    }

    /** The names of bars, in the order in which they first come. */
    private List<String> names() {
        Set<String> names = new LinkedHashSet<>();
        chart.series().forEach(series -> series.points().forEach(point -> names.add(point.label())));
        return List.copyOf(names);
    }

    /** How wide the place of a bar has to be for its name, within reason. */
    private double slot() {
        double widest = names().stream()
                .mapToDouble(name -> Typeface.get().width(name, TEXT))
                .max()
                .orElse(0);
        return Math.max(22.0 * chart.series().size() + 14, Math.min(130, widest) + 12);
    }

    private Colour colour(int series) {
        return Colour.ofSeries(series);
    }

    // --- the picture

    private Scene draw() {
        Typeface typeface = Typeface.get();
        shapes.add(new Scene.Text(
                EDGE, 30, TITLE, Anchor.START, Colour.INK, typeface.fit(chart.title(), TITLE, width - 2 * EDGE)));
        vertical();
        if (chart.kind() == Kind.BAR) {
            bars();
        } else {
            horizontal();
            for (int s = 0; s < chart.series().size(); s++) {
                marks(s);
            }
            labels();
        }
        double height = legend(base + (x.name().isEmpty() ? 28 : 52) + (nameLines - 1) * LINE);
        String description = chart.description().isEmpty() ? chart.title() : chart.description();
        return new Scene(Math.ceil(width), Math.ceil(height), chart.title(), description, shapes);
    }

    private void vertical() {
        for (double tick : y.ticks()) {
            double at = y(tick);
            shapes.add(new Scene.Line(left, at, width - RIGHT, at, 0.7, Colour.MUTED, 0.3, ""));
            shapes.add(new Scene.Text(left - 9, at + 4.5, TEXT, Anchor.END, Colour.MUTED, Scale.text(tick)));
        }
        double foot = y(chart.kind() == Kind.BAR ? start() : y.low());
        shapes.add(new Scene.Line(left, foot, width - RIGHT, foot, 1.2, Colour.INK, 1, ""));
        shapes.add(new Scene.Text(
                EDGE, TOP - 18, TEXT, Anchor.START, Colour.INK, Typeface.get().fit(y.name(), TEXT, width - 2 * EDGE)));
    }

    private void horizontal() {
        Typeface typeface = Typeface.get();
        double free = Double.NEGATIVE_INFINITY;
        for (double tick : x.ticks()) {
            double at = x(tick);
            shapes.add(new Scene.Line(at, base, at, base + 5, 1, Colour.MUTED, 1, ""));
            double half = typeface.width(Scale.text(tick), TEXT) / 2;
            if (at - half >= free) {
                shapes.add(new Scene.Text(at, base + 20, TEXT, Anchor.MIDDLE, Colour.MUTED, Scale.text(tick)));
                free = at + half + 8;
            }
        }
        axisName();
    }

    private void axisName() {
        double room = width - 2 * EDGE;
        shapes.add(new Scene.Text(
                (left + width - RIGHT) / 2,
                base + 42 + (nameLines - 1) * LINE,
                TEXT,
                Anchor.MIDDLE,
                Colour.INK,
                Typeface.get().fit(x.name(), TEXT, room)));
    }

    // --- lines and points

    private void marks(int s) {
        Series series = chart.series().get(s);
        Optional<Point> before = Optional.empty();
        for (Point point : series.points()) {
            if (!isShown(point)) {
                before = Optional.empty();
                continue;
            }
            if (chart.kind() == Kind.LINE) {
                before.ifPresent(last -> shapes.add(
                        new Scene.Line(x(last.x()), y(last.y()), x(point.x()), y(point.y()), 2, colour(s), 0.9, "")));
                before = Optional.of(point);
            }
        }
        for (Point point : series.points()) {
            if (isShown(point)) {
                errorBar(x(point.x()), point, colour(s));
                mark(s, x(point.x()), y(point.y()), hint(series, point));
                taken.add(new double[] {x(point.x()) - 5, y(point.y()) - 5, 10, 10});
            }
        }
    }

    private String hint(Series series, Point point) {
        String whose = point.label().isEmpty() ? chart.series().size() > 1 ? series.name() : "" : point.label();
        return (whose.isEmpty() ? "" : whose + ", ")
                + Scale.text(point.x()) + " " + x.name() + ": " + Scale.text(point.y())
                + (error(point) > 0 ? " ± " + Scale.text(error(point)) : "") + " " + y.name();
    }

    private void errorBar(double at, Point point, Colour colour) {
        if (error(point) == 0) {
            return;
        }
        double low = point.y() - error(point);
        double top = y(point.y() + error(point));
        // on a logarithmic axis a bar may reach down to zero: it ends with the axis then, without a cap
        double bottom = low > 0 || !y.logarithmic() ? y(low) : base;
        shapes.add(new Scene.Line(at, top, at, bottom, 1.3, colour, 1, ""));
        shapes.add(new Scene.Line(at - CAP, top, at + CAP, top, 1.3, colour, 1, ""));
        if (low > 0 || !y.logarithmic()) {
            shapes.add(new Scene.Line(at - CAP, bottom, at + CAP, bottom, 1.3, colour, 1, ""));
        }
    }

    /** A mark whose shape tells the series too, for those who cannot tell the colour. */
    private void mark(int s, double atX, double atY, String hint) {
        Colour colour = colour(s);
        double opacity = chart.kind() == Kind.SCATTER ? 0.8 : 1;
        double r = chart.series().size() == 1 ? 3.5 : 4.2;
        List<Double> corners =
                switch (s % 4) {
                    case 1 -> List.of(atX - r, atY - r, atX + r, atY - r, atX + r, atY + r, atX - r, atY + r);
                    case 2 -> List.of(atX, atY - 1.3 * r, atX + 1.25 * r, atY + r, atX - 1.25 * r, atY + r);
                    case 3 -> List.of(atX, atY - 1.4 * r, atX + 1.4 * r, atY, atX, atY + 1.4 * r, atX - 1.4 * r, atY);
                    default -> List.of();
                };
        if (corners.isEmpty()) {
            shapes.add(new Scene.Disc(atX, atY, r, colour, opacity, hint));
        } else {
            shapes.add(new Scene.Polygon(corners, colour, opacity, hint));
        }
    }

    /** Writes the names of points beside them, where they do not cover others. */
    private void labels() {
        Typeface typeface = Typeface.get();
        for (Series series : chart.series()) {
            for (Point point : series.points()) {
                if (!isShown(point) || point.label().isEmpty()) {
                    continue;
                }
                double wide = typeface.width(point.label(), SMALL);
                double atX = x(point.x());
                double atY = y(point.y());
                double[][] boxes = {
                    {atX + 8, atY - 6, wide, 12},
                    {atX - 8 - wide, atY - 6, wide, 12},
                    {atX - wide / 2, atY - 20, wide, 12},
                    {atX - wide / 2, atY + 8, wide, 12},
                    {atX + 6, atY - 16, wide, 12},
                    {atX + 6, atY + 4, wide, 12},
                    {atX - 6 - wide, atY - 16, wide, 12},
                    {atX - 6 - wide, atY + 4, wide, 12}
                };
                Stream.of(boxes).filter(this::isFree).findFirst().ifPresent(box -> {
                    taken.add(box);
                    shapes.add(new Scene.Text(box[0], box[1] + 10, SMALL, Anchor.START, Colour.INK, point.label()));
                });
            }
        }
    }

    private boolean isFree(double[] box) {
        return box[0] >= left
                && box[0] + box[2] <= width - 4
                && box[1] >= TOP - 4
                && box[1] + box[3] <= base
                && taken.stream()
                        .noneMatch(other -> box[0] < other[0] + other[2]
                                && other[0] < box[0] + box[2]
                                && box[1] < other[1] + other[3]
                                && other[1] < box[1] + box[3]);
    }

    // --- bars

    /** The value at which bars start. */
    private double start() {
        return y.logarithmic() ? y.low() : Math.max(y.low(), Math.min(0, y.high()));
    }

    /** A name, in two lines if it is too long for one and has a space. */
    private static List<String> lines(String name, double size, double room) {
        Typeface typeface = Typeface.get();
        if (typeface.width(name, size) <= room) {
            return List.of(name);
        }
        int best = -1;
        double narrowest = Double.POSITIVE_INFINITY;
        for (int space = name.indexOf(' '); space >= 0; space = name.indexOf(' ', space + 1)) {
            double wider = Math.max(
                    typeface.width(name.substring(0, space), size), typeface.width(name.substring(space + 1), size));
            if (wider < narrowest) {
                narrowest = wider;
                best = space;
            }
        }
        return best < 0 ? List.of(name) : List.of(name.substring(0, best), name.substring(best + 1));
    }

    private void bars() {
        List<String> names = names();
        double slot = (width - left - RIGHT) / names.size();
        int count = chart.series().size();
        double each = Math.min(0.76 * slot, 80.0 * count) / count;
        double size = Math.min(TEXT, 6 + slot / 6);
        double from = y(start());
        // on some bars only, values would look like a choice
        boolean told =
                points().allMatch(point -> Typeface.get().width(Scale.text(point.y()), valueSize(each)) <= each + 3);
        for (int n = 0; n < names.size(); n++) {
            double middle = left + (n + 0.5) * slot;
            for (int s = 0; s < count; s++) {
                for (Point point : chart.series().get(s).points()) {
                    if (isShown(point) && point.label().equals(names.get(n))) {
                        Colour colour = s == 0 && n < barColours.size() ? barColours.get(n) : colour(s);
                        bar(middle + (s - count / 2.0) * each, each, from, point, colour, s, told);
                    }
                }
            }
            List<String> lines = lines(names.get(n), size, slot - 4);
            for (int l = 0; l < lines.size(); l++) {
                shapes.add(new Scene.Text(
                        middle,
                        base + 18 + l * LINE,
                        size,
                        Anchor.MIDDLE,
                        Colour.INK,
                        Typeface.get().fit(lines.get(l), size, slot - 4)));
            }
            nameLines = Math.max(nameLines, lines.size());
        }
        axisName();
    }

    private static double valueSize(double each) {
        return Math.min(TEXT, 6 + each / 6);
    }

    private void bar(double at, double each, double from, Point point, Colour colour, int s, boolean told) {
        double gap = chart.series().size() > 1 ? 1 : 0;
        double top = y(point.y());
        String series = chart.series().size() > 1 ? ", " + chart.series().get(s).name() : "";
        String hint = point.label() + series + ": " + Scale.text(point.y())
                + (error(point) > 0 ? " ± " + Scale.text(error(point)) : "") + " " + y.name();
        shapes.add(new Scene.Polygon(
                List.of(at + gap, from, at + gap, top, at + each - gap, top, at + each - gap, from), colour, 1, hint));
        errorBar(at + each / 2, point, Colour.INK);
        String text = Scale.text(point.y());
        if (told) {
            double size = valueSize(each);
            boolean down = top > from;
            double end = y(down ? point.y() - error(point) : point.y() + error(point));
            shapes.add(new Scene.Text(
                    at + each / 2, down ? end + size + 1 : end - 5, size, Anchor.MIDDLE, Colour.INK, text));
        }
    }

    // --- words

    private double legend(double from) {
        if (chart.series().size() == 1) {
            return from + 10;
        }
        Typeface typeface = Typeface.get();
        double at = left;
        double line = from + 20;
        for (int s = 0; s < chart.series().size(); s++) {
            String name = typeface.fit(chart.series().get(s).name(), TEXT, width - left - RIGHT - 30);
            double needed = 30 + typeface.width(name, TEXT);
            if (at > left && at + needed > width - RIGHT) {
                at = left;
                line += LEGEND_LINE;
            }
            if (chart.kind() == Kind.BAR) {
                shapes.add(new Scene.Polygon(
                        List.of(at + 5, line - 11, at + 19, line - 11, at + 19, line + 1, at + 5, line + 1),
                        colour(s),
                        1,
                        ""));
            } else {
                if (chart.kind() == Kind.LINE) {
                    shapes.add(new Scene.Line(at, line - 5, at + 24, line - 5, 2, colour(s), 0.9, ""));
                }
                mark(s, at + 12, line - 5, "");
            }
            shapes.add(new Scene.Text(at + 30, line, TEXT, Anchor.START, Colour.INK, name));
            at += needed + 20;
        }
        return line + 16;
    }

    private double x(double value) {
        return left + x.place(value) * (width - left - RIGHT);
    }

    private double y(double value) {
        return base - y.place(value) * PLOT_HEIGHT;
    }
}
