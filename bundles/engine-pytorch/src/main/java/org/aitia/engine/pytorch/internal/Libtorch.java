package org.aitia.engine.pytorch.internal;

import ai.djl.util.Utils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.aitia.api.DataUnavailableException;
import org.aitia.api.DeviceException;
import org.aitia.api.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An unpacked libtorch.
 *
 * @param directory holds its shared libraries
 * @param cache a writable directory with DJL's layout, in which DJL unpacks its glue
 * @param version such as {@code 2.7.1}, possibly with a build number
 * @param flavor {@code cpu} or for example {@code cu128}
 */
record Libtorch(Path directory, Path cache, String version, String flavor) {
    private static final Logger LOG = LoggerFactory.getLogger(Libtorch.class);

    /** Describes the libraries within a native jar. */
    private static final String CONTENTS = "native/lib/pytorch.properties";

    private static final String UNPACKING = "unpacking";

    /**
     * Finds libtorch: a directory that was named, else the jar that was named, else a jar on the class path. Unpacks a
     * jar unless that has been done before. Never downloads.
     */
    static Libtorch find(EngineSettings settings, ClassLoader classPath) {
        Path cache = settings.cache().orElseGet(Utils::getEngineCacheDir).toAbsolutePath();
        try {
            if (settings.library().isPresent()) {
                return named(settings.library().get(), cache, settings);
            }
            if (settings.jar().isPresent()) {
                Path jar = settings.jar().get();
                if (!Files.isRegularFile(jar)) {
                    throw new DataUnavailableException("The native library jar " + jar + " of the property "
                            + EngineSettings.JAR + " does not exist.");
                }
                try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
                    return unpacked(loader, cache, jar.toString());
                }
            }
            return unpacked(classPath, cache, "the class path");
        } catch (IOException e) {
            throw new StorageException(
                    "libtorch could not be unpacked to " + cache + ": " + e
                            + ". About 500 MB must be free and writable.",
                    e);
        }
    }

    /** Returns whether this libtorch can use GPUs. */
    boolean isCuda() {
        return flavor.startsWith("cu");
    }

    /**
     * Returns whether a libtorch is in this process already, loaded by another class loader.
     *
     * @throws DeviceException if it is not this one
     */
    boolean inProcess() {
        Path present = present();
        if (present == null) {
            return false;
        }
        // One of the same name was unpacked from the same jar, perhaps to a directory that is gone by now.
        if (present.equals(directory) || present.getFileName().equals(directory.getFileName()) && isUnpacked()) {
            return true;
        }
        throw new DeviceException("libtorch is in this process already, from " + present
                + ", and a second one cannot be loaded from " + directory + ": name the first with the property "
                + EngineSettings.LIBRARY + ", or restart the process.");
    }

    private boolean isUnpacked() {
        return directory.startsWith(cache.resolve("pytorch"));
    }

    /** Returns the directory of the libtorch that is in this process, as Linux tells it, or null. */
    private static Path present() {
        Path maps = Path.of("/proc/self/maps");
        if (!Files.isReadable(maps)) {
            return null;
        }
        try (Stream<String> lines = Files.lines(maps)) {
            return lines.map(line -> line.replace(" (deleted)", ""))
                    .filter(line -> line.endsWith("/libtorch_cpu.so"))
                    .map(line -> Path.of(line.substring(line.indexOf('/'))).getParent())
                    .findFirst()
                    .orElse(null);
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("{} cannot be read", maps, e);
            return null;
        }
    }

    private static Libtorch named(Path path, Path cache, EngineSettings settings) throws IOException {
        if (!Files.exists(path)) {
            throw new DataUnavailableException("The directory " + path + " of the property " + EngineSettings.LIBRARY
                    + " or the variable PYTORCH_LIBRARY_PATH does not exist.");
        }
        Path real = path.toRealPath();
        Path directory = Files.isRegularFile(real) ? real.getParent() : real;
        if (!Files.exists(directory.resolve(mainLibrary()))) {
            directory = directory.resolve("lib");
        }
        if (!Files.exists(directory.resolve(mainLibrary()))) {
            throw new DataUnavailableException("There is no " + mainLibrary() + " in " + path + " of the property "
                    + EngineSettings.LIBRARY + " or the variable PYTORCH_LIBRARY_PATH.");
        }
        String build = build(directory);
        int plus = build.indexOf('+');
        String version = settings.version().orElse(plus < 0 ? build : build.substring(0, plus));
        boolean cuda = Files.exists(directory.resolve(System.mapLibraryName("torch_cuda")));
        String flavor = settings.flavor().orElse(cuda ? plus < 0 ? "cu128" : build.substring(plus + 1) : "cpu");
        return new Libtorch(directory, cache, version, flavor);
    }

    /** Returns what the distribution of libtorch says of itself, for example {@code 2.7.1+cu128}; empty if nothing. */
    private static String build(Path directory) throws IOException {
        Path file = directory.resolveSibling("build-version");
        return Files.exists(file) ? Files.readString(file).strip() : "";
    }

    private static Libtorch unpacked(ClassLoader source, Path cache, String where) throws IOException {
        Properties contents = new Properties();
        try (InputStream stream = source.getResourceAsStream(CONTENTS)) {
            if (stream == null) {
                throw new DataUnavailableException("No libtorch was found in " + where + ": name a directory with the"
                        + " property " + EngineSettings.LIBRARY + ", or a pytorch-native jar for " + classifier()
                        + " with " + EngineSettings.JAR + ".");
            }
            contents.load(stream);
        }
        String version = contents.getProperty("version");
        String flavor = contents.getProperty("flavor", "cpu");
        String classifier = contents.getProperty("classifier", "");
        if (!classifier.equals(classifier())) {
            throw new DataUnavailableException("The libtorch in " + where + " is built for " + classifier
                    + ", this machine needs " + classifier() + ".");
        }
        Path directory = cache.resolve("pytorch").resolve(version + '-' + flavor + '-' + classifier);
        if (!Files.exists(directory.resolve(mainLibrary()))) {
            // Another process may be at it: the second waits, then finds the work done.
            try (DirectoryLock lock = new DirectoryLock(directory.getParent())) {
                if (!Files.exists(directory.resolve(mainLibrary()))) {
                    LOG.info("Unpacking libtorch {} ({}) to {}, once", version, flavor, directory);
                    unpack(source, "pytorch/" + flavor + '/' + classifier, contents, directory);
                }
            }
        }
        return new Libtorch(directory, cache, version, flavor);
    }

    /** The directory appears under its name only when it is complete. */
    private static void unpack(ClassLoader source, String prefix, Properties contents, Path directory)
            throws IOException {
        Path cache = directory.getParent();
        try (Stream<Path> entries = Files.list(cache)) {
            for (Path leftover : entries.filter(
                            path -> path.getFileName().toString().startsWith(UNPACKING + '-'))
                    .toList()) {
                delete(leftover);
            }
        }
        delete(directory);
        Path unpacking = Files.createTempDirectory(cache, UNPACKING + '-');
        for (String file : contents.getProperty("libraries", "").split(",")) {
            try (InputStream stream = source.getResourceAsStream(prefix + '/' + file)) {
                if (stream == null) {
                    throw new IOException("the jar lacks " + prefix + '/' + file);
                }
                Files.copy(stream, unpacking.resolve(file));
            }
        }
        try {
            Files.move(unpacking, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(unpacking, directory);
        }
    }

    private static void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            try (Stream<Path> tree = Files.walk(path)) {
                for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private static String mainLibrary() {
        return System.mapLibraryName("torch");
    }

    /** Returns operating system and processor in the words of DJL's jars. */
    private static String classifier() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String name = system.startsWith("win") ? "win" : system.startsWith("mac") ? "osx" : "linux";
        String processor = System.getProperty("os.arch");
        return name + '-' + (List.of("amd64", "x86_64").contains(processor) ? "x86_64" : processor);
    }
}
