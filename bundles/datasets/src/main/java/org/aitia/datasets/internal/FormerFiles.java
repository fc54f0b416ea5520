package org.aitia.datasets.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.DatasetCache.RemoteFile;

/**
 * The files that a refresh put aside until new ones are whole: in {@code .former/}, below the same paths as before.
 */
final class FormerFiles {
    private final DatasetFolder folder;
    private final Path aside;
    private final Path begun; // is there while files are put aside, so that a killed refresh is ended later

    private FormerFiles(DatasetFolder folder) {
        this.folder = folder;
        this.aside = folder.path().resolve(".former");
        this.begun = folder.path().resolve(".refresh");
    }

    static FormerFiles of(DatasetFolder folder) {
        return new FormerFiles(folder);
    }

    /** Puts everything aside, so that it is fetched anew. */
    void replace(TaskMonitor monitor) throws IOException {
        if (!Files.isDirectory(folder.path())) {
            return;
        }
        try (FolderLock lock = FolderLock.acquire(folder.path(), monitor)) {
            if (!Files.exists(begun)) {
                Files.createFile(begun);
            }
            putAside();
        }
    }

    /** Ends a refresh that was killed. */
    void finish(TaskMonitor monitor) throws IOException {
        if (Files.exists(begun)) {
            try (FolderLock lock = FolderLock.acquire(folder.path(), monitor)) {
                if (Files.exists(begun)) {
                    putAside();
                }
            }
        }
    }

    private void putAside() throws IOException {
        for (Path file : folder.files()) {
            if (DatasetFolder.isPart(file)) {
                Files.delete(file);
            } else if (FileRecord.isRecord(file) && !Files.exists(FileRecord.fileOf(file))) {
                Files.deleteIfExists(file); // of a file on a mirror, which stays; or it has moved with its file
            } else if (!FileRecord.isRecord(file)) {
                Path record = FileRecord.besides(file);
                if (Files.exists(record)) {
                    move(record, former(record)); // first, so that a former file is never without it
                }
                move(file, former(file));
            }
        }
        Files.delete(begun);
    }

    private Path former(Path file) {
        return aside.resolve(folder.path().relativize(file));
    }

    /** Tells whether every one of these files is here as it was when it was first used. */
    boolean areWhole(List<RemoteFile> files, TaskMonitor monitor) throws IOException {
        if (!Files.isDirectory(aside)) {
            return false;
        }
        for (RemoteFile file : files) {
            Path former = former(folder.file(file));
            if (!Files.exists(former)) {
                return false;
            }
            Optional<String> expected = file.sha256().isPresent()
                    ? file.sha256()
                    : FileRecord.read(former, folder.dataset()).map(FileRecord::checksum);
            if (expected.isPresent() && !expected.get().equalsIgnoreCase(Checksum.of(former, monitor))) {
                return false;
            }
        }
        return true;
    }

    /** Puts files back, in place of what has come anew. */
    void restore(List<RemoteFile> files, TaskMonitor monitor) throws IOException {
        try (FolderLock lock = FolderLock.acquire(folder.path(), monitor)) {
            for (RemoteFile file : files) {
                Path current = folder.file(file);
                Path former = former(folder.file(file));
                Files.deleteIfExists(FileRecord.besides(current)); // never beside a file that it does not describe
                move(former, current);
                if (Files.exists(FileRecord.besides(former))) {
                    move(FileRecord.besides(former), FileRecord.besides(current));
                }
            }
            removeEmpty();
        }
    }

    /** Removes files that have come anew, or lie on a mirror. */
    void drop(List<RemoteFile> files, List<Path> found, TaskMonitor monitor) throws IOException {
        if (!Files.isDirectory(aside)) {
            return;
        }
        try (FolderLock lock = FolderLock.acquire(folder.path(), monitor)) {
            for (int i = 0; i < found.size(); i++) {
                if (Files.exists(found.get(i))) { // unless another process has put them aside just now
                    Path former = former(folder.file(files.get(i)));
                    Files.deleteIfExists(former);
                    Files.deleteIfExists(FileRecord.besides(former));
                }
            }
            removeEmpty();
        }
    }

    private void removeEmpty() throws IOException {
        if (!Files.isDirectory(aside)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(aside)) {
            deepestFirst = all.filter(Files::isDirectory)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path directory : deepestFirst) {
            try (Stream<Path> entries = Files.list(directory)) {
                if (entries.findAny().isPresent()) {
                    continue;
                }
            }
            Files.deleteIfExists(directory);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
