package org.aitia.formats.python;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.aitia.api.DataFormatException;
import org.aitia.formats.BadFormat;
import org.aitia.formats.ByteSource;
import org.aitia.formats.zip.ZipArchive;
import org.aitia.formats.zip.ZipLimits;

/** An npz file: arrays by their keys. Only what is asked for is read. */
public final class Npz implements Closeable {
    private static final String SUFFIX = ".npy";

    private final ZipArchive archive;
    private final Set<String> keys = new TreeSet<>();

    private Npz(ZipArchive archive) {
        this.archive = archive;
        for (String path : archive.paths()) {
            if (path.endsWith(SUFFIX)) {
                keys.add(path.substring(0, path.length() - SUFFIX.length()));
            }
        }
    }

    /**
     * Opens a file.
     *
     * @param file the file
     * @param limits what it may hold
     * @return to be closed; mapped arrays outlive that
     * @throws DataFormatException if it is no archive, or one that is refused
     */
    public static Npz open(Path file, ZipLimits limits) {
        return new Npz(ZipArchive.open(file, limits));
    }

    /**
     * Opens a file.
     *
     * @param file the file
     * @return to be closed; mapped arrays outlive that
     * @throws DataFormatException if it is no archive, or holds more than {@link ZipLimits#DEFAULT} allows
     */
    public static Npz open(Path file) {
        return open(file, ZipLimits.DEFAULT);
    }

    /**
     * Returns what messages call it.
     *
     * @return its path
     */
    public String name() {
        return archive.name();
    }

    /**
     * Returns the keys of the arrays.
     *
     * @return ascending
     */
    public Set<String> keys() {
        return Collections.unmodifiableSet(keys);
    }

    /**
     * Finds an array.
     *
     * @param key its key
     * @return empty if there is none
     * @throws DataFormatException if it is damaged
     */
    public Optional<NdArray> find(String key) {
        Optional<ByteSource> entry = archive.find(key + SUFFIX);
        return entry.map(Npy::read);
    }

    /**
     * Returns an array that has to be there.
     *
     * @param key its key
     * @return the array
     * @throws DataFormatException if there is none or it is damaged
     */
    public NdArray require(String key) {
        return find(key)
                .orElseThrow(() -> BadFormat.of(
                        archive.name(),
                        "",
                        "an array " + BadFormat.quote(key),
                        keys.isEmpty() ? "no arrays" : "only " + BadFormat.quote(String.join(", ", keys)),
                        "add it or fetch the right file"));
    }

    @Override
    public void close() {
        archive.close();
    }
}
