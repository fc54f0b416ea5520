package org.aitia.dataset.npz.internal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The published files, where the machine that runs the tests has them. */
final class SharedFiles {
    private static final Map<String, String> FILES = Map.of(
            "cora-ml", "ppnp/cora_ml.npz",
            "amazon-photo", "gnn-benchmark/amazon_electronics_photo.npz",
            "cora-linqs", "gnn-benchmark/cora.npz");

    private SharedFiles() {}

    static Path mirror() {
        return Path.of(System.getProperty("aitia.shared", "absent"), "datasets");
    }

    /** Whether the checksum of the file is known, so that nothing can stand in for it. */
    static boolean isPublished(String name) {
        return FILES.containsKey(name);
    }

    static void require(String name) {
        Path file = mirror().resolve(FILES.get(name));
        assumeTrue(Files.isRegularFile(file), () -> "skipped: there is no " + file);
    }
}
