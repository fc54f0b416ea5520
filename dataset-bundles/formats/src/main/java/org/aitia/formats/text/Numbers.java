package org.aitia.formats.text;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Numbers as files spell them, read without exceptions. */
final class Numbers {
    private Numbers() {}

    static OptionalLong whole(String text) {
        String trimmed = text.strip();
        int digits = trimmed.startsWith("-") || trimmed.startsWith("+") ? trimmed.length() - 1 : trimmed.length();
        if (digits < 1
                || digits > 19
                || !trimmed.chars().skip(trimmed.length() - digits).allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(trimmed));
        } catch (NumberFormatException e) { // more than a long holds
            return OptionalLong.empty();
        }
    }

    /** A finite number; Java's own spellings such as {@code 1f} and {@code 0x1p3} are none. */
    static OptionalDouble real(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()
                || trimmed.length() > 400
                || !trimmed.chars().allMatch(c -> c >= '0' && c <= '9' || "+-.eE".indexOf(c) >= 0)) {
            return OptionalDouble.empty();
        }
        try {
            double value = Double.parseDouble(trimmed);
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
