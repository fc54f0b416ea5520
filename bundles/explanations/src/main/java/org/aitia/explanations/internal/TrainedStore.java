package org.aitia.explanations.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.aitia.api.DataFormatException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.StorageException;
import org.aitia.api.explain.TrainedExplainer;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trained explainers on disk: a file per explainer, which moving into place makes appear or change. Of two writers the
 * last one wins; readers need no lock.
 */
@Component(service = TrainedStore.class)
public final class TrainedStore {
    private static final Logger log = LoggerFactory.getLogger(TrainedStore.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,199}");
    private static final String SUFFIX = ".json";

    private final Path root;

    /**
     * For OSGi.
     *
     * @param context for the framework property {@code aitia.data}, the directory of all data
     */
    @Activate
    public TrainedStore(BundleContext context) {
        this(Path.of(Optional.ofNullable(context.getProperty("aitia.data")).orElse("data"), "explainers"));
    }

    TrainedStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** Checks a name, which is the name of a file too. */
    static String check(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidRequestException("'" + name + "' cannot be the name of a trained explainer; use up to 200"
                    + " letters, digits, '.', '_' and '-', not beginning with '.' or '-'");
        }
        return name;
    }

    private Path file(String name) {
        return root.resolve(check(name) + SUFFIX);
    }

    List<TrainedExplainer> list() {
        List<TrainedExplainer> all = new ArrayList<>();
        for (String name : names()) {
            try {
                all.add(find(name));
            } catch (DataFormatException | StorageException e) {
                log.warn("trained explainer '{}' is left out: {}", name, e.getMessage());
            } catch (NotFoundException e) {
                log.debug("trained explainer '{}' was removed while listing", name);
            }
        }
        return List.copyOf(all);
    }

    TrainedExplainer find(String name) {
        Path file = file(name);
        try {
            return TrainedDocument.read(Files.readAllBytes(file), file.toString(), name);
        } catch (NoSuchFileException e) {
            throw NotFoundException.of("trained explainer", name, names());
        } catch (DataFormatException e) {
            throw new DataFormatException(
                    e.getMessage() + "; train it again under the same name, or remove it: remove-trained-explainer "
                            + name,
                    e);
        } catch (IOException e) {
            throw new StorageException(file + " cannot be read: " + reason(e) + "; check its permissions", e);
        }
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(root)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .filter(name -> NAME.matcher(name).matches())
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of(); // nothing has been stored yet
        } catch (IOException e) {
            throw new StorageException(root + " cannot be read: " + reason(e) + "; check its permissions", e);
        }
    }

    void save(TrainedExplainer trained) {
        Path file = file(trained.name());
        Path temporary = null;
        try {
            Files.createDirectories(root);
            temporary = Temporary.beside(root, trained.name());
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                ByteBuffer content = ByteBuffer.wrap(TrainedDocument.write(trained));
                while (content.hasRemaining()) {
                    channel.write(content);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StorageException(
                    "trained explainer '" + trained.name() + "' cannot be stored in " + root + ": " + reason(e)
                            + "; what was there before is unchanged; make room there, or choose another data"
                            + " directory, and train again",
                    e);
        } finally {
            deleteQuietly(temporary);
        }
    }

    private static void deleteQuietly(Path temporary) {
        if (temporary != null) {
            try {
                Files.deleteIfExists(temporary); // nothing is left to delete once it was moved
            } catch (IOException e) {
                log.debug("{} cannot be removed", temporary, e);
            }
        }
    }

    void remove(String name) {
        Path file = file(name);
        try {
            if (!Files.deleteIfExists(file)) {
                throw NotFoundException.of("trained explainer", name, names());
            }
        } catch (IOException e) {
            throw new StorageException(
                    "trained explainer '" + name + "' cannot be removed from " + root + ": " + reason(e)
                            + "; check its permissions",
                    e);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof FileSystemException fs) {
            return Optional.ofNullable(fs.getReason()).orElse(e.getClass().getSimpleName());
        }
        return Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
    }
}
