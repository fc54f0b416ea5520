package org.aitia.device.manager.internal;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory and time as people write and read them. */
final class Sizes {
    private static final Pattern SIZE =
            Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(%|[kmgt](?:i?b)?|b)?", Pattern.CASE_INSENSITIVE);
    private static final String PREFIXES = "kmgt";

    private Sizes() {}

    /**
     * Reads an amount of memory: {@code 50%}, {@code 4g}, {@code 4GiB}, {@code 4096m} or plain bytes. Prefixes are
     * powers of 1024, as the JVM's are.
     *
     * @param text what to read
     * @param whole what per cent refer to
     * @return bytes, or empty if it cannot be read or does not fit
     */
    static Optional<Long> parse(String text, long whole) {
        Matcher matcher = SIZE.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        String unit = Optional.ofNullable(matcher.group(2)).orElse("").toLowerCase(Locale.ROOT);
        BigDecimal bytes;
        if (unit.equals("%")) {
            bytes = number.multiply(BigDecimal.valueOf(whole)).movePointLeft(2);
        } else if (unit.isEmpty() || unit.equals("b")) {
            bytes = number;
        } else {
            bytes = number.multiply(BigDecimal.valueOf(1L << (10 * (PREFIXES.indexOf(unit.charAt(0)) + 1))));
        }
        return bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                ? Optional.empty()
                : Optional.of(bytes.longValue());
    }

    /** Writes an amount of memory, for example {@code 1.5 GiB}. */
    static String format(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        int power = Math.min((63 - Long.numberOfLeadingZeros(bytes)) / 10, PREFIXES.length());
        char prefix = Character.toUpperCase(PREFIXES.charAt(power - 1));
        return String.format(Locale.ROOT, "%.1f %ciB", bytes / (double) (1L << (10 * power)), prefix);
    }

    /** Writes a time, for example {@code 3 min 20 s}. */
    static String format(Duration time) {
        if (time.compareTo(Duration.ofSeconds(1)) < 0) {
            return time.toMillis() + " ms";
        }
        if (time.compareTo(Duration.ofMinutes(1)) < 0) {
            return time.toSeconds() + " s";
        }
        if (time.compareTo(Duration.ofHours(1)) < 0) {
            return withRest(time.toMinutes(), "min", time.toSecondsPart(), "s");
        }
        return withRest(time.toHours(), "h", time.toMinutesPart(), "min");
    }

    private static String withRest(long number, String unit, int rest, String smallerUnit) {
        return number + " " + unit + (rest == 0 ? "" : " " + rest + " " + smallerUnit);
    }
}
