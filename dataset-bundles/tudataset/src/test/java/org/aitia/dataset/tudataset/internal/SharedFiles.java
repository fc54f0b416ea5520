package org.aitia.dataset.tudataset.internal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The published files, where the machine that runs the tests has them. */
final class SharedFiles {
    private SharedFiles() {}

    static Path mirror() {
        return Path.of(System.getProperty("aitia.shared", "absent"), "datasets");
    }

    static Path require(String path) {
        Path file = mirror().resolve(path);
        assumeTrue(Files.exists(file), () -> "skipped: there is no " + file);
        return file;
    }
}
