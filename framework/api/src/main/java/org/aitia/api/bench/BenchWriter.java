package org.aitia.api.bench;

import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Writes the report of a suite. Safe for several threads. */
@ProviderType
public interface BenchWriter {
    /**
     * Writes {@code report.md}, {@code report.html}, {@code results.csv}, {@code results.json} and pictures in {@code
     * pictures/}, each whole or not at all. The Markdown and the pictures do not depend on where they lie.
     *
     * @param result what to tell
     * @param directory where; created if missing
     * @return what was written, the report first
     * @throws org.aitia.api.StorageException if it cannot be written
     */
    List<Path> write(BenchResult result, Path directory);
}
