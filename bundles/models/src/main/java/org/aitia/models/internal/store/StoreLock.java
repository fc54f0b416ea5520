package org.aitia.models.internal.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/** Lets one writer at a time change a directory, among the threads and processes that share it. */
final class StoreLock implements AutoCloseable {
    private static final long PAUSE_NANOS = 5_000_000;

    private final FileChannel channel;
    private final FileLock lock;

    private StoreLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    static StoreLock acquire(Path directory) throws IOException {
        Files.createDirectories(directory);
        FileChannel channel =
                FileChannel.open(directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            while (true) {
                try {
                    FileLock lock = channel.lock();
                    locked = true;
                    return new StoreLock(channel, lock);
                } catch (OverlappingFileLockException e) {
                    // file locks are per process: another thread, perhaps of another store, holds it
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
