package org.aitia.datasets.internal;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.aitia.api.DataFormatException;
import org.aitia.api.DataUnavailableException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.DatasetCache;
import org.aitia.api.dataset.DatasetInfo;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * A cache in a directory. Files are looked for in the cache, then on the mirrors
 * (directories first), then at their origin; a file that came
 * over the network appears in the cache only when it is whole and verified.
 */
@Component
public final class FileDatasetCache implements DatasetCache {
    private static final String MIRROR = "aitia.datasets.mirror";
    private static final String MIRROR_VARIABLE = "AITIA_DATASETS_MIRROR";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern SEGMENT = Pattern.compile("[^/\\\\:]*[^/\\\\:. ]"); // no "..", also for Windows

    private final Supplier<CacheSettings> configuration;

    /**
     * Creates the service. A mistake in the list of mirrors is told to whoever fetches something.
     *
     * @param context knows the configuration
     */
    @Activate
    public FileDatasetCache(BundleContext context) {
        this(
                Path.of(Optional.ofNullable(context.getProperty("aitia.data")).orElse("data")),
                Optional.ofNullable(context.getProperty(MIRROR))
                        .orElseGet(() -> System.getenv().getOrDefault(MIRROR_VARIABLE, "")));
    }

    /**
     * Creates a cache outside a container.
     *
     * @param data the data directory; files go to {@code datasets/} in it
     * @param mirrors directories and base addresses, separated by semicolons; relative directories are those of the
     *     working directory
     */
    public FileDatasetCache(Path data, String mirrors) {
        this(() -> CacheSettings.of(
                data.toAbsolutePath().resolve("datasets"),
                Mirror.parse(mirrors, Path.of("").toAbsolutePath())));
    }

    FileDatasetCache(Supplier<CacheSettings> configuration) {
        this.configuration = configuration;
    }

    @Override
    public List<Path> fetch(DatasetInfo dataset, List<RemoteFile> files, TaskMonitor monitor) {
        if (!NAME.matcher(dataset.name()).matches()) {
            throw new InvalidRequestException("'" + dataset.name() + "' cannot be the name of a folder in the cache");
        }
        return new Fetch(configuration.get(), dataset, monitor).all(files);
    }

    /** Tells origin, licence and citation once, when a server has begun to send: not before an error. */
    private static final class NoticeAtFirstBytes implements TaskMonitor {
        private final TaskMonitor monitor;
        private final Supplier<String> notice;
        private boolean noticed;

        NoticeAtFirstBytes(TaskMonitor monitor, Supplier<String> notice) {
            this.monitor = monitor;
            this.notice = notice;
        }

        @Override
        public void progress(String stage, long done, long total) {
            if (!noticed) {
                noticed = true;
                monitor.message(notice.get());
            }
            monitor.progress(stage, done, total);
        }

        @Override
        public boolean isCancelled() {
            return monitor.isCancelled();
        }

        @Override
        public void message(String text) {
            monitor.message(text);
        }
    }

    /** The work for one call. */
    private static final class Fetch {
        private final CacheSettings settings;
        private final DatasetInfo dataset;
        private final TaskMonitor monitor;
        private final TaskMonitor noticing; // of downloads
        private final Path folder;
        private Download download; // made when needed, for all files of this call

        Fetch(CacheSettings settings, DatasetInfo dataset, TaskMonitor monitor) {
            this.settings = settings;
            this.dataset = dataset;
            this.monitor = monitor;
            this.folder = settings.folder().resolve(dataset.name());
            this.noticing = new NoticeAtFirstBytes(monitor, this::notice);
        }

        List<Path> all(List<RemoteFile> files) {
            List<Path> paths = new ArrayList<>();
            for (RemoteFile file : files) {
                monitor.checkCancelled();
                paths.add(onThisMachine(file).orElseGet(() -> overTheNetwork(file)));
            }
            return paths;
        }

        private Optional<Path> onThisMachine(RemoteFile file) {
            Path cached = cached(file);
            if (Files.exists(cached)) {
                verify(cached, file, "delete it to have it fetched again");
                return Optional.of(cached);
            }
            for (Mirror mirror : settings.mirrors()) {
                if (mirror instanceof Mirror.Directory directory) {
                    Path copy = directory.path().resolve(file.mirrorPath());
                    if (Files.exists(copy)) {
                        verify(copy, file, "put an intact copy on the mirror");
                        return Optional.of(copy);
                    }
                }
            }
            return Optional.empty();
        }

