package org.aitia.shell.internal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that a command will write at its end. It is checked before the work begins and appears whole or not at all.
 *
 * @param path absolute
 */
public record OutputFile(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(OutputFile.class);

    /** Writes the content. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes it.
         *
         * @param out where to; not to be closed
         * @throws IOException if writing fails
         */
        void write(OutputStream out) throws IOException;
    }

    /**
     * Checks that a file can be written, by making and removing a temporary one beside it.
     *
     * @param given what was typed
     * @param directory what a relative path is relative to
     * @return the file
     * @throws InvalidRequestException if its directory does not exist, or it is a directory
     * @throws StorageException if nothing can be written there
     */
    public static OutputFile check(String given, Path directory) {
        Path path = UserPath.resolve(given, directory);
        Path parent = path.getParent();
        if (Files.isDirectory(path) || parent == null) {
            throw new InvalidRequestException(path + " is a directory; name a file");
        }
        if (!Files.isDirectory(parent)) {
            throw new InvalidRequestException(
                    "cannot write " + path + ": there is no directory " + parent + "; make it first");
        }
        checkWritable(parent, path);
        return new OutputFile(path);
    }

    static void checkWritable(Path directory, Path file) {
        try {
            Files.delete(Files.createTempFile(directory, ".aitia", ".tmp"));
        } catch (IOException e) {
            throw new StorageException("cannot write " + file + ": " + reason(e), e);
        }
    }

    /**
     * Writes the file.
     *
     * @param content its content
     * @return its path
     * @throws StorageException if it cannot be written; what was there before is unharmed
     */
    public Path write(Content content) {
        // not createTempFile, whose files only their owner can read
        Path temporary = path.resolveSibling(".%s.%s.tmp".formatted(path.getFileName(), UUID.randomUUID()));
        try {
            try (OutputStream out =
                    new BufferedOutputStream(Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW))) {
                content.write(out);
            }
            move(temporary);
            return path;
        } catch (IOException e) {
            throw new StorageException("cannot write " + path + ": " + reason(e), e);
        } finally {
            discard(temporary);
        }
    }

    private void move(Path temporary) throws IOException {
        try {
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, path, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // the failure that led here is the one to report
            LOG.warn("Cannot remove {}", temporary, e);
        }
    }

    /**
     * Says why a file or directory could not be written. The message of the exception is often a path and nothing else.
     *
     * @param e what happened
     * @return the reason
     */
    public static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException existing) {
            return existing.getFile() + " is in the way";
        }
        if (e instanceof FileSystemException fs) {
            return fs.getReason() == null ? "the file system does not allow it" : fs.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
