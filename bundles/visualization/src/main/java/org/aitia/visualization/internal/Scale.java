package org.aitia.visualization.internal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.aitia.api.render.Chart;

/**
 * How an axis maps values to places.
 *
 * @param name what is measured
 * @param low value at its beginning
 * @param high value at its end, greater than {@code low}
 * @param logarithmic whether equal distances are equal factors; both ends are then positive
 */
record Scale(String name, double low, double high, boolean logarithmic) {
    private static final int TICKS = 6;

    /**
     * The scale that shows values.
     *
     * @param axis what is asked for
     * @param values what has to be inside
     * @param fromZero whether it begins, or ends, at zero rather than at the values
     * @return a scale with a little room at its ends
     */
    static Scale of(Chart.Axis axis, double[] values, boolean fromZero) {
        double least = axis.range().map(Chart.Range::low).orElse(Double.POSITIVE_INFINITY);
        double most = axis.range().map(Chart.Range::high).orElse(Double.NEGATIVE_INFINITY);
        double smallest = DoubleStream.of(values).min().orElse(axis.logarithmic() ? 1 : 0);
        double greatest = DoubleStream.of(values).max().orElse(1);
        if (axis.logarithmic()) {
            double low = Math.min(least, down(smallest / 1.15));
            double high = Math.max(most, up(greatest * 1.15));
            return new Scale(axis.label(), low, high, true);
        }
        double low = fromZero ? Math.min(0, smallest) : smallest;
        double high = fromZero ? Math.max(0, greatest) : greatest;
        double room = high > low ? 0.05 * (high - low) : Math.max(0.5 * Math.abs(high), high == 0 ? 1 : 0);
        // what begins at zero needs no room below it
        low = low < least ? low - (fromZero && low == 0 ? 0 : room) : least;
        high = high > most ? high + (fromZero && high == 0 && low < 0 ? 0 : room) : most;
        return new Scale(axis.label(), low, high, false);
    }

    /** The largest of 1, 2, 5, 10, ... that is not above a value. */
    private static double down(double value) {
        double up = up(value);
        return up <= value * (1 + 1e-9) ? up : up(value / 2.5 * (1 + 1e-9));
    }

    /** The smallest of 1, 2, 5, 10, ... that is not below a value. */
    private static double up(double value) {
        int power = (int) Math.floor(Math.log10(value) + 1e-12);
        for (int factor : new int[] {1, 2, 5}) {
            double candidate = decimal(factor, power);
            if (candidate >= value * (1 - 1e-9)) {
                return candidate;
            }
        }
        return decimal(1, power + 1);
    }

    private static double decimal(int factor, int power) {
        return Double.parseDouble(factor + "e" + power);
    }

    /** Where a value is: 0 at the beginning, 1 at the end. */
    double place(double value) {
        return logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    }

    /** Round values to write beside it. */
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        if (!logarithmic) {
            double step = up((high - low) / TICKS);
            for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) {
                ticks.add(i * step);
            }
            return ticks;
        }
        int first = (int) Math.floor(Math.log10(low) + 1e-9);
        int last = (int) Math.floor(Math.log10(high) + 1e-9);
        int every = 1 + (last - first) / 8;
        for (int power = first; power <= last; power += every) {
            for (int factor : high / low < 200 ? new int[] {1, 2, 5} : new int[] {1}) {
                double tick = decimal(factor, power);
                if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    /** A number with three significant digits, as short as it can be. */
    static String text(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(3, RoundingMode.HALF_EVEN));
        BigDecimal shortest = rounded.stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent < -3 || exponent >= 9) {
            BigDecimal digits = shortest.scaleByPowerOfTen(-exponent).stripTrailingZeros();
            return digits.toPlainString() + "e" + exponent;
        }
        return exponent >= 3 ? String.format(Locale.ROOT, "%,d", rounded.longValue()) : shortest.toPlainString();
    }
}
