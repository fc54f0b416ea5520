package org.aitia.engine.pytorch.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the native libraries for DJL, which calls {@link #load} by reflection for each file.
 *
 * <p>The JVM ties a library file to the class loader that loads it and refuses it to any other, so that a refreshed
 * bundle could not compute. But libtorch does not speak to Java: it only has to be in the process, and there it stays
 * from an earlier instance, since libraries with symbols that are unique in the process, as C++ has them, are never
 * unmapped. (A second one beside it would end the process.) DJL's glue does speak to Java, so each instance of this
 * bundle loads a copy of its own, whose name is gone from the disk at once.
 */
public final class NativeLoader {
    private static final Logger LOG = LoggerFactory.getLogger(NativeLoader.class);
    private static final String GLUE = System.mapLibraryName("djl_torch");
    private static final String COPY = "glue-";

    /** Where the copies go; writable, which the directory of libtorch need not be. */
    private static Path directory;

    private NativeLoader() {}

    private static boolean inProcess;

    /**
     * Says what to load, before DJL starts.
     *
     * @param libtorch what DJL will ask for
     */
    static void prepare(Libtorch libtorch) {
        directory = libtorch.cache().resolve("pytorch");
        inProcess = libtorch.inProcess();
    }

    /**
     * Loads one library.
     *
     * @param path of libtorch, of a library that it needs or of DJL's glue
     */
    public static void load(String path) {
        if (path.endsWith(GLUE)) {
            loadCopy(Path.of(path));
        } else if (!inProcess) {
            loadOnce(path);
        }
    }

    private static void loadOnce(String path) {
        try {
            System.load(path);
        } catch (UnsatisfiedLinkError e) {
            if (!String.valueOf(e.getMessage()).contains("already loaded in another classloader")) {
                throw e;
            }
            LOG.debug("In the process from an earlier instance: {}", path);
        }
    }

    private static void loadCopy(Path glue) {
        // Not to remove the copy that another process is about to load.
        try (DirectoryLock lock = new DirectoryLock(directory)) {
            removeOldCopies();
            Path copy = Files.createTempFile(directory, COPY, GLUE);
            Files.copy(glue, copy, StandardCopyOption.REPLACE_EXISTING);
            System.load(copy.toString());
            deleteIfPossible(copy);
        } catch (IOException e) {
            throw new UnsatisfiedLinkError("DJL's native library could not be copied to " + directory + ": " + e);
        }
    }

    /** Windows does not delete a library in use: its copy goes at the next start. */
    private static void removeOldCopies() throws IOException {
        List<Path> old;
        try (Stream<Path> files = Files.list(directory)) {
            old = files.filter(file -> file.getFileName().toString().startsWith(COPY))
                    .toList();
        }
        old.forEach(NativeLoader::deleteIfPossible);
    }

    private static void deleteIfPossible(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("Still in use: {}", file);
        }
    }
}
