package org.aitia.formats.zip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aitia.api.DataFormatException;
import org.aitia.formats.ByteSource;
import org.aitia.formats.Damage;
import org.aitia.formats.FileSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipArchiveTest {
    private static final ZipLimits LIMITS = ZipLimits.DEFAULT;

    @TempDir
    private Path folder;

    private Path write(byte[] bytes) {
        try {
            return Files.write(folder.resolve("x.zip"), bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path archive(String... names) {
        Map<String, byte[]> files = new HashMap<>();
        for (String name : names) {
            files.put(name, name.getBytes(StandardCharsets.UTF_8));
        }
        return write(ZipBytes.of(files, false));
    }

    @Test
    void oneFolderAroundEverythingAndClutterAreOverlooked() {
        try (ZipArchive zip = ZipArchive.open(
                archive(
                        "MUTAG/MUTAG_A.txt",
                        "MUTAG/more/README.txt",
                        "MUTAG/.DS_Store",
                        "__MACOSX/MUTAG/._MUTAG_A.txt",
                        "MUTAG/._README.txt",
                        "MUTAG/"),
                LIMITS)) {
            assertThat(zip.paths()).containsExactly("MUTAG_A.txt", "more/README.txt");
            ByteSource source = zip.require("MUTAG_A.txt");
            assertThat(new String(source.bytes(100), StandardCharsets.UTF_8)).isEqualTo("MUTAG/MUTAG_A.txt");
            assertThat(source.name()).isEqualTo(folder.resolve("x.zip") + "!MUTAG/MUTAG_A.txt");
            assertThat(zip.named("README.txt")).hasSize(1);
            assertThatThrownBy(() -> zip.require("MUTAG_B.txt"))
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageContaining("expected a file 'MUTAG_B.txt', found 'MUTAG_A.txt, more/README.txt'");
        }
    }

    @Test
    void namesAreMadeAlike() {
        try (ZipArchive zip = ZipArchive.open(archive("a\\b.txt", "./c//d.txt"), LIMITS)) {
            assertThat(zip.paths()).containsExactly("a/b.txt", "c/d.txt");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../x", "a/../../x", "/etc/passwd", "C:\\x", "c:/x", "..\\x", "a/..", "\\\\host\\x", "a\u0000b"})
    void namesThatPointOutAreRefused(String name) {
        Path file = archive("good.txt", name);
        assertThatThrownBy(() -> ZipArchive.open(file, LIMITS))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("found one that points out of it; make the archive anew without it");
    }

    @Test
    void linksAreRefused() {
        byte[] bytes = ZipBytes.of(Map.of("link", "/etc/passwd".getBytes(StandardCharsets.UTF_8)), true);
        int entry = ZipBytes.directory(bytes);
        bytes[entry + 5] = 3; // made on Unix
        bytes[entry + 40] = (byte) 0xff;
        bytes[entry + 41] = (byte) 0xa1; // a symbolic link
        Path file = write(bytes);
        assertThatThrownBy(() -> ZipArchive.open(file, LIMITS))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining(
                        "entry 'link': expected plain files inside the archive, found one that is a link");
    }

    @Test
    void entriesOfOneNameAreRefused() {
        byte[] bytes = ZipBytes.of(Map.of("ab.txt", new byte[] {1}, "ac.txt", new byte[] {2}), true);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 'a' && bytes[i + 1] == 'c') {
                bytes[i + 1] = 'b';
            }
        }
        Path file = write(bytes);
        assertThatThrownBy(() -> ZipArchive.open(file, LIMITS))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("entry 'ab.txt'")
                .hasMessageContaining("found one that is there twice");
        Path alike = archive("a/b.txt", "a\\b.txt");
        assertThatThrownBy(() -> ZipArchive.open(alike, LIMITS)).hasMessageContaining("is there twice");
    }

    @Test
    void encryptedEntriesAreRefused() {
        byte[] bytes = ZipBytes.of(Map.of("secret", new byte[] {1, 2, 3}), true);
        bytes[6] |= 1;
        bytes[ZipBytes.directory(bytes) + 8] |= 1;
        Path file = write(bytes);
        assertThatThrownBy(() -> ZipArchive.open(file, LIMITS))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("encrypted");
    }

    @Test
    void bombsAreRefusedBeforeTheyAreRead() {
        byte[] bomb = ZipBytes.of(Map.of("zeros", new byte[8 << 20]), false);
        Path file = write(bomb);
        assertThatThrownBy(() -> ZipArchive.open(file, LIMITS))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining(
                        "entry 'zeros': expected at most 250 times its compressed bytes, found 8388608 bytes")
                .hasMessageContaining("(a zip bomb?)");
        assertThatThrownBy(() -> ZipArchive.open(file, LIMITS.withRatio(1032).withBytes(1 << 20, 1 << 30)))
                .hasMessageContaining("expected at most 1048576 uncompressed bytes, found 8388608");
        ZipArchive.open(file, LIMITS.withRatio(1032)).close();
        Path many = write(ZipBytes.of(Map.of("a", new byte[600], "b", new byte[600]), false));
        assertThatThrownBy(() -> ZipArchive.open(many, LIMITS.withBytes(1000, 1000)))
                .hasMessageContaining("expected at most 1000 uncompressed bytes in all, found more");
        assertThatThrownBy(() -> ZipArchive.open(many, new ZipLimits(1, 1000, 10_000, 10)))
                .hasMessageContaining("expected at most 1 entries, found 2");
    }

    /** The directory says 10 bytes; there are 8 MiB. */
    @Test
    void declarationsThatLieDoNoHarm() {
        byte[] bytes = ZipBytes.of(Map.of("zeros", new byte[8 << 20]), false);
        int size = ZipBytes.directory(bytes) + 24;
        Arrays.fill(bytes, size, size + 4, (byte) 0);
        bytes[size] = 10;
        try (ZipArchive zip = ZipArchive.open(write(bytes), LIMITS)) {
            ByteSource source = zip.require("zeros");
            assertThat(source.size()).isEqualTo(10);
            assertThatThrownBy(() -> source.bytes(100)).isInstanceOf(DataFormatException.class);
            assertThatThrownBy(() -> {
                        try (InputStream in = source.open()) {
                            in.transferTo(java.io.OutputStream.nullOutputStream());
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    /** The directory says 1 GB; there are 10 bytes. */
    @Test
    void sizesBeyondTheFileAreRefused() {
        byte[] bytes = ZipBytes.of(Map.of("x", new byte[10]), true);
        int entry = ZipBytes.directory(bytes);
        bytes[entry + 23] = 0x3b;
        bytes[entry + 27] = 0x3b;
        Path file = write(bytes);
        assertThatThrownBy(() -> ZipArchive.open(file, LIMITS))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("entry 'x'")
                .hasMessageContaining("has a wrong size");
    }

    @Test
    void checksumsAreCompared() {
        byte[] content = "0123456789".getBytes(StandardCharsets.UTF_8);
        byte[] bytes = ZipBytes.of(Map.of("x", content), true);
        bytes[ZipBytes.find(bytes, content) + 3] ^= 4;
        try (ZipArchive zip = ZipArchive.open(write(bytes), LIMITS)) {
            assertThatThrownBy(() -> zip.require("x").bytes(100))
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageContaining("x.zip!x")
                    .hasMessageContaining("its bytes do not match their checksum");
        }
    }

    @Test
    void bytesBeforeTheArchiveAreOverlooked() throws IOException {
        byte[] content = "0123456789".getBytes(StandardCharsets.UTF_8);
        byte[] zip = ZipBytes.of(Map.of("x", content), true);
        byte[] bytes = new byte[zip.length + 100];
        System.arraycopy(zip, 0, bytes, 100, zip.length);
        Path file = write(bytes);
        try (ZipArchive archive = ZipArchive.open(file, LIMITS)) {
            ByteSource source = archive.require("x");
            assertThat(source.bytes(10)).isEqualTo(content);
            long offset = source.region().orElseThrow().offset();
            assertThat(Arrays.copyOfRange(bytes, (int) offset, (int) offset + 10))
                    .isEqualTo(content);
        }
    }

    @Test
    void regionsAreKnownOfStoredEntriesOnly() {
        Map<String, byte[]> files = Map.of("x", new byte[100]);
        try (ZipArchive archive = ZipArchive.open(write(ZipBytes.of(files, false)), LIMITS)) {
            assertThat(archive.require("x").region()).isEmpty();
        }
    }

    @Test
    void whatIsNoArchiveIsRefused() {
        Path text = write("no archive".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> ZipArchive.open(text, LIMITS))
                .isInstanceOf(DataFormatException.class)
                .hasMessageStartingWith("file " + text + ": expected a zip archive, found a damaged one (");
        Path absent = folder.resolve("absent.zip");
        assertThatThrownBy(() -> ZipArchive.open(absent, LIMITS))
                .hasMessage("file " + absent + ": expected a file, found none; correct it or fetch it anew");
    }

    @Test
    void foldersAreLikeArchives() throws IOException {
        Files.createDirectories(folder.resolve("set/more"));
        Files.writeString(folder.resolve("set/a.txt"), "a");
        Files.writeString(folder.resolve("set/more/b.txt"), "bc");
        try (FileSet files = FileSet.open(folder.resolve("set"), LIMITS)) {
            assertThat(files.paths()).containsExactly("a.txt", "more/b.txt");
            assertThat(files.require("more/b.txt").bytes(2)).hasSize(2);
            assertThatThrownBy(() -> files.require("more/b.txt").bytes(1))
                    .hasMessageContaining("expected at most 1 bytes, found 2 bytes");
        }
        try (FileSet files = FileSet.open(archive("a.txt"), LIMITS)) {
            assertThat(files.paths()).containsExactly("a.txt");
        }
    }

    @Test
    void damageIsReadOrRefusedButNothingElse() throws Exception {
        Map<String, byte[]> files = Map.of(
                "top/a.txt",
                "some text, some text, some text".getBytes(StandardCharsets.UTF_8),
                "top/b/c.txt",
                new byte[500]);
        for (boolean stored : List.of(true, false)) {
            int refused = Damage.assertReadOrRefused(ZipBytes.of(files, stored), 1000, 11, bytes -> {
                try (ZipArchive zip = ZipArchive.open(write(bytes), LIMITS)) {
                    for (String path : zip.paths()) {
                        zip.require(path).bytes(1 << 20);
                        zip.require(path).region();
                    }
                }
            });
            assertThat(refused).isGreaterThan(500);
        }
    }
}
