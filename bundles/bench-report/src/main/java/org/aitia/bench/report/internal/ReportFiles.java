package org.aitia.bench.report.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.aitia.api.StorageException;

/** Writes files into a directory, each whole or not at all. Used by one thread. */
final class ReportFiles {
    private final Path directory;
    private final List<Path> written = new ArrayList<>();

    ReportFiles(Path directory) {
        this.directory = directory;
    }

    void write(String name, String text) {
        write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    void write(String name, byte[] content) {
        Path file = directory.resolve(name);
        // not createTempFile, whose files only their owner can read
        Path temporary = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.createDirectories(temporary.getParent());
            try {
                Files.write(temporary, content);
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new StorageException(
                    "cannot write " + file + " of the report: " + e.getMessage()
                            + "; check the directory and the space left, and run again with --resume",
                    e);
        }
        written.add(file);
    }

    /** In the order of writing. */
    List<Path> written() {
        return written;
    }
}