        private Path overTheNetwork(RemoteFile file) {
            try (FolderLock lock = FolderLock.acquire(folder, monitor)) {
                // another thread or process may have fetched it while this one waited
                Optional<Path> fetched = onThisMachine(file);
                return fetched.isPresent() ? fetched.get() : downloaded(file);
            } catch (IOException e) {
                throw NotStored.of(folder, e);
            }
        }

        private Path downloaded(RemoteFile file) {
            if (download == null) {
                download = new Download(settings);
            }
            List<String> tried = new ArrayList<>();
            for (Mirror mirror : settings.mirrors()) {
                if (mirror instanceof Mirror.Directory directory) {
                    tried.add(directory.path().resolve(file.mirrorPath())
                            + (Files.isDirectory(directory.path())
                                    ? " (no such file)"
                                    : " (the mirror is no directory)"));
                }
            }
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
                    + cached(file));
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
            Path target = cached(file);
            Path part = target.resolveSibling(target.getFileName() + ".part");
            try {
                Files.createDirectories(target.getParent());
                boolean continued = download.run(address, name(target), part, noticing);
                String found = Checksum.of(part, monitor);
                Optional<String> expected = expected(file);
                if (continued && isWrong(expected, found)) {
                    // the two halves may be of two versions
                    Download.discard(part);
                    download.run(address, name(target), part, noticing);
                    found = Checksum.of(part, monitor);
                }
                if (isWrong(expected, found)) {
                    Download.discard(part);
                    throw wrong(
                            "download from " + address,
                            expected.orElseThrow(),
                            found,
                            "it was not kept; try again later, or set " + MIRROR_VARIABLE
                                    + "=<directory> to a directory with an intact " + file.mirrorPath());
                }
                if (expected.isEmpty()) {
                    pin(file, found);
                }
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
                Download.discard(part);
                return target;
            } catch (IOException e) {
                throw NotStored.of(target, e);
            }
        }

        private void verify(Path path, RemoteFile file, String advice) {
            try {
                String found = Checksum.of(path, monitor);
                Optional<String> expected = expected(file);
                if (isWrong(expected, found)) {
                    throw wrong("file " + path, expected.orElseThrow(), found, advice);
                }
                if (expected.isEmpty()) {
                    pin(file, found);
                }
            } catch (IOException e) {
                throw new DataFormatException("cannot read " + path + ": " + NotStored.reason(e) + "; " + advice, e);
            }
        }

        private DataFormatException wrong(String what, String expected, String found, String advice) {
            return new DataFormatException(what + " of data set '" + dataset.name() + "' is damaged: expected SHA-256 "
                    + expected + ", found " + found + "; " + advice);
        }

        /** The checksum of the declaration, or the one that was found when the file was first seen. */
        private Optional<String> expected(RemoteFile file) throws IOException {
            if (file.sha256().isPresent()) {
                return file.sha256();
            }
            Path pin = pinFile(file);
            return Files.exists(pin) ? Optional.of(Files.readString(pin).strip()) : Optional.empty();
        }

        private void pin(RemoteFile file, String checksum) throws IOException {
            Path pin = pinFile(file);
            Files.createDirectories(pin.getParent());
            Path temporary = Files.createTempFile(pin.getParent(), ".pin", ".tmp");
            Files.writeString(temporary, checksum + "\n");
            Files.move(temporary, pin, StandardCopyOption.ATOMIC_MOVE);
        }

        private Path pinFile(RemoteFile file) {
            Path cached = cached(file);
            return cached.resolveSibling(cached.getFileName() + ".sha256");
        }

        /** Where a file lies in the cache: below its data set, without the first folder of its mirror path. */
        private Path cached(RemoteFile file) {
            String[] segments = file.mirrorPath().split("/", -1);
            Path path = folder;
            for (int i = segments.length == 1 ? 0 : 1; i < segments.length; i++) {
                path = path.resolve(checked(segments[i], file));
            }
            checked(segments[0], file);
            return path;
        }

        private String checked(String segment, RemoteFile file) {
            if (!SEGMENT.matcher(segment).matches()) {
                throw new InvalidRequestException("'" + file.mirrorPath() + "' of data set '" + dataset.name()
                        + "' is not a relative path below a mirror");
            }
            return segment;
        }

        private String notice() {
            String citation = dataset.citation().isEmpty() ? "" : "; please cite: " + dataset.citation();
            return "downloading " + dataset.title() + " from " + dataset.origin() + "; licence: " + dataset.licence()
                    + citation;
        }
    }

    private static boolean isWrong(Optional<String> expected, String found) {
        return expected.isPresent() && !expected.get().equalsIgnoreCase(found);
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
