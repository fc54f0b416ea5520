package org.aitia.shell.internal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.aitia.api.InvalidRequestException;

/** Paths as users type them. */
public final class UserPath {
    private UserPath() {}

    /**
     * Reads a path.
     *
     * @param typed what was typed
     * @param directory what a relative path is relative to
     * @return absolute and normalised
     * @throws InvalidRequestException if it is none
     */
    public static Path resolve(String typed, Path directory) {
        try {
            return directory.resolve(typed).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new InvalidRequestException("'" + typed + "' is no file name: " + e.getReason(), e);
        }
    }
}
