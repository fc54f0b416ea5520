package org.aitia.datasets.internal;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What is known of a part: on two lines, the address that it came from and the server's validator. */
final class PartNote {
    static final String SUFFIX = ".from";

    private final Path file;

    PartNote(Path part) {
        file = part.resolveSibling(part.getFileName() + SUFFIX);
    }

    /** The validator, if the part came from this address and the server gave one. */
    Optional<String> validator(URI address) {
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.size() == 2 && lines.get(0).equals(address.toString())
                    ? Optional.of(lines.get(1))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // without a note a download begins anew
        }
    }

    void write(URI address, Optional<String> validator) {
        try {
            if (validator.isPresent()) {
                Files.write(file, List.of(address.toString(), validator.get()));
            } else {
                delete();
            }
        } catch (IOException e) {
            throw NotStored.of(file, e);
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
