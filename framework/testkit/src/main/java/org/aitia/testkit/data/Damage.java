package org.aitia.testkit.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Damages files as transfers, editors and strangers do, for tests of what reads them. The same seed damages alike. */
public enum Damage {
    /** The end is missing. */
    TRUNCATED {
        @Override
        byte[] damage(byte[] file, Random random) {
            return Arrays.copyOf(file, random.nextInt(file.length));
        }
    },

    /** Up to eight bits are wrong. */
    BITS_FLIPPED {
        @Override
        byte[] damage(byte[] file, Random random) {
            byte[] damaged = file.clone();
            for (int i = random.nextInt(8); i >= 0; i--) {
                damaged[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
            }
            return damaged;
        }
    },

    /** Lines are in another order. */
    LINES_REORDERED {
        @Override
        byte[] damage(byte[] file, Random random) {
            List<String> lines = lines(file);
            Collections.shuffle(lines, random);
            return String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
        }
    },

    /** Up to three lines are missing or there twice. */
    LINES_LOST_OR_REPEATED {
        @Override
        byte[] damage(byte[] file, Random random) {
            List<String> lines = lines(file);
            for (int i = random.nextInt(3); i >= 0 && !lines.isEmpty(); i--) {
                int at = random.nextInt(lines.size());
                if (random.nextBoolean()) {
                    lines.remove(at);
                } else {
                    lines.add(at, lines.get(random.nextInt(lines.size())));
                }
            }
            return String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
        }
    },

    /** Up to three numbers are huge, negative or no numbers. */
    NUMBERS_CHANGED {
        @Override
        byte[] damage(byte[] file, Random random) {
            String text = new String(file, StandardCharsets.ISO_8859_1);
            for (int i = random.nextInt(3); i >= 0; i--) {
                int at = random.nextInt(file.length);
                String[] numbers = {"99999999999999999999", "2147483647", "-1", "1e9", "NaN", "", "0x1", "4294967296"};
                String before = text.substring(0, at);
                text = before + text.substring(at).replaceFirst("\\d+", numbers[random.nextInt(numbers.length)]);
            }
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
    };

    abstract byte[] damage(byte[] file, Random random);

    /**
     * Damages a file.
     *
     * @param file what it holds; not changed
     * @param seed decides where
     * @return what it holds afterwards, possibly the same
     */
    public byte[] of(byte[] file, long seed) {
        return file.length == 0 ? file : damage(file, new Random(31 * seed + name().hashCode()));
    }

    /**
     * Writes a text file as other systems do: a byte order mark, lines that end with LF, CRLF or CR. Whoever reads it
     * should find the same.
     *
     * @param file what it holds, in UTF-8 with lines that end with LF
     * @param seed decides which line ends how
     * @return the same text, written otherwise
     */
    public static byte[] foreign(byte[] file, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("\ufeff");
        for (String line : new String(file, StandardCharsets.UTF_8).split("\n", -1)) {
            text.append(line).append(List.of("\n", "\r\n", "\r").get(random.nextInt(3)));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> lines(byte[] file) {
        return new ArrayList<>(List.of(new String(file, StandardCharsets.ISO_8859_1).split("\n", -1)));
    }
}
