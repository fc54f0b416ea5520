package org.aitia.explanations.internal;

import java.nio.file.Path;
import java.util.UUID;

/** Files on their way to their place. */
final class Temporary {
    private Temporary() {}

    /**
     * Names a file that nobody has yet. Whoever writes it makes it, so that it gets the permissions that the user's files
     * get; those that {@code Files.createTempFile} makes are for the user alone.
     */
    static Path beside(Path directory, String name) {
        return directory.resolve("." + name + "." + UUID.randomUUID() + ".tmp");
    }
}
