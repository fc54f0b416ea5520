package org.aitia.formats;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aitia.api.DataFormatException;
import org.aitia.formats.zip.ZipArchive;
import org.aitia.formats.zip.ZipLimits;

/** Files that belong together, by their paths: a folder, or an archive of one. */
public interface FileSet extends Closeable {
    /**
     * Returns what messages call it.
     *
     * @return the path of the folder or archive
     */
    String name();

    /**
     * Returns the paths of the files, with {@code /} between folders; one folder around all is left out.
     *
     * @return ascending
     */
    Set<String> paths();

    /**
     * Finds a file.
     *
     * @param path as in {@link #paths()}
     * @return empty if there is none
     */
    Optional<ByteSource> find(String path);

    /**
     * Returns a file that has to be there.
     *
     * @param path as in {@link #paths()}
     * @return its bytes
     * @throws DataFormatException if there is none
     */
    default ByteSource require(String path) {
        return find(path)
                .orElseThrow(() -> BadFormat.of(
                        name(),
                        "",
                        "a file " + BadFormat.quote(path),
                        paths().isEmpty() ? "no files" : BadFormat.quote(String.join(", ", paths())),
                        "add it or fetch all anew"));
    }

    @Override
    void close();

    /**
     * Opens a folder or a zip archive.
     *
     * @param path which one
     * @param limits what an archive may hold; a folder may hold as many files
     * @return to be closed
     * @throws DataFormatException if it is neither
     */
    static FileSet open(Path path, ZipLimits limits) {
        return Files.isDirectory(path) ? folder(path, limits) : ZipArchive.open(path, limits);
    }

    private static FileSet folder(Path folder, ZipLimits limits) {
        Map<String, ByteSource> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) { // does not follow links
            Stream<Path> regular = all.filter(Files::isRegularFile);
            for (Path file : (Iterable<Path>) regular.limit(limits.entries() + 1L)::iterator) {
                files.put(
                        folder.relativize(file)
                                .toString()
                                .replace(file.getFileSystem().getSeparator(), "/"),
                        ByteSource.of(file));
            }
        } catch (UncheckedIOException e) { // a folder within that cannot be read
            throw BadFormat.unreadable(folder.toString(), e.getCause());
        } catch (IOException e) {
            throw BadFormat.unreadable(folder.toString(), e);
        }
        if (files.size() > limits.entries()) {
            throw BadFormat.of(
                    folder.toString(), "", "at most " + limits.entries() + " files", "more", "name the right folder");
        }
        return new FileSet() {
            @Override
            public String name() {
                return folder.toString();
            }

            @Override
            public Set<String> paths() {
                return Collections.unmodifiableSet(files.keySet());
            }

            @Override
            public Optional<ByteSource> find(String path) {
                return Optional.ofNullable(files.get(path));
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }
}
