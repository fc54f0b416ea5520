package org.aitia.api.render;

import java.util.List;
import java.util.Optional;
import org.aitia.api.InvalidRequestException;

/**
 * What a chart shows; how it is drawn is up to a {@link ChartRenderer}. Immutable.
 *
 * <p>Points whose x, y are not finite numbers (a measure that is not defined) are left out; a line has a gap there.
 *
 * @param kind lines, bars or points
 * @param title above the chart
 * @param description one sentence for those who cannot see it; may be empty
 * @param x horizontal axis; of bars only its label is used
 * @param y vertical axis
 * @param series what is shown, each with a colour and, if there are several, an entry in the legend; at least one
 */
public record Chart(Kind kind, String title, String description, Axis x, Axis y, List<Series> series) {
    /** How points are shown. */
    public enum Kind {
        /** Joined by lines, in their order, each with a mark. */
        LINE,
        /**
         * A bar from 0 (or from the beginning of a logarithmic axis) to y. Bars of the same {@link Point#label} stand
         * side by side, one per series; labels stand in the order in which they first come. x is not used.
         */
        BAR,
        /** Marks, with their labels beside them where there is room. */
        SCATTER
    }

    /** Copies the list and checks the values. */
    public Chart {
        series = List.copyOf(series);
        if (series.isEmpty()) {
            throw new InvalidRequestException("chart '" + title + "' has no series; give at least one");
        }
        for (Series one : series) {
            for (Point point : one.points()) {
                check(title, one, x, kind == Kind.BAR ? Double.NaN : point.x());
                check(title, one, y, point.y());
            }
        }
    }

    private static void check(String title, Series series, Axis axis, double value) {
        if (axis.logarithmic() && value <= 0) {
            throw new InvalidRequestException("chart '" + title + "' cannot show " + value + " of series '"
                    + series.name() + "' on the logarithmic axis '" + axis.label()
                    + "'; leave the point out or use a linear axis");
        }
    }

    /**
     * An axis.
     *
     * @param label what is measured, with its unit
     * @param logarithmic whether equal distances are equal factors; values are then positive
     * @param range what it shows at least; empty for what the points need (bars need 0)
     */
    public record Axis(String label, boolean logarithmic, Optional<Range> range) {
        /** Checks the range. */
        public Axis {
            if (logarithmic && range.isPresent() && range.get().low() <= 0) {
                throw new InvalidRequestException("logarithmic axis '" + label + "' cannot begin at "
                        + range.get().low() + "; it needs a value above 0");
            }
        }

        /**
         * An axis whose equal distances are equal differences.
         *
         * @param label what is measured
         * @return an axis that shows what the points need
         */
        public static Axis linear(String label) {
            return new Axis(label, false, Optional.empty());
        }

        /**
         * An axis whose equal distances are equal factors.
         *
         * @param label what is measured
         * @return an axis that shows what the points need
         */
        public static Axis logarithmic(String label) {
            return new Axis(label, true, Optional.empty());
        }

        /**
         * Returns this axis with a range, which grows if points lie outside.
         *
         * @param low value at its beginning
         * @param high value at its end
         * @return a copy
         */
        public Axis from(double low, double high) {
            return new Axis(label, logarithmic, Optional.of(new Range(low, high)));
        }
    }

    /**
     * What an axis shows.
     *
     * @param low value at its beginning
     * @param high value at its end, greater
     */
    public record Range(double low, double high) {
        /** Checks the order. */
        public Range {
            if (!(Double.isFinite(low) && Double.isFinite(high) && low < high)) {
                throw new InvalidRequestException(
                        "an axis cannot go from " + low + " to " + high + "; it needs two finite values that ascend");
            }
        }
    }

    /**
     * Points that belong together.
     *
     * @param name for the legend
     * @param points in the order in which a line joins them
     */
    public record Series(String name, List<Point> points) {
        /** Copies the list. */
        public Series {
            points = List.copyOf(points);
        }
    }

    /**
     * A point.
     *
     * @param x horizontally
     * @param y vertically
     * @param error half the length of its error bar, for example of a confidence interval; 0 for none
     * @param label its name, or that of its bar; may be empty
     */
    public record Point(double x, double y, double error, String label) {
        /**
         * A point without error bar or name.
         *
         * @param x horizontally
         * @param y vertically
         * @return a point
         */
        public static Point of(double x, double y) {
            return new Point(x, y, 0, "");
        }

        /**
         * A bar without error bar.
         *
         * @param label its name
         * @param y its value
         * @return a point
         */
        public static Point bar(String label, double y) {
            return new Point(0, y, 0, label);
        }

        /**
         * Returns this point with an error bar.
         *
         * @param half half its length, 0 or more
         * @return a copy
         */
        public Point withError(double half) {
            return new Point(x, y, half, label);
        }

        /**
         * Returns this point with a name.
         *
         * @param name to write beside it
         * @return a copy
         */
        public Point named(String name) {
            return new Point(x, y, error, name);
        }
    }
}
