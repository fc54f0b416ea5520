package org.aitia.comparison.internal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.aitia.api.compare.Estimate;

/** Numbers with as many digits as they are worth. */
final class Digits {
    static final String MISSING = "-";

    private static final int SIGNIFICANT = 4;
    private static final int MOST_DECIMALS = 6;
    /** Less than this of the mean is noise of computing with 32 bits. */
    private static final double ROUNDING = 1e-6;

    private static final double LEAST_P = 0.001;

    private Digits() {}

    /** A mean to the second significant digit of its interval; without an interval to four digits. */
    static String of(Estimate estimate) {
        if (!estimate.isPresent()) {
            return MISSING;
        }
        double half = estimate.halfWidth();
        if (!estimate.hasInterval() || half <= ROUNDING * Math.abs(estimate.mean())) {
            return number(estimate.mean()) + (estimate.hasInterval() ? " ± 0" : "");
        }
        int decimals = 1 - (int) Math.floor(Math.log10(half));
        if (decimals > MOST_DECIMALS) {
            return number(estimate.mean()) + " ± " + number(half, 2);
        }
        return rounded(estimate.mean(), decimals) + " ± " + rounded(half, decimals);
    }

    /** A number to four significant digits. */
    static String number(double value) {
        return number(value, SIGNIFICANT);
    }

    private static String number(double value, int digits) {
        if (Double.isNaN(value)) {
            return MISSING;
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        if (size < 1e-4 || size >= 1e7) {
            return String.format(Locale.ROOT, "%." + (digits - 1) + "e", value);
        }
        return plain(new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN)));
    }

    /** A p-value: what is below 0.001 is not told apart. */
    static String p(double value) {
        return value < LEAST_P ? "< 0.001" : String.format(Locale.ROOT, "%.3f", value);
    }

    private static String rounded(double value, int decimals) {
        BigDecimal rounded = new BigDecimal(value).setScale(Math.max(decimals, 0), RoundingMode.HALF_EVEN);
        // a rounded -0.001 would read as a minus with nothing behind
        return rounded.signum() == 0 ? rounded.abs().toPlainString() : rounded.toPlainString();
    }

    private static String plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0
                ? stripped.setScale(0, RoundingMode.UNNECESSARY).toPlainString()
                : stripped.toPlainString();
    }
}
