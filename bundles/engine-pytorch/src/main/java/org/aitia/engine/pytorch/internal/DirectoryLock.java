package org.aitia.engine.pytorch.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps other processes from changing a directory. Within a process, {@link EngineStart} lets one thread in. */
final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    DirectoryLock(Path directory) throws IOException {
        Files.createDirectories(directory);
        channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            channel.lock();
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
