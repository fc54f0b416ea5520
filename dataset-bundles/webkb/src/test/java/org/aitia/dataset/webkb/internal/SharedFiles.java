package org.aitia.dataset.webkb.internal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The published files, where the machine that runs the tests has them. */
final class SharedFiles {
    private SharedFiles() {}

    static Path mirror() {
        return Path.of(System.getProperty("aitia.shared", "absent"), "datasets");
    }

    static void require(String name) {
        Path folder = mirror().resolve("geom-gcn/new_data").resolve(name);
        assumeTrue(Files.isDirectory(folder), () -> "skipped: there is no " + folder);
    }
}
