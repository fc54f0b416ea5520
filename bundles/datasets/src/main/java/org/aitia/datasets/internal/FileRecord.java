package org.aitia.datasets.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.aitia.api.DataFormatException;

/**
 * What is known of a file since it was first seen. It lies beside the place of the file in the cache, even while the
 * file itself lies on a mirror, in the notation of {@code sha256sum}, with the mirror path as a remark.
 *
 * @param checksum lower-case hexadecimal SHA-256, published or found at first use
 * @param mirrorPath path below a mirror's root; empty in records of earlier versions
 */
record FileRecord(String checksum, Optional<String> mirrorPath) {
    static final String SUFFIX = ".sha256";
    private static final Pattern CHECKSUM = Pattern.compile("[0-9a-f]{64}");
    private static final String REMARK = "# ";

    static boolean isRecord(Path path) {
        return path.getFileName().toString().endsWith(SUFFIX);
    }

    static Path besides(Path file) {
        return file.resolveSibling(file.getFileName() + SUFFIX);
    }

    static Path fileOf(Path record) {
        String name = record.getFileName().toString();
        return record.resolveSibling(name.substring(0, name.length() - SUFFIX.length()));
    }

    /** Reads the record of a file, if there is one. */
    static Optional<FileRecord> read(Path file, String dataset) throws IOException {
        Path record = besides(file);
        if (!Files.exists(record)) {
            return Optional.empty();
        }
        List<String> lines = Files.readString(record).lines().toList();
        String checksum = lines.isEmpty() ? "" : lines.get(0).split(" ", 2)[0].toLowerCase(Locale.ROOT);
        if (!CHECKSUM.matcher(checksum).matches()) {
            throw new DataFormatException("file " + record + " of data set '" + dataset
                    + "' is damaged: expected a SHA-256 checksum, found '" + checksum + "'; " + refresh(dataset));
        }
        Optional<String> mirrorPath = lines.stream()
                .filter(line -> line.startsWith(REMARK))
                .map(line -> line.substring(REMARK.length()))
                .findFirst();
        return Optional.of(new FileRecord(checksum, mirrorPath));
    }

    /** Writes the record of a file, at once or not at all. */
    void write(Path file) throws IOException {
        Path record = besides(file);
        Files.createDirectories(record.getParent());
        Path temporary = Files.createTempFile(record.getParent(), ".record", ".tmp");
        try {
            Files.writeString(
                    temporary,
                    checksum + "  " + file.getFileName() + "\n"
                            + mirrorPath.map(path -> REMARK + path + "\n").orElse(""));
            Files.move(temporary, record, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** What to do when a file is to be had anew. */
    static String refresh(String dataset) {
        return "have it fetched anew with: dataset " + dataset + " --refresh";
    }
}
