package org.aitia.engine.pytorch.internal;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
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
 * <p>The JVM ties a library to the class loader that loads it and refuses the same file to any other, so that a
 * refreshed bundle could not compute. Hence libtorch itself, which does not speak to Java, is opened with
 * {@code dlopen} past the JVM: it stays in the process, and opening it again finds it there. Only DJL's glue belongs to
 * a class loader, and each instance of this bundle loads a copy of its own, whose name is gone from the disk at once.
 */
public final class NativeLoader {
    private static final Logger LOG = LoggerFactory.getLogger(NativeLoader.class);
    private static final String GLUE = System.mapLibraryName("djl_torch");
    private static final String COPY = "glue-";
    private static final int RTLD_LAZY = 1;

    /** Where the copies go; writable, which the directory of libtorch need not be. */
    private static Path directory;

    private NativeLoader() {}

    /** Chooses where copies go, before DJL starts. */
    static void copyTo(Path writable) {
        directory = writable;
    }

    /**
     * Loads one library.
     *
     * @param path of libtorch, of a library that it needs or of DJL's glue
     */
    public static void load(String path) {
        if (path.endsWith(GLUE)) {
            loadCopy(Path.of(path));
        } else if (!open(path)) {
            System.load(path);
        }
    }

    /** Opens a library past the JVM; false where that is not possible: then a refresh needs a new process. */
    private static boolean open(String path) {
        if (System.getProperty("os.name").startsWith("Windows")) {
            return false;
        }
        try {
            NativeLibrary process = NativeLibrary.getProcess();
            Function dlopen = process.getFunction("dlopen");
            if (dlopen.invoke(Pointer.class, new Object[] {path, RTLD_LAZY}) == null) {
                String reason = (String) process.getFunction("dlerror").invoke(String.class, new Object[0]);
                throw new UnsatisfiedLinkError(path + ": " + reason);
            }
            return true;
        } catch (NoClassDefFoundError e) {
            LOG.warn("JNA cannot be used ({}): the engine bundle cannot be refreshed in this process", e.toString());
            return false;
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
