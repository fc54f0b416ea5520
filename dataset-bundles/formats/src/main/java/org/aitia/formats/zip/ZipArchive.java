package org.aitia.formats.zip;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.aitia.api.AitiaException;
import org.aitia.api.DataFormatException;
import org.aitia.formats.BadFormat;
import org.aitia.formats.ByteSource;
import org.aitia.formats.FileSet;

/**
 * A zip archive that nobody vouches for. Nothing is ever unpacked to disk; entries are read as streams.
 *
 * <p>The whole archive is refused when it is opened if a name points out of it, if it holds a link, an encrypted entry,
 * a compression other than deflate or two entries of one name, or if it declares more than the limits allow. What an
 * entry holds is counted while it is read, so that a false declaration does no harm, and is checked against its CRC.
 * What operating systems add ({@code __MACOSX}, {@code .DS_Store} and the like) is overlooked, and a single folder
 * around everything is left out of paths.
 *
 * <p>May be used by several threads. The JDK reads the archive; it refuses encryption and foreign compressions itself.
 * {@link ZipDirectory} adds the two things that it does not tell. Commons Compress would tell them, but a bundle that
 * contains the part of it that is needed, with what that needs, is ten times as large.
 */
public final class ZipArchive implements FileSet {
    private static final long RATIO_MATTERS_FROM = 1L << 20;

    private final String name;
    private final Path file;
    private final ZipFile zip;
    private final Map<String, ByteSource> entries = new TreeMap<>();

    private ZipArchive(Path file, ZipFile zip) {
        this.name = file.toString();
        this.file = file;
        this.zip = zip;
    }

    /**
     * Opens an archive.
     *
     * @param file the archive
     * @param limits what it may hold
     * @return to be closed
     * @throws DataFormatException if it is no archive, or one that is refused
     */
    public static ZipArchive open(Path file, ZipLimits limits) {
        long length = ByteSource.of(file).size(); // says clearly if there is no such file
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (IOException | RuntimeException e) {
            throw notAnArchive(file, e);
        }
        ZipArchive archive = new ZipArchive(file, zip);
        try {
            archive.list(limits, ZipDirectory.read(file), length);
            return archive;
        } catch (AitiaException e) {
            archive.close();
            throw e;
        } catch (IOException | RuntimeException e) {
            archive.close();
            throw notAnArchive(file, e);
        }
    }

    private static DataFormatException notAnArchive(Path file, Exception e) {
        DataFormatException failure =
                BadFormat.of(file.toString(), "", "a zip archive", "a damaged one (" + BadFormat.oneLine(e) + ")");
        failure.initCause(e);
        return failure;
    }

    private void list(ZipLimits limits, ZipDirectory directory, long length) {
        List<? extends ZipEntry> all = Collections.list(zip.entries());
        if (all.size() > limits.entries()) {
            throw BadFormat.of(name, "", "at most " + limits.entries() + " entries", Integer.toString(all.size()));
        }
        Map<String, ZipEntry> files = new TreeMap<>();
        long total = 0;
        long compressed = 0;
        for (ZipEntry entry : all) {
            String path = EntryNames.normalized(entry.getName()).orElseThrow(() -> refused(entry, "points out of it"));
            if (directory.isLink(entry.getName())) {
                throw refused(entry, "is a link");
            }
            if (entry.isDirectory() || EntryNames.isClutter(path)) {
                continue;
            }
            check(entry, limits);
            total += entry.getSize();
            compressed += entry.getCompressedSize();
            if (compressed > length) { // more than there is, or entries that share bytes
                throw refused(entry, "has a wrong size");
            }
            if (total > limits.totalBytes()) {
                throw BadFormat.of(
                        name,
                        "",
                        "at most " + limits.totalBytes() + " uncompressed bytes in all",
                        "more (a zip bomb?)");
            }
            if (files.put(path, entry) != null) {
                throw refused(entry, "is there twice");
            }
        }
        String top = EntryNames.topFolder(files.keySet());
        files.forEach((path, entry) -> entries.put(path.substring(top.length()), new Entry(entry, directory)));
    }

    private void check(ZipEntry entry, ZipLimits limits) {
        boolean stored = entry.getMethod() == ZipEntry.STORED;
        long size = entry.getSize();
        long compressed = entry.getCompressedSize();
        if (size < 0 || compressed < 0 || stored && size != compressed) {
            throw refused(entry, "has a wrong size");
        }
        if (size > limits.entryBytes()) {
            throw BadFormat.of(
                    name,
                    "entry " + BadFormat.quote(entry.getName()),
                    "at most " + limits.entryBytes() + " uncompressed bytes",
                    size + " (a zip bomb?)");
        }
        if (size >= RATIO_MATTERS_FROM && size / limits.ratio() > compressed) {
            throw BadFormat.of(
                    name,
                    "entry " + BadFormat.quote(entry.getName()),
                    "at most " + limits.ratio() + " times its compressed bytes",
                    size + " bytes from " + compressed + " (a zip bomb?)");
        }
    }

    private DataFormatException refused(ZipEntry entry, String why) {
        return BadFormat.of(
                name,
                "entry " + BadFormat.quote(entry.getName()),
                "plain files inside the archive",
                "one that " + why,
                "make the archive anew without it");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<String> paths() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    @Override
    public Optional<ByteSource> find(String path) {
        return Optional.ofNullable(entries.get(path));
    }

    /**
     * Returns the files by their last names, for archives whose folders do not matter.
     *
     * @param lastName for example {@code edges.csv}
     * @return those of that name, in the order of their paths
     */
    public List<ByteSource> named(String lastName) {
        List<ByteSource> found = new ArrayList<>();
        entries.forEach((path, source) -> {
            if (path.equals(lastName) || path.endsWith("/" + lastName)) {
                found.add(source);
            }
        });
        return found;
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw BadFormat.unreadable(name, e);
        }
    }

    private final class Entry implements ByteSource {
        private final ZipEntry entry;
        private final ZipDirectory directory;

        Entry(ZipEntry entry, ZipDirectory directory) {
            this.entry = entry;
            this.directory = directory;
        }

        @Override
        public String name() {
            return name + "!" + entry.getName();
        }

        @Override
        public long size() {
            return entry.getSize();
        }

        @Override
        public InputStream open() throws IOException {
            try {
                return new CheckedStream(zip.getInputStream(entry), entry.getSize(), entry.getCrc());
            } catch (RuntimeException e) {
                throw new IOException(BadFormat.oneLine(e), e);
            }
        }

        @Override
        public Optional<Region> region() {
            if (entry.getMethod() != ZipEntry.STORED) {
                return Optional.empty();
            }
            try {
                return directory.dataOffset(entry.getName(), entry.getSize()).map(at -> new Region(file, at));
            } catch (IOException e) {
                throw BadFormat.unreadable(name(), e);
            }
        }
    }
}
