package org.aitia.bench.report.internal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.aitia.api.compare.Estimate;

/** Numbers with as many digits as they are worth. */
final class Digits {
    static final String MISSING = "–";

    private static final int SIGNIFICANT = 4;
    private static final int MOST_DECIMALS = 6;
    /** Less than this of the mean is noise of computing with 32 bits. */
    private static final double ROUNDING = 1e-6;

    private static final double LEAST_P = 0.001;

    /** In files for machines: more than 32-bit values hold. */
    private static final MathContext EXACT = new MathContext(8, RoundingMode.HALF_EVEN);

    private Digits() {}

    /** A mean to the second significant digit of its interval; without an interval to four digits. */
    static String of(Estimate estimate) {
        if (!estimate.isPresent()) {
            return MISSING;
        }
        if (isSure(estimate)) {
            return number(estimate.mean()) + (estimate.hasInterval() ? " ± 0" : "");
        }
        double half = estimate.halfWidth();
        int decimals = 1 - (int) Math.floor(Math.log10(half));
        if (decimals > MOST_DECIMALS) {
            return number(estimate.mean()) + " ± " + number(half, 2);
        }
        return rounded(estimate.mean(), decimals) + " ± " + rounded(half, decimals);
    }

    private static boolean isSure(Estimate estimate) {
        return !estimate.hasInterval() || estimate.halfWidth() <= ROUNDING * Math.abs(estimate.mean());
    }

    /** A mean in a table of many, which reads better with equally many decimals: three, or four where it is that sure. */
    static String score(Estimate estimate) {
        if (!estimate.isPresent() || Math.abs(estimate.mean()) >= 10 || isTiny(estimate)) {
            return of(estimate);
        }
        if (isSure(estimate)) {
            return score(estimate.mean()) + (estimate.hasInterval() ? " ± 0" : "");
        }
        int decimals = estimate.halfWidth() < 0.0005 || Math.abs(estimate.mean()) < 0.001 ? 4 : 3;
        if (estimate.halfWidth() < 0.00005) {
            return rounded(estimate.mean(), decimals) + " ± < 0.0001";
        }
        return rounded(estimate.mean(), decimals) + " ± " + rounded(estimate.halfWidth(), decimals);
    }

    private static boolean isTiny(Estimate estimate) {
        double size = Math.abs(estimate.mean());
        return size < 0.00005 && size > 0;
    }

    /** A number beside such means. */
    static String score(double value) {
        double size = Math.abs(value);
        if (Double.isNaN(value) || size >= 10 || size < 0.00005 && size > 0) {
            return number(value);
        }
        // neither a loss nor a gain is rounded away
        boolean four = size < 1 && size >= 0.9995 || size < 0.001 && size > 0;
        return rounded(value, four ? 4 : 3);
    }

    /** A number beside one that it is compared with: with more decimals where they would look the same and are not. */
    static String scoreAgainst(double value, double other) {
        int decimals = 3;
        while (decimals < MOST_DECIMALS
                && value != other
                && rounded(value, decimals).equals(rounded(other, decimals))) {
            decimals++;
        }
        return decimals == 3 ? score(value) : rounded(value, decimals);
    }

    /** A number to four significant digits. */
    static String number(double value) {
        return number(value, SIGNIFICANT);
    }

    /** A number to so many significant digits. */
    static String number(double value, int digits) {
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

    /** A difference, with its sign. */
    static String signed(Estimate difference) {
        return signed(of(difference));
    }

    /** A difference beside those of a table, with its sign. */
    static String signedScore(Estimate difference) {
        return signed(score(difference));
    }

    private static String signed(String number) {
        return number.startsWith("-") || number.equals(MISSING) ? number : "+" + number;
    }

    /** A p-value: what is below 0.001 is not told apart. */
    static String p(double value) {
        return value < LEAST_P ? "< 0.001" : String.format(Locale.ROOT, "%.3f", value);
    }

    /** A number with so many decimals. */
    static String rounded(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return number(value);
        }
        BigDecimal rounded = new BigDecimal(value).setScale(Math.max(decimals, 0), RoundingMode.HALF_EVEN);
        // a rounded -0.001 would read as a minus with nothing behind
        return rounded.signum() == 0 ? rounded.abs().toPlainString() : rounded.toPlainString();
    }

    /** Seconds, in the unit that fits. */
    static String seconds(double seconds) {
        if (Double.isNaN(seconds)) {
            return MISSING;
        }
        if (seconds >= 90) {
            long minutes = Math.round(seconds / 60);
            return minutes < 90 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
        }
        return seconds >= 1
                ? number(seconds, 3) + " s"
                : seconds >= 1e-3 ? number(1e3 * seconds, 3) + " ms" : number(1e6 * seconds, 3) + " µs";
    }

    /** A number for machines; empty if there is none. */
    static String exact(double value) {
        if (!Double.isFinite(value)) {
            return "";
        }
        return value == 0
                ? "0"
                : Double.toString(new BigDecimal(value).round(EXACT).doubleValue());
    }

    private static String plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0
                ? stripped.setScale(0, RoundingMode.UNNECESSARY).toPlainString()
                : stripped.toPlainString();
    }
}
