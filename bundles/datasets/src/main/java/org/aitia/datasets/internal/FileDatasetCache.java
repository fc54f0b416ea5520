package org.aitia.datasets.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.DatasetCache;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.dataset.Datasets.FileCheck;
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
    private static final String OFFLINE = "aitia.datasets.offline";

    private final Supplier<CacheSettings> configuration;

    /**
     * Creates the service. A mistake in the configuration is told to whoever fetches something.
     *
     * @param context knows the configuration
     */
    @Activate
    public FileDatasetCache(BundleContext context) {
        this(
                Path.of(Optional.ofNullable(context.getProperty("aitia.data")).orElse("data")),
                property(context, MIRROR),
                property(context, OFFLINE));
    }

    /**
     * Creates a cache outside a container.
     *
     * @param data the data directory; files go to {@code datasets/} in it
     * @param mirrors directories and base addresses, separated by semicolons; relative directories are those of the
     *     working directory
     */
    public FileDatasetCache(Path data, String mirrors) {
        this(data, mirrors, "");
    }

    private FileDatasetCache(Path data, String mirrors, String offline) {
        this(() -> CacheSettings.of(
                data.toAbsolutePath().resolve("datasets"),
                Mirror.parse(mirrors, Path.of("").toAbsolutePath()),
                isOffline(offline)));
    }

    FileDatasetCache(Supplier<CacheSettings> configuration) {
        this.configuration = configuration;
    }

    private static String property(BundleContext context, String name) {
        String variable = name.toUpperCase(Locale.ROOT).replace('.', '_');
        return Optional.ofNullable(context.getProperty(name))
                .orElseGet(() -> System.getenv().getOrDefault(variable, ""));
    }

    static boolean isOffline(String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "", "false" -> false;
            case "true" -> true;
            default -> throw new InvalidRequestException(OFFLINE + " is '" + value + "'; it takes true or false");
        };
    }

    @Override
    public List<Path> fetch(DatasetInfo dataset, List<RemoteFile> files, TaskMonitor monitor) {
        return new Fetch(configuration.get(), dataset, files, monitor).all();
    }

    @Override
    public List<FileCheck> verify(String dataset, TaskMonitor monitor) {
        CacheSettings settings = configuration.get();
        return new Verification(settings.mirrors(), monitor).of(new DatasetFolder(settings.folder(), dataset));
    }

    @Override
    public void refresh(String dataset, TaskMonitor monitor) {
        DatasetFolder folder = new DatasetFolder(configuration.get().folder(), dataset);
        try {
            FormerFiles.of(folder).replace(monitor);
        } catch (IOException e) {
            throw NotStored.of(folder.path(), e);
        }
    }
}
