package org.aitia.models.internal.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.StorageException;

/** Where the checkpoint of a model is. It is replaced in one step: a kill leaves the former one or the new one. */
final class CheckpointFile {
    private static final String SUFFIX = ".checkpoint";
    private static final String FRESH = ".tmp";
    /** A file under way that is older than this was left by a kill. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final Path file;
    private final String model;

    CheckpointFile(Path directory, String model) {
        this.file = directory.resolve(model + SUFFIX);
        this.model = model;
    }

    /**
     * Reads the checkpoint.
     *
     * @param request what is to be gone on with
     * @return empty if there is none
     * @throws InvalidRequestException if it is of another request
     * @throws org.aitia.api.DataFormatException if it is damaged
     */
    Optional<Checkpoint> read(Map<String, String> request) {
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StorageException("cannot read checkpoint " + file + ": " + e + "; train without resume", e);
        }
        Checkpoint checkpoint = CheckpointCodec.read(content, file.toString());
        List<String> differences = differences(checkpoint.request(), request);
        if (!differences.isEmpty()) {
            throw new InvalidRequestException("the checkpoint of model '" + model + "' is of another request: "
                    + String.join(", ", differences)
                    + "; ask for the same, give the model another name, or train without resume");
        }
        return Optional.of(checkpoint);
    }

    private static List<String> differences(Map<String, String> there, Map<String, String> here) {
        List<String> differences = new ArrayList<>();
        TreeSet<String> keys = new TreeSet<>(there.keySet());
        keys.addAll(here.keySet());
        for (String key : keys) {
            String before = there.getOrDefault(key, "nothing");
            String now = here.getOrDefault(key, "nothing");
            if (!before.equals(now)) {
                differences.add(key + " was '" + before + "' and is '" + now + "'");
            }
        }
        return differences;
    }

    boolean exists() {
        return Files.exists(file);
    }

    void write(Checkpoint checkpoint) {
        try {
            Files.createDirectories(file.getParent());
            Path fresh = Files.createTempFile(file.getParent(), file.getFileName() + ".", FRESH);
            try {
                try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                    ByteBuffer content = ByteBuffer.wrap(CheckpointCodec.write(checkpoint));
                    while (content.hasRemaining()) {
                        channel.write(content);
                    }
                    channel.force(true);
                }
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new StorageException(
                    "cannot write checkpoint " + file + ": " + e + "; make room, or train without checkpoints", e);
        }
    }

    /** Removes the checkpoint, which is no longer needed, and what kills have left. */
    void remove() {
        try {
            Files.deleteIfExists(file);
            if (Files.isDirectory(file.getParent())) {
                removeAbandoned();
            }
        } catch (IOException e) {
            throw new StorageException("cannot remove checkpoint " + file + ": " + e + "; remove it by hand", e);
        }
    }

    private void removeAbandoned() throws IOException {
        Instant old = Instant.now().minus(ABANDONED);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                file.getParent(),
                path -> path.getFileName().toString().startsWith(file.getFileName() + ".")
                        && path.getFileName().toString().endsWith(FRESH))) {
            for (Path path : files) {
                if (Files.getLastModifiedTime(path).toInstant().isBefore(old)) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }
}
