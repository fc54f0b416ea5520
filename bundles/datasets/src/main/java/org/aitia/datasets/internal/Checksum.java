package org.aitia.datasets.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.aitia.api.TaskMonitor;

/** SHA-256 of files, piece by piece. Progress is told of those that take a while. */
final class Checksum {
    private static final long LARGE = 64L << 20;

    private Checksum() {}

    static String of(Path file, TaskMonitor monitor) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        byte[] buffer = new byte[1 << 16];
        long size = Files.size(file);
        long done = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                monitor.checkCancelled();
                digest.update(buffer, 0, n);
                done += n;
                if (size >= LARGE) {
                    monitor.progress("checking " + file.getFileName(), done, size);
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
