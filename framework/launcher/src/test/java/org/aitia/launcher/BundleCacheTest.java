package org.aitia.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleCacheTest {

    @TempDir
    private Path parent;

    @Test
    void everyRunHasItsOwnDirectoryAndRemovesIt() throws IOException {
        BundleCache first = BundleCache.create(parent);
        BundleCache second = BundleCache.create(parent);
        assertThat(first.directory()).isDirectory().isNotEqualTo(second.directory());
        Files.createDirectories(first.directory().resolve("a/b"));
        Files.writeString(first.directory().resolve("a/b/c"), "x");
        first.close();
        assertThat(first.directory()).doesNotExist();
        assertThat(second.directory()).isDirectory();
        second.close();
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void whatACrashLeftBehindIsRemovedAndWhatLivesIsKept() throws IOException {
        Path crashed = Files.createDirectories(parent.resolve("1-crashed/felix"));
        age(Files.createFile(parent.resolve("1-crashed.lock")));
        try (BundleCache living = BundleCache.create(parent)) {
            age(lockOf(living));
            try (BundleCache next = BundleCache.create(parent)) {
                assertThat(crashed.getParent()).doesNotExist();
                assertThat(living.directory()).isDirectory();
                assertThat(next.directory()).isDirectory();
            }
        }
    }

    @Test
    void aLockFileThatWasJustMadeIsNotMistakenForALeftOver() throws IOException {
        Path starting = Files.createFile(parent.resolve("1-starting.lock"));
        BundleCache.create(parent).close();
        assertThat(starting).exists();
    }

    private static Path lockOf(BundleCache cache) {
        return cache.directory().resolveSibling(cache.directory().getFileName() + ".lock");
    }

    private static void age(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofMinutes(1))));
    }
}
