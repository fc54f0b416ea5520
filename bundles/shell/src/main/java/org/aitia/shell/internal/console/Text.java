package org.aitia.shell.internal.console;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.utils.WCWidth;

/** Values as people read them, the same in every locale. */
public final class Text {
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final long KIB = 1024;
    private static final double SMALLEST_PLAIN = 1e-4;

    private Text() {}

    /**
     * Counts terminal columns.
     *
     * @param text any text without control characters
     * @return its width; wide characters count two, combining ones none
     */
    public static int width(String text) {
        return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
    }

    /**
     * Fills up with spaces.
     *
     * @param text any text
     * @param columns width wanted
     * @return the text, followed by as many spaces as it needs
     */
    public static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - width(text)));
    }

    /**
     * Breaks text between words.
     *
     * @param text one paragraph
     * @param columns width of a line; longer words stand alone
     * @return at least one line
     */
    public static List<String> wrap(String text, int columns) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            if (!line.isEmpty() && width(line + " " + word) > columns) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /**
     * Writes a number with a fixed number of decimals.
     *
     * @param value any value
     * @param decimals digits after the point
     * @return for example {@code 0.93}; a dash for NaN
     */
    public static String decimal(double value, int decimals) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + decimals + "f", value) : "-";
    }

    /**
     * Writes a number with some significant digits.
     *
     * @param value any
     * @param digits how many, at least 1
     * @return for example {@code 0.00012} or {@code 1.2e-07}
     */
    public static String significant(double value, int digits) {
        if (!Double.isFinite(value) || value == 0) {
            return decimal(value, 0);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits));
        return Math.abs(value) < SMALLEST_PLAIN
                ? String.format(Locale.ROOT, "%." + (digits - 1) + "e", value)
                : rounded.toPlainString();
    }

    /**
     * Writes a share.
     *
     * @param share in [0, 1]
     * @return for example {@code 97.1 %}; a dash for NaN
     */
    public static String percent(double share) {
        return Double.isFinite(share) ? decimal(100 * share, 1) + " %" : "-";
    }

    /**
     * Writes a count.
     *
     * @param count any count
     * @return with thousands separated by commas
     */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /**
     * Writes a time with the precision that matters.
     *
     * @param seconds 0 or more
     * @return for example {@code 0.87 ms}, {@code 0.042 s}, {@code 7.31 s}, {@code 4 min 05 s}
     */
    public static String seconds(double seconds) {
        if (!Double.isFinite(seconds)) {
            return "-";
        }
        if (seconds > 0 && seconds < 0.01) {
            return decimal(1000 * seconds, 2) + " ms";
        }
        if (seconds < 1) {
            return decimal(seconds, 3) + " s";
        }
        if (seconds < 100) {
            return decimal(seconds, 2) + " s";
        }
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
    }

    /**
     * Writes a time span.
     *
     * @param time 0 or more
     * @return as {@link #seconds(double)}
     */
    public static String seconds(Duration time) {
        return seconds(time.toMillis() / 1000.0);
    }

    /**
     * Writes an amount of memory.
     *
     * @param bytes 0 or more
     * @return for example {@code 512 B}, {@code 1.5 GiB}
     */
    public static String bytes(long bytes) {
        if (bytes < KIB) {
            return bytes + " B";
        }
        double value = bytes;
        String[] units = {"KiB", "MiB", "GiB", "TiB"};
        int unit = -1;
        while (value >= KIB && unit < units.length - 1) {
            value /= KIB;
            unit++;
        }
        return decimal(value, value < 10 ? 1 : 0) + " " + units[unit];
    }

    /**
     * Writes date and time of this machine's zone.
     *
     * @param instant when
     * @return to the minute
     */
    public static String dateTime(Instant instant) {
        return DATE_TIME.format(instant.atZone(ZoneId.systemDefault()));
    }

    /**
     * Writes the time of day of this machine's zone.
     *
     * @param instant when
     * @return to the second
     */
    public static String time(Instant instant) {
        return TIME.format(instant.atZone(ZoneId.systemDefault()));
    }
}
