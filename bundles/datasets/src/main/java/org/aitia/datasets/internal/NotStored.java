package org.aitia.datasets.internal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.aitia.api.StorageException;

/** Phrases why the cache could not write. */
final class NotStored {
    private NotStored() {}

    static StorageException of(Path path, IOException cause) {
        return new StorageException(
                "cannot write " + path + ": " + reason(cause)
                        + "; make room, or choose another data directory with AITIA_DATA=<directory>",
                cause);
    }

    static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "access denied";
        } else if (cause instanceof FileAlreadyExistsException) {
            return "a file is in the way";
        } else if (cause instanceof FileSystemException e && e.getReason() != null) {
            return e.getReason();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
