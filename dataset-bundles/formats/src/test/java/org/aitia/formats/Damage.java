package org.aitia.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.aitia.api.AitiaException;
import org.aitia.api.Seeds;

/** What can happen to a file on its way: bytes are lost, flipped, moved, repeated or replaced by great numbers. */
public final class Damage {
    /** Reads bytes in some way. */
    @FunctionalInterface
    public interface Reader {
        /**
         * Reads.
         *
         * @param bytes damaged
         * @throws Exception if the test itself cannot go on
         */
        void read(byte[] bytes) throws Exception;
    }

    private Damage() {}

    /** Every damaged version is read or refused by an {@link AitiaException} of one line; returns how many are refused. */
    public static int assertReadOrRefused(byte[] whole, int times, long seed, Reader reader) throws Exception {
        RandomGenerator random = Seeds.generator(seed);
        int refused = 0;
        for (int i = 0; i < times; i++) {
            byte[] bytes = damaged(whole, random);
            try {
                reader.read(bytes);
            } catch (AitiaException e) {
                assertThat(e.getMessage()).startsWith("file ").doesNotContain("\n");
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("damage number " + i + " of seed " + seed, e);
            }
        }
        return refused;
    }

    private static byte[] damaged(byte[] whole, RandomGenerator random) {
        byte[] bytes = whole.clone();
        int length = bytes.length;
        switch (random.nextInt(6)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(length));
            case 1 -> {
                for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
                    bytes[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            case 2 -> { // a part moves
                int size = 1 + random.nextInt(Math.max(1, length / 4));
                System.arraycopy(
                        whole, random.nextInt(length - size + 1), bytes, random.nextInt(length - size + 1), size);
            }
            case 3 -> { // two bytes change places
                int a = random.nextInt(length);
                int b = random.nextInt(length);
                byte kept = bytes[a];
                bytes[a] = bytes[b];
                bytes[b] = kept;
            }
            case 4 -> { // a great number
                int at = random.nextInt(length);
                Arrays.fill(bytes, at, Math.min(length, at + 1 + random.nextInt(8)), (byte)
                        (random.nextBoolean() ? 0xff : 0x7f));
            }
            default -> { // a digit grows
                for (int tries = 0; tries < 50; tries++) {
                    int at = random.nextInt(length);
                    if (bytes[at] >= '0' && bytes[at] <= '9') {
                        bytes[at] = '9';
                    }
                }
            }
        }
        return bytes;
    }
}
