package org.aitia.datasets.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.DatasetCache;
import org.aitia.api.dataset.DatasetCache.RemoteFile;
import org.aitia.api.dataset.DatasetInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A cache in a temporary folder, a server, and a data set of one file. */
abstract class CacheFixture {
    static final DatasetInfo KARATE = new DatasetInfo(
            "karate",
            "Karate club",
            "34 members",
            Task.NODE,
            "https://example.org/karate",
            "W. Zachary 1977",
            "none stated",
            false);
    static final byte[] CONTENT = content(300_000);

    @TempDir
    Path folder;

    FileServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = new FileServer().file("/files/club.txt", CONTENT);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    static byte[] content(int length) {
        byte[] bytes = new byte[length];
        Seeds.generator(1).nextBytes(bytes);
        return bytes;
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    DatasetCache cache(String mirrors) {
        CacheSettings settings = new CacheSettings(
                folder.resolve("data/datasets"),
                Mirror.parse(mirrors, folder),
                false,
                Duration.ofSeconds(5),
                Duration.ofMillis(400),
                3,
                Duration.ofMillis(1));
        return new FileDatasetCache(() -> settings);
    }

    RemoteFile club() {
        return new RemoteFile("karate/club.txt", server.address("/files/club.txt"), Optional.of(sha256(CONTENT)));
    }

    Path cached() {
        return folder.resolve("data/datasets/karate/club.txt");
    }

    /** The same file without a published checksum. */
    RemoteFile unpinned() {
        return new RemoteFile("karate/club.txt", server.address("/files/club.txt"), Optional.empty());
    }

    Path fetch(DatasetCache cache, RemoteFile file, TaskMonitor monitor) {
        return cache.fetch(KARATE, List.of(file), monitor).get(0);
    }

    /** Everything in the cache that is not the lock. */
    List<String> filesInCache() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(".lock"))
                    .sorted()
                    .toList();
        }
    }
}
