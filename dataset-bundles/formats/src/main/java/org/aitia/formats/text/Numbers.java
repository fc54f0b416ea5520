package org.aitia.formats.text;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Numbers as files spell them, read without exceptions. */
final class Numbers {
    private Numbers() {}

    static OptionalLong whole(String text) {
        String trimmed = text.strip();
        int first = trimmed.startsWith("-") || trimmed.startsWith("+") ? 1 : 0;
        int digits = trimmed.length() - first;
        if (digits < 1 || digits > 19 || !consistsOf(trimmed, first, "")) {
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
        if (trimmed.isEmpty() || trimmed.length() > 400 || !consistsOf(trimmed, 0, "+-.eE")) {
            return OptionalDouble.empty();
        }
        try {
            double value = Double.parseDouble(trimmed);
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** Whether everything from a position on is a digit or one of some others. */
    private static boolean consistsOf(String text, int from, String others) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && others.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
