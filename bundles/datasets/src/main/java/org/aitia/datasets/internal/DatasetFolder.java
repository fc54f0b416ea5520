package org.aitia.datasets.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.dataset.DatasetCache.RemoteFile;

/**
 * The folder of one data set in the cache. Beside its files lie their {@link FileRecord}s and the parts of those on
 * their way; names that begin with a dot are the cache's own.
 */
final class DatasetFolder {
    static final String PART = ".part";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern SEGMENT = Pattern.compile("[^/\\\\:]*[^/\\\\:. ]"); // no "..", also for Windows

    private final String dataset;
    private final Path path;

    DatasetFolder(Path cache, String dataset) {
        if (!NAME.matcher(dataset).matches()) {
            throw new InvalidRequestException("'" + dataset + "' cannot be the name of a folder in the cache");
        }
        this.dataset = dataset;
        this.path = cache.resolve(dataset);
    }

    String dataset() {
        return dataset;
    }

    Path path() {
        return path;
    }

    /** Where a file lies when it is in the cache: under its mirror path without the first folder of that. */
    Path file(RemoteFile file) {
        String[] segments = file.mirrorPath().split("/", -1);
        Path result = path;
        for (int i = 0; i < segments.length; i++) {
            if (!SEGMENT.matcher(segments[i]).matches()) {
                throw new InvalidRequestException("'" + file.mirrorPath() + "' of data set '" + dataset
                        + "' is not a relative path below a mirror");
            }
            if (i > 0 || segments.length == 1) {
                result = result.resolve(segments[i]);
            }
        }
        return result;
    }

    /** Everything here that is not the cache's own, ascending; parts and records included. */
    List<Path> files() throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(path)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !isOwn(path.relativize(file)))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isOwn(Path relative) {
        for (Path segment : relative) {
            if (segment.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    static boolean isPart(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(PART) || name.endsWith(PART + PartNote.SUFFIX);
    }
}
