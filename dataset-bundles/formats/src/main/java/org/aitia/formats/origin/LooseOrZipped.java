package org.aitia.formats.origin;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.aitia.api.DataUnavailableException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.DatasetCache;
import org.aitia.api.dataset.DatasetCache.RemoteFile;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.formats.ByteSource;
import org.aitia.formats.FileSet;
import org.aitia.formats.zip.ZipArchive;
import org.aitia.formats.zip.ZipLimits;

/**
 * Files that are published as one archive, and that a mirror or the cache may hold one by one: the loose files are
 * looked for first, and the archive is fetched where not all of them are found.
 *
 * @param folder path below a mirror's root that the loose files have in common, without a slash at its end
 * @param files path of each loose file below that folder, and its checksum where it is known
 * @param archive what is fetched otherwise
 * @param limits what the archive may hold
 */
public record LooseOrZipped(String folder, Map<String, Optional<String>> files, RemoteFile archive, ZipLimits limits) {

    /** Copies the map. */
    public LooseOrZipped {
        files = Map.copyOf(files);
    }

    /**
     * Makes the files available. In an archive a file is found by its path, with or without folders around it.
     *
     * @param cache fetches them
     * @param dataset what needs them
     * @param monitor told of progress
     * @return to be closed; with the archive, everything that is in it
     * @throws DataUnavailableException if there are neither the loose files nor the archive
     * @throws org.aitia.api.DataFormatException if a checksum is wrong or the archive is refused
     * @throws org.aitia.api.CancelledException if the monitor says so
     */
    public FileSet fetch(DatasetCache cache, DatasetInfo dataset, TaskMonitor monitor) {
        if (!files.isEmpty()) {
            try {
                return loose(cache, dataset, monitor);
            } catch (DataUnavailableException e) {
                monitor.checkCancelled(); // not all are there, which is no mistake
            }
        }
        try {
            Path zip = cache.fetch(dataset, List.of(archive), monitor).get(0);
            return new Anywhere(ZipArchive.open(zip, limits));
        } catch (DataUnavailableException e) {
            throw files.isEmpty()
                    ? e
                    : new DataUnavailableException(
                            e.getMessage() + "; a mirror may also hold the files one by one: " + folder + "/"
                                    + String.join(", ", new TreeMap<>(files).keySet()),
                            e);
        }
    }

    private FileSet loose(DatasetCache cache, DatasetInfo dataset, TaskMonitor monitor) {
        List<String> names = new ArrayList<>(new TreeMap<>(files).keySet());
        List<RemoteFile> remote = names.stream().map(this::onMirrorsOnly).toList();
        List<Path> paths = cache.fetch(dataset, remote, monitor);
        Map<String, ByteSource> sources = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            sources.put(names.get(i), ByteSource.of(paths.get(i)));
        }
        return new Loose(paths.get(0).getParent().toString(), sources);
    }

    /** The origin is no address of the network, so that none is asked but a mirror's. */
    private RemoteFile onMirrorsOnly(String file) {
        String path = folder + "/" + file;
        return new RemoteFile(path, URI.create("mirror:" + path), files.get(file));
    }

    /** Loose files by their paths below the folder. */
    private record Loose(String name, Map<String, ByteSource> sources) implements FileSet {
        @Override
        public Set<String> paths() {
            return Collections.unmodifiableSet(sources.keySet());
        }

        @Override
        public Optional<ByteSource> find(String path) {
            return Optional.ofNullable(sources.get(path));
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    /** An archive whose outer folders do not matter. */
    private record Anywhere(ZipArchive archive) implements FileSet {
        @Override
        public String name() {
            return archive.name();
        }

        @Override
        public Set<String> paths() {
            return archive.paths();
        }

        @Override
        public Optional<ByteSource> find(String path) {
            Optional<ByteSource> exact = archive.find(path);
            if (exact.isPresent()) {
                return exact;
            }
            List<ByteSource> found = archive.named(path); // compares the ends of paths
            return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
        }

        @Override
        public void close() {
            archive.close();
        }
    }
}
