package org.aitia.datasets.internal;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aitia.api.AitiaException;
import org.aitia.api.DataFormatException;
import org.aitia.api.DataUnavailableException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.DatasetCache.RemoteFile;
import org.aitia.api.dataset.DatasetInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the files of one call available. */
final class Fetch {
    private static final Logger LOG = LoggerFactory.getLogger(Fetch.class);
    private static final String MIRROR_VARIABLE = "AITIA_DATASETS_MIRROR";

    private final CacheSettings settings;
    private final DatasetInfo dataset;
    private final DatasetFolder folder;
    private final List<RemoteFile> files;
    private final TaskMonitor monitor;
    private final TaskMonitor noticing; // of downloads
    private Download download; // made when needed, for all files of this call

    Fetch(CacheSettings settings, DatasetInfo dataset, List<RemoteFile> files, TaskMonitor monitor) {
        this.settings = settings;
        this.dataset = dataset;
        this.folder = new DatasetFolder(settings.folder(), dataset.name());
        this.files = List.copyOf(files);
        this.monitor = monitor;
        this.noticing = new FirstBytesNotice(monitor, dataset);
    }

    List<Path> all() {
        FormerFiles former = FormerFiles.of(folder);
        try {
            former.finish(monitor);
            List<Path> paths;
            try {
                paths = each();
            } catch (DataUnavailableException | DataFormatException e) {
                paths = formerInstead(former, e);
            }
            former.drop(files, paths, monitor);
            return paths;
        } catch (IOException e) {
            throw NotStored.of(folder.path(), e);
        }
    }

    private List<Path> each() {
        List<Path> paths = new ArrayList<>();
        for (RemoteFile file : files) {
            monitor.checkCancelled();
            paths.add(onThisMachine(file).orElseGet(() -> overTheNetwork(file)));
        }
        return paths;
    }

    /** A refresh that fails is no reason to be without data. */
    private List<Path> formerInstead(FormerFiles former, AitiaException failure) throws IOException {
        if (!former.areWhole(files, monitor)) {
            throw failure;
        }
        monitor.message(
                "data set '" + dataset.name() + "' stays as it was before its refresh: " + failure.getMessage());
        former.restore(files, monitor);
        return each();
    }

    private Optional<Path> onThisMachine(RemoteFile file) {
        Optional<Path> place = place(file);
        place.ifPresent(path -> {
            boolean cached = path.equals(folder.file(file));
            verify(path, file, cached ? FileRecord.refresh(dataset.name()) : "put an intact copy on the mirror");
        });
        return place;
    }

    private void verify(Path path, RemoteFile file, String advice) {
        String found;
        try {
            found = Checksum.of(path, monitor);
        } catch (IOException e) {
            throw new DataFormatException("cannot read " + path + ": " + NotStored.reason(e) + "; " + advice, e);
        }
        Optional<String> expected = expected(file);
        if (isWrong(expected, found)) {
            throw wrong("file " + path, file, expected.orElseThrow(), found, advice);
        }
        try {
            record(file, found);
        } catch (IOException e) {
            // the file is there and can be used, if only from a cache that cannot be written
            LOG.info("Cannot record the checksum of {}: {}", path, NotStored.reason(e));
        }
    }

    private Path overTheNetwork(RemoteFile file) {
        if (settings.offline()) {
            throw offline(file);
        }
        try (FolderLock lock = FolderLock.acquire(folder.path(), monitor)) {
            // another thread or process may have fetched it while this one waited
            Optional<Path> fetched = onThisMachine(file);
            return fetched.isPresent() ? fetched.get() : downloaded(file);
        } catch (IOException e) {
            throw NotStored.of(folder.path(), e);
        }
    }

    private DataUnavailableException offline(RemoteFile file) {
        List<String> looked = new ArrayList<>(List.of(folder.file(file).toString()));
        looked.addAll(searchedMirrors(file));
        return new DataUnavailableException("file " + file.mirrorPath() + " of data set '" + dataset.name()
                + "' is not on this machine (looked for " + String.join(", ", looked)
                + ") and aitia.datasets.offline is true; copy it from " + file.origin() + " to " + folder.file(file)
                + ", or set " + MIRROR_VARIABLE + "=<directory> to a directory that holds " + file.mirrorPath()
                + ", or go online with AITIA_DATASETS_OFFLINE=false" + alsoMissing());
    }

    /** Whoever has to copy files by hand wants to know of all of them at once. */
    private String alsoMissing() {
        List<String> missing = files.stream()
                .filter(file -> place(file).isEmpty())
                .map(RemoteFile::mirrorPath)
                .toList();
        return missing.size() < 2 ? "" : "; missing are " + String.join(", ", missing);
    }

