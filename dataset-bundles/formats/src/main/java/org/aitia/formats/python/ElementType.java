package org.aitia.formats.python;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of an array's elements, as NumPy writes it: {@code <f4}, {@code |b1}, {@code <U12}, {@code |O}.
 *
 * @param kind {@code b}, {@code i}, {@code u}, {@code f}, {@code U} (text), {@code S} (bytes) or {@code O} (objects)
 * @param size bytes per element
 * @param order of the bytes
 */
record ElementType(char kind, int size, ByteOrder order) {
    private static final Pattern CODE = Pattern.compile("([<>|=]?)([biufUSO])(\\d{0,7})");
    private static final int LONGEST_TEXT = 1 << 20;

    /** Reads a code; empty if it is none of those above. */
    static Optional<ElementType> of(String code) {
        Matcher matcher = CODE.matcher(code);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        char kind = matcher.group(2).charAt(0);
        int count = matcher.group(3).isEmpty() ? 0 : Integer.parseInt(matcher.group(3));
        boolean known =
                switch (kind) {
                    case 'b' -> count == 1;
                    case 'i', 'u' -> count == 1 || count == 2 || count == 4 || count == 8;
                    case 'f' -> count == 2 || count == 4 || count == 8;
                    case 'O' -> true;
                    default -> count <= LONGEST_TEXT;
                };
        int size = kind == 'U' ? 4 * count : kind == 'O' ? 8 : count;
        return known ? Optional.of(new ElementType(kind, size, order(matcher.group(1)))) : Optional.empty();
    }

    private static ByteOrder order(String code) {
        return code.equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /** The same type with another order of bytes: {@code <}, {@code >}, or anything else for "does not matter". */
    ElementType ordered(String code) {
        return new ElementType(kind, size, order(code));
    }

    boolean isInteger() {
        return kind == 'b' || kind == 'i' || kind == 'u';
    }

    boolean isNumber() {
        return isInteger() || kind == 'f';
    }

    /** The whole number at the buffer's position; unsigned ones above the largest long are negative. */
    long integer(ByteBuffer from) {
        boolean signed = kind == 'i';
        return switch (size) {
            case 1 -> signed ? from.get() : kind == 'b' ? (from.get() != 0 ? 1 : 0) : from.get() & 0xff;
            case 2 -> signed ? from.getShort() : from.getShort() & 0xffff;
            case 4 -> signed ? from.getInt() : from.getInt() & 0xffffffffL;
            default -> from.getLong();
        };
    }

    /** The number at the buffer's position. */
    double number(ByteBuffer from) {
        if (kind != 'f') {
            long value = integer(from);
            return kind == 'u' && value < 0 ? (value >>> 1) * 2.0 : value;
        }
        return switch (size) {
            case 2 -> half(from.getShort());
            case 4 -> from.getFloat();
            default -> from.getDouble();
        };
    }

    /** IEEE 754 binary16; the JDK has it from release 20 on. */
    static float half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float magnitude = exponent == 0
                ? fraction * 0x1p-24f
                : Float.intBitsToFloat((exponent == 31 ? 255 : exponent + 112) << 23 | fraction << 13);
        return bits < 0 ? -magnitude : magnitude;
    }

    @Override
    public String toString() {
        String name = kind + (kind == 'O' ? "" : Integer.toString(kind == 'U' ? size / 4 : size));
        return (size == 1 || kind == 'S' || kind == 'O' ? "|" : order == ByteOrder.BIG_ENDIAN ? ">" : "<") + name;
    }
}
