package org.aitia.formats.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.aitia.api.DataFormatException;
import org.aitia.formats.Damage;
import org.aitia.formats.zip.ZipBytes;
import org.aitia.formats.zip.ZipLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzTest {
    @TempDir
    private Path folder;

    private static Map<String, byte[]> arrays() {
        return Map.of(
                "x.npy", NpyBytes.npy("<f4", "(3, 2)", NpyBytes.floats(1, 2, 3, 4, 5, 6)),
                "adj_matrix.data.npy", NpyBytes.npy("<i4", "(2,)", NpyBytes.ints(7, 8)),
                "readme.txt", new byte[] {'h', 'i'});
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("x.npz"), bytes);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void arraysAreFoundByTheirKeys(boolean stored) throws IOException {
        try (Npz npz = Npz.open(write(ZipBytes.of(arrays(), stored)))) {
            assertThat(npz.keys()).containsExactly("adj_matrix.data", "x");
            assertThat(npz.require("adj_matrix.data").ints()).containsExactly(7, 8);
            assertThat(npz.require("x").floats()).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(npz.find("y")).isEmpty();
            assertThatThrownBy(() -> npz.require("y"))
                    .isInstanceOf(DataFormatException.class)
                    .hasMessage(
                            "file " + folder.resolve("x.npz")
                                    + ": expected an array 'y', found only 'adj_matrix.data, x'; add it or fetch the right file");
        }
    }

    @Test
    void storedArraysAreMappedAndOutliveTheFile() throws IOException {
        FloatBuffer mapped;
        try (Npz npz = Npz.open(write(ZipBytes.of(arrays(), true)))) {
            mapped = npz.require("x").floatBuffer();
        }
        assertThat(mapped.isDirect()).isTrue();
        assertThat(mapped.isReadOnly()).isTrue();
        float[] values = new float[6];
        mapped.get(values);
        assertThat(values).containsExactly(1, 2, 3, 4, 5, 6);
        try (Npz npz = Npz.open(write(ZipBytes.of(arrays(), false)))) {
            FloatBuffer read = npz.require("x").floatBuffer();
            assertThat(read.isDirect()).isFalse();
            assertThat(read.get(5)).isEqualTo(6);
        }
    }

    @Test
    void damageOfOneArrayDoesNotTouchOthers() throws IOException {
        byte[] bytes = ZipBytes.of(arrays(), true);
        bytes[ZipBytes.find(bytes, NpyBytes.ints(7, 8))] ^= 1;
        try (Npz npz = Npz.open(write(bytes))) {
            assertThat(npz.require("x").floats()).hasSize(6);
            assertThatThrownBy(() -> npz.require("adj_matrix.data").ints())
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageContaining("x.npz!adj_matrix.data.npy")
                    .hasMessageContaining("its bytes do not match their checksum");
        }
    }

    /** A header and a directory that agree on 900 MB, of which there are five: nothing is allocated for them. */
    @Test
    void arraysThatAreNotThereAreNotAllocated() throws IOException {
        byte[] noise = new byte[5 << 20];
        java.util.random.RandomGenerator random = org.aitia.api.Seeds.generator(1);
        random.nextBytes(noise);
        byte[] npy = NpyBytes.npy("<f4", "(225000000,)", noise);
        byte[] bytes = ZipBytes.of(Map.of("x.npy", npy), false);
        ByteBuffer directory = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int size = ZipBytes.find(bytes, new byte[] {'P', 'K', 1, 2}) + 24;
        directory.putInt(size, 900_000_000 + npy.length - noise.length);
        try (Npz npz = Npz.open(write(bytes))) {
            NdArray array = npz.require("x");
            assertThat(array.count()).isEqualTo(225_000_000);
            assertThatThrownBy(array::floats)
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageContaining("it ends after " + npy.length + " of ");
        }
    }

    @Test
    void arraysLargerThanAllowedAreRefusedBeforeTheyAreRead() throws IOException {
        Path file = write(ZipBytes.of(arrays(), false));
        assertThatThrownBy(() -> Npz.open(file, ZipLimits.DEFAULT.withBytes(50, 1000)))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("expected at most 50 uncompressed bytes");
    }

    @Test
    void damageIsReadOrRefusedButNothingElse() throws Exception {
        for (boolean stored : new boolean[] {true, false}) {
            int refused = Damage.assertReadOrRefused(ZipBytes.of(arrays(), stored), 800, 3, bytes -> {
                Path file = write(bytes);
                try (Npz npz = Npz.open(file)) {
                    for (String key : npz.keys()) {
                        npz.require(key).floats();
                        npz.require(key).floatBuffer();
                    }
                }
            });
            assertThat(refused).isGreaterThan(400);
        }
    }

    /** What NumPy itself wrote: both layouts, objects inside, thousands of them in one array. */
    @Test
    void publishedFilesAreRead() {
        Path shared = Path.of(System.getProperty("aitia.shared", "absent"), "datasets");
        assumeTrue(Files.isDirectory(shared), () -> "skipped: there is no " + shared);
        try (Npz npz = Npz.open(shared.resolve("ppnp/cora_ml.npz"))) {
            assertThat(npz.keys()).hasSize(15);
            assertThat(npz.require("metadata").objects()).containsExactly((Object) null);
            assertThat(npz.require("node_names").strings()).hasSize(2995).startsWith("129558\n");
            assertThat(CsrMatrix.of(npz, "adj_matrix.").storedValues()).isEqualTo(8416);
        }
        try (Npz npz = Npz.open(shared.resolve("gnn-benchmark/amazon_electronics_photo.npz"))) {
            assertThat(CsrMatrix.of(npz, "adj_").storedValues()).isEqualTo(143_663);
            CsrMatrix attributes = CsrMatrix.of(npz, "attr_");
            assertThat(attributes.features().storedValues()).isEqualTo(1_979_909);
            assertThat(npz.require("attr_data").floatBuffer().isDirect()).isTrue();
        }
        try (Npz npz = Npz.open(shared.resolve("gnn-benchmark/cora.npz"))) {
            assertThat(CsrMatrix.of(npz, "adj_").storedValues()).isEqualTo(5429);
            assertThat(npz.require("labels").type()).isEqualTo("|i1");
        }
        try (Npz npz =
                Npz.open(shared.resolve("graph-attribution/alkane_carbonyl/true_raw_attribution_datadicts.npz"))) {
            NdArray molecules = npz.require("datadict_list");
            assertThat(molecules.shape()).containsExactly(4326, 1);
            Map<?, ?> first = (Map<?, ?>) molecules.objects().get(0);
            assertThat(first.containsKey("senders")).isTrue();
            assertThat(first.get("nodes")).isInstanceOf(NdArray.class);
        }
    }
}