    private Optional<Path> place(RemoteFile file) {
        Path cached = folder.file(file);
        if (Files.exists(cached)) {
            return Optional.of(cached);
        }
        for (Mirror mirror : settings.mirrors()) {
            if (mirror instanceof Mirror.Directory directory) {
                Path copy = directory.path().resolve(file.mirrorPath());
                if (Files.exists(copy)) {
                    return Optional.of(copy);
                }
            }
        }
        return Optional.empty();
    }

    private List<String> searchedMirrors(RemoteFile file) {
        List<String> searched = new ArrayList<>();
        for (Mirror mirror : settings.mirrors()) {
            if (mirror instanceof Mirror.Directory directory) {
                boolean there = Files.isDirectory(directory.path());
                searched.add(directory.path().resolve(file.mirrorPath())
                        + (there ? " (no such file)" : " (the mirror is no directory)"));
            }
        }
        return searched;
    }

    private Path downloaded(RemoteFile file) {
        if (download == null) {
            download = new Download(settings);
        }
        List<String> tried = searchedMirrors(file);
        for (URI address : addresses(file)) {
            try {
                return downloaded(file, address);
            } catch (TransferException e) {
                tried.add(address + " (" + e.getMessage() + ")");
            }
        }
        throw new DataUnavailableException("file " + file.mirrorPath() + " of data set '" + dataset.name()
                + "' cannot be had: tried " + String.join(", ", tried) + "; set " + MIRROR_VARIABLE
                + "=<directory> to a directory that holds " + file.mirrorPath() + ", or copy the file to "
                + folder.file(file) + alsoMissing());
    }

    private List<URI> addresses(RemoteFile file) {
        List<URI> addresses = new ArrayList<>();
        for (Mirror mirror : settings.mirrors()) {
            if (mirror instanceof Mirror.Address address) {
                addresses.add(address.resolve(file.mirrorPath()));
            }
        }
        addresses.add(file.origin());
        return addresses;
    }

    private Path downloaded(RemoteFile file, URI address) throws TransferException {
        Path target = folder.file(file);
        Path part = target.resolveSibling(target.getFileName() + DatasetFolder.PART);
        Optional<String> expected = expected(file);
        try {
            Files.createDirectories(target.getParent());
            Download.Source source = new Download.Source(address, name(target), expected.isPresent());
            boolean continued = download.run(source, part, noticing);
            String found = Checksum.of(part, monitor);
            if (continued && isWrong(expected, found)) {
                // the two halves may be of two versions
                Download.discard(part);
                download.run(source, part, noticing);
                found = Checksum.of(part, monitor);
            }
            if (isWrong(expected, found)) {
                Download.discard(part);
                throw wrong(
                        "download from " + address,
                        file,
                        expected.orElseThrow(),
                        found,
                        "it was not kept; try again later, or set " + MIRROR_VARIABLE
                                + "=<directory> to a directory with an intact " + file.mirrorPath());
            }
            record(file, found);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            Download.discard(part); // its note
            return target;
        } catch (IOException e) {
            throw NotStored.of(target, e);
        }
    }

    private DataFormatException wrong(String what, RemoteFile file, String expected, String found, String advice) {
        boolean published = file.sha256().isPresent();
        return new DataFormatException(what + " of data set '" + dataset.name()
                + (published ? "' is damaged" : "' is not what it was at first use") + ": expected SHA-256 " + expected
                + ", found " + found + "; " + advice
                + (published || advice.contains("--refresh")
                        ? ""
                        : "; if it has rightly changed, accept that with: dataset " + dataset.name() + " --refresh"));
    }

    /** The checksum of the declaration, or the one that was found when the file was first seen. */
    private Optional<String> expected(RemoteFile file) {
        return file.sha256().isPresent() ? file.sha256() : recorded(file).map(FileRecord::checksum);
    }

    private Optional<FileRecord> recorded(RemoteFile file) {
        try {
            return FileRecord.read(folder.file(file), dataset.name());
        } catch (IOException e) {
            Path record = FileRecord.besides(folder.file(file));
            throw new DataFormatException(
                    "cannot read " + record + ": " + NotStored.reason(e) + "; " + FileRecord.refresh(dataset.name()),
                    e);
        }
    }

    private void record(RemoteFile file, String checksum) throws IOException {
        FileRecord record = new FileRecord(checksum, Optional.of(file.mirrorPath()));
        if (!recorded(file).equals(Optional.of(record))) {
            record.write(folder.file(file));
        }
    }

    private static boolean isWrong(Optional<String> expected, String found) {
        return expected.isPresent() && !expected.get().equalsIgnoreCase(found);
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
