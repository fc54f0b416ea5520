package org.aitia.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory for one run of the framework, so that several containers can share one data directory. A lock file beside
 * it says that its process lives; directories whose lock is free are left over and removed. The lock, unlike a process
 * id, also tells the truth to processes in other name spaces.
 */
final class BundleCache implements AutoCloseable {

    private static final String LOCK = ".lock";

    /** A lock file is created before it is locked; younger ones may be in between. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Path directory;
    private final Path lockFile;
    private final FileChannel channel;

    private BundleCache(Path directory, Path lockFile, FileChannel channel) {
        this.directory = directory;
        this.lockFile = lockFile;
        this.channel = channel;
    }

    static BundleCache create(Path parent) throws IOException {
        Files.createDirectories(parent);
        removeLeftOvers(parent);
        String prefix = ProcessHandle.current().pid() + "-";
        Path lockFile = Files.createTempFile(parent, prefix, LOCK);
        FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new IOException("cannot lock " + lockFile);
        }
        return new BundleCache(Files.createDirectory(directoryOf(lockFile)), lockFile, channel);
    }

    Path directory() {
        return directory;
    }

    @Override
    public void close() throws IOException {
        delete(directory);
        Files.deleteIfExists(lockFile);
        channel.close();
    }

    private static Path directoryOf(Path lockFile) {
        String name = lockFile.getFileName().toString();
        return lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length()));
    }

    private static void removeLeftOvers(Path parent) throws IOException {
        List<Path> lockFiles;
        try (Stream<Path> files = Files.list(parent)) {
            lockFiles = files.filter(file -> file.getFileName().toString().endsWith(LOCK))
                    .toList();
        }
        for (Path lockFile : lockFiles) {
            try {
                Instant modified = Files.getLastModifiedTime(lockFile).toInstant();
                if (modified.plus(GRACE).isAfter(Instant.now())) {
                    continue;
                }
                try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                        FileLock lock = channel.tryLock()) {
                    if (lock != null) {
                        delete(directoryOf(lockFile));
                        Files.deleteIfExists(lockFile);
                    }
                }
            } catch (IOException | OverlappingFileLockException ignored) {
                // Another process removes it at this moment or it is in use: either way not ours to remove.
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
