package org.aitia.dataset.benchmarks.internal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The published files, where the machine that runs the tests has them. */
final class SharedFiles {
    private SharedFiles() {}

    static Path mirror() {
        return Path.of(System.getProperty("aitia.shared", "absent"), "datasets");
    }

    static Path require(String name) {
        Path file = mirror().resolve(
                        name.equals("ba-2motifs-original") ? "pgexplainer/BA-2motif.pkl" : "pgexplainer/datasets.zip");
        assumeTrue(Files.isRegularFile(file), () -> "skipped: there is no " + file);
        return file;
    }
}
