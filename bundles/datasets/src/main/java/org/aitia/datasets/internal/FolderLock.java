package org.aitia.datasets.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.aitia.api.CancelledException;
import org.aitia.api.TaskMonitor;

/**
 * The right to write into one folder of the cache: held by one thread of all processes on this machine. The lock is on a
 * file that is never removed, since removing it would let two holders lock two files of the same name.
 */
final class FolderLock implements AutoCloseable {
    private static final long POLL_MILLIS = 50;

    private final FileChannel channel;
    private final FileLock lock;

    private FolderLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    static FolderLock acquire(Path folder, TaskMonitor monitor) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean told = false;
        try {
            while (true) {
                monitor.checkCancelled();
                FileLock lock = tryLock(channel);
                if (lock != null) {
                    FolderLock held = new FolderLock(channel, lock);
                    channel = null;
                    return held;
                }
                if (!told) {
                    monitor.message("waiting for another download into " + folder);
                    told = true;
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException("cancelled while waiting for another download into " + folder, e);
        } finally {
            if (channel != null) {
                channel.close();
            }
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this process: another thread, or another instance of this bundle
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            lock.release();
        }
    }
}
