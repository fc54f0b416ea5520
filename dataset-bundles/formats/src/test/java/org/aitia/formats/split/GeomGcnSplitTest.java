package org.aitia.formats.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.aitia.api.DataFormatException;
import org.aitia.api.dataset.Split;
import org.aitia.formats.zip.ZipBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeomGcnSplitTest {
    @TempDir
    private Path folder;

    private static byte[] mask(String type, int... values) {
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + values.length + ",), }\n";
        StringBuilder npy = new StringBuilder("\u0093NUMPY\u0001\0");
        npy.append((char) header.length()).append('\0').append(header);
        for (int value : values) {
            npy.append((char) value);
        }
        return npy.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private Path write(byte[] train, byte[] validation, byte[] test) throws IOException {
        return Files.write(
                folder.resolve("split.npz"),
                ZipBytes.of(Map.of("train_mask.npy", train, "val_mask.npy", validation, "test_mask.npy", test), false));
    }

    /** Node 3 is in none; node 4 has no class. */
    @ParameterizedTest
    @ValueSource(strings = {"|b1", "|u1"})
    void masksOfBothTypesAreRead(String type) throws IOException {
        Path file = write(mask(type, 1, 0, 0, 0, 1), mask(type, 0, 1, 0, 0, 0), mask(type, 0, 0, 1, 0, 0));
        Split split = GeomGcnSplit.read(file, new int[] {0, 1, 0, 1, -1});
        assertThat(split.train()).containsExactly(0);
        assertThat(split.validation()).containsExactly(1);
        assertThat(split.test()).containsExactly(2);
    }

    @Test
    void masksThatDoNotFitAreRefused() throws IOException {
        byte[] none = mask("|b1", 0, 0);
        Path twice = write(mask("|b1", 1, 0), mask("|b1", 1, 0), none);
        assertThatThrownBy(() -> GeomGcnSplit.read(twice, new int[2]))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("val_mask.npy, node 0: expected every node in one part, found this one in two");
        assertThatThrownBy(() -> GeomGcnSplit.read(twice, new int[3]))
                .hasMessageContaining(
                        "expected a value for each of 3 nodes, found 2; fetch the split of this data set");
    }
}
