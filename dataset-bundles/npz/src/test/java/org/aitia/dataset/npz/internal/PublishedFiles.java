package org.aitia.dataset.npz.internal;

import java.util.Map;
import org.aitia.testkit.data.SharedFiles;

/** The published files, where the machine that runs the tests has them. */
final class PublishedFiles {
    private static final Map<String, String> FILES = Map.of(
            "cora-ml", "ppnp/cora_ml.npz",
            "amazon-photo", "gnn-benchmark/amazon_electronics_photo.npz",
            "cora-linqs", "gnn-benchmark/cora.npz");

    private PublishedFiles() {}

    /** Whether the checksum of the file is known, so that nothing can stand in for it. */
    static boolean isPublished(String name) {
        return FILES.containsKey(name);
    }

    static void require(String name) {
        SharedFiles.dataset(FILES.get(name));
    }
}
