package org.aitia.formats;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.aitia.api.DataFormatException;

/** Bytes with a name for messages: a file, an entry of an archive, or bytes in memory. Can be read repeatedly. */
public interface ByteSource {
    /**
     * Returns what messages call it.
     *
     * @return for example {@code /data/x.zip!edges.csv}
     */
    String name();

    /**
     * Returns how many bytes there are.
     *
     * @return as the file system or archive says; reading ends with an error where that is not true
     */
    long size();

    /**
     * Begins to read.
     *
     * @return a stream, to be closed by the caller, whose errors are {@link IOException}s
     * @throws IOException if it cannot be read
     */
    InputStream open() throws IOException;

    /**
     * Returns where in a file the very same bytes lie, so that they can be mapped into memory.
     *
     * @return empty if they are compressed or in memory
     */
    Optional<Region> region();

    /**
     * A part of a file.
     *
     * @param file the file
     * @param offset where the part begins
     */
    record Region(Path file, long offset) {}

    /**
     * Reads everything.
     *
     * @param most how many bytes are accepted
     * @return the bytes
     * @throws DataFormatException if there are more than that, or they cannot be read
     */
    default byte[] bytes(long most) {
        if (size() > Math.min(most, Integer.MAX_VALUE - 8)) {
            throw BadFormat.of(name(), "", "at most " + most + " bytes", size() + " bytes");
        }
        try (InputStream in = open()) {
            byte[] bytes = in.readNBytes((int) size());
            if (bytes.length < size() || in.read() >= 0) {
                throw BadFormat.of(
                        name(),
                        "offset " + bytes.length,
                        size() + " bytes",
                        bytes.length < size() ? "the end" : "more");
            }
            return bytes;
        } catch (IOException e) {
            throw BadFormat.unreadable(name(), e);
        }
    }

    /**
     * Returns a file as a source.
     *
     * @param file an existing file
     * @return the source
     * @throws DataFormatException if it is not a file that can be read
     */
    static ByteSource of(Path file) {
        long size;
        try {
            if (!Files.isRegularFile(file)) {
                throw BadFormat.of(file.toString(), "", "a file", Files.exists(file) ? "something else" : "none");
            }
            size = Files.size(file);
        } catch (IOException e) {
            throw BadFormat.unreadable(file.toString(), e);
        }
        return new ByteSource() {
            @Override
            public String name() {
                return file.toString();
            }

            @Override
            public long size() {
                return size;
            }

            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }

            @Override
            public Optional<Region> region() {
                return Optional.of(new Region(file, 0));
            }
        };
    }

    /**
     * Returns bytes in memory as a source.
     *
     * @param name what messages call it
     * @param bytes not copied
     * @return the source
     */
    static ByteSource of(String name, byte[] bytes) {
        return new ByteSource() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public Optional<Region> region() {
                return Optional.empty();
            }
        };
    }
}
