package org.aitia.datasets.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.aitia.api.DataFormatException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Datasets.FileCheck;
import org.aitia.api.dataset.Datasets.FileCheck.Status;

/** Compares what is stored of a data set, in the cache or on mirror directories, with its records. */
final class Verification {
    private final List<Mirror> mirrors;
    private final TaskMonitor monitor;

    Verification(List<Mirror> mirrors, TaskMonitor monitor) {
        this.mirrors = mirrors;
        this.monitor = monitor;
    }

    List<FileCheck> of(DatasetFolder folder) {
        TreeSet<Path> files = new TreeSet<>();
        try {
            for (Path file : folder.files()) {
                if (!DatasetFolder.isPart(file)) {
                    files.add(FileRecord.isRecord(file) ? FileRecord.fileOf(file) : file);
                }
            }
            List<FileCheck> checks = new ArrayList<>();
            for (Path file : files) {
                monitor.progress("checking files", checks.size(), files.size());
                checks.add(check(folder, file));
            }
            monitor.progress("checking files", files.size(), files.size());
            checks.sort(Comparator.comparing(FileCheck::name));
            return List.copyOf(checks);
        } catch (IOException e) {
            throw new DataFormatException("cannot read " + folder.path() + ": " + NotStored.reason(e), e);
        }
    }

    private FileCheck check(DatasetFolder folder, Path file) throws IOException {
        Optional<FileRecord> record = FileRecord.read(file, folder.dataset());
        Optional<String> mirrorPath = record.flatMap(FileRecord::mirrorPath);
        String below = folder.path().relativize(file).toString().replace('\\', '/');
        Optional<String> expected = record.map(FileRecord::checksum);
        Optional<Path> place = place(file, mirrorPath);
        if (place.isEmpty()) {
            return new FileCheck(mirrorPath.orElse(below), 0, Status.MISSING, expected, Optional.empty());
        }
        String found = Checksum.of(place.get(), monitor);
        Status status =
                expected.map(e -> e.equals(found) ? Status.OK : Status.CHANGED).orElse(Status.UNPINNED);
        return new FileCheck(mirrorPath.orElse(below), Files.size(place.get()), status, expected, Optional.of(found));
    }

    /** In the order in which fetching looks. */
    private Optional<Path> place(Path cached, Optional<String> mirrorPath) {
        if (Files.exists(cached)) {
            return Optional.of(cached);
        }
        for (Mirror mirror : mirrors) {
            if (mirror instanceof Mirror.Directory directory && mirrorPath.isPresent()) {
                Path copy = directory.path().resolve(mirrorPath.get());
                if (Files.exists(copy)) {
                    return Optional.of(copy);
                }
            }
        }
        return Optional.empty();
    }
}
