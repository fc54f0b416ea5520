package org.aitia.dataset.twitch.internal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The published files, where the machine that runs the tests has them. */
final class SharedFiles {
    private SharedFiles() {}

    static Path mirror() {
        return Path.of(System.getProperty("aitia.shared", "absent"), "datasets");
    }

    static void require(String code) {
        Path folder = mirror().resolve("twitch").resolve(code);
        assumeTrue(Files.isDirectory(folder), () -> "skipped: there is no " + folder);
    }
}
