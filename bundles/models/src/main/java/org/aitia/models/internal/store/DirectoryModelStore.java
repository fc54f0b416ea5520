package org.aitia.models.internal.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aitia.api.AitiaException;
import org.aitia.api.DataFormatException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.StorageException;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.model.ModelStore;
import org.aitia.api.model.Parameter;
import org.aitia.api.model.StoredModel;
import org.aitia.models.internal.Architectures;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory per model. {@code model.json} names the files with weights and attachments by their checksums, and moving
 * it into place is the one step that makes a model appear or change: before it readers see the old model, after it the
 * new one, at no moment neither. Readers take no lock; one whose files vanish under it finds a changed
 * {@code model.json} and starts again. Moving the directory is the one step that renames a model.
 */
@Component(service = ModelStore.class)
public final class DirectoryModelStore implements ModelStore {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryModelStore.class);
    private static final String DOCUMENT = "model.json";
    private static final String TEMPORARY = ".tmp";

    private final Path root;
    private final Architectures architectures;
    private final FileOutput output;

    /**
     * For OSGi.
     *
     * @param context for the framework property {@code aitia.data}, the directory of all data
     * @param architectures what models are of
     */
    @Activate
    public DirectoryModelStore(BundleContext context, @Reference Architectures architectures) {
        this(
                Path.of(Optional.ofNullable(context.getProperty("aitia.data")).orElse("data"), "models"),
                architectures,
                FileOutput.DURABLE);
    }

    /**
     * For use without OSGi.
     *
     * @param root directory of the models; made when needed
     * @param architectures what models are of
     */
    public DirectoryModelStore(Path root, Architectures architectures) {
        this(root, architectures, FileOutput.DURABLE);
    }

    DirectoryModelStore(Path root, Architectures architectures, FileOutput output) {
        this.root = root.toAbsolutePath().normalize();
        this.architectures = architectures;
        this.output = output;
    }

    @Override
    public List<StoredModel> list() {
        List<StoredModel> models = new ArrayList<>();
        for (String name : names()) {
            try {
                models.add(find(name));
            } catch (DataFormatException | StorageException e) {
                LOG.warn("model '{}' is left out: {}", name, e.getMessage());
            } catch (NotFoundException e) {
                LOG.debug("model '{}' was removed while listing", name);
            }
        }
        return List.copyOf(models);
    }

    @Override
    public StoredModel find(String name) {
        while (true) {
            ModelDocument document = document(name);
            Path directory = root.resolve(name);
            try {
                document.weights().checkLength(directory);
                for (StoredFile file : document.attachments().values()) {
                    file.checkLength(directory);
                }
                return document.model();
            } catch (IOException e) {
                retryIfReplaced(name, document, e);
            }
        }
    }

    @Override
    public GnnModel load(String name) {
        while (true) {
            ModelDocument document = document(name);
            Path directory = root.resolve(name);
            Path weights = document.weights().in(directory);
            try {
                List<Parameter> parameters = Safetensors.read(document.weights().read(directory), weights.toString());
                Map<String, byte[]> attachments = new LinkedHashMap<>();
                for (Map.Entry<String, StoredFile> attached :
                        document.attachments().entrySet()) {
                    attachments.put(attached.getKey(), attached.getValue().read(directory));
                }
                return restore(document.model(), parameters, attachments, weights);
            } catch (IOException e) {
                retryIfReplaced(name, document, e);
            }
        }
    }

    private GnnModel restore(
            StoredModel model, List<Parameter> parameters, Map<String, byte[]> attachments, Path file) {
        ModelArchitecture architecture;
        try {
            architecture = architectures.find(model.info().architecture());
        } catch (NotFoundException e) {
            throw new NotFoundException(
                    "model '" + model.name() + "' needs an architecture that is not installed: " + e.getMessage());
        }
        try {
            return architecture.restore(model.info().shape(), model.info().options(), parameters, attachments);
        } catch (DataFormatException | InvalidRequestException e) {
            throw new DataFormatException(
                    file + " does not fit the installed architecture '" + architecture.name() + "': " + e.getMessage(),
                    e);
        }
    }

    /** Returns normally if the model was replaced or removed meanwhile, so that reading it again makes sense. */
    private void retryIfReplaced(String name, ModelDocument read, IOException failure) {
        if (!document(name).equals(read)) {
            return;
        }
        String file = failure instanceof FileSystemException fs
                ? fs.getFile()
                : root.resolve(name).toString();
        if (failure instanceof NoSuchFileException) {
            throw ModelDocument.damaged(file, "it is missing");
        }
        throw new StorageException(file + " cannot be read: " + reason(failure) + "; check its permissions", failure);
    }

    private ModelDocument document(String name) {
        Path file = root.resolve(ModelNames.check(name)).resolve(DOCUMENT);
        try {
            return ModelDocument.read(Files.readAllBytes(file), file.toString(), name);
        } catch (NoSuchFileException e) {
            throw NotFoundException.of("model", name, names());
        } catch (IOException e) {
            throw new StorageException(file + " cannot be read: " + reason(e) + "; check its permissions", e);
        }
    }

    /** The directories that hold a description; others are being written, or were when the machine stopped. */
    private List<String> names() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve(DOCUMENT)))
                    .map(entry -> entry.getFileName().toString())
                    .filter(ModelNames::isValid)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StorageException(root + " cannot be read: " + reason(e) + "; check its permissions", e);
        }
    }

    @Override
    public StoredModel save(StoredModel description, GnnModel model) {
        String name = ModelNames.check(description.name());
        Map<String, byte[]> contents = new LinkedHashMap<>();
        byte[] values = Safetensors.write(model.parameters());
        StoredFile weights = StoredFile.weights(values);
        contents.put(weights.file(), values);
        Map<String, StoredFile> attachments = new TreeMap<>();
        model.attachments().forEach((attachment, content) -> {
            StoredFile file = StoredFile.attached(attachment, content);
            attachments.put(attachment, file);
            contents.put(file.file(), content);
        });
        StoredModel stored = described(description, ModelDocument.digest(weights, attachments));
        ModelDocument document = new ModelDocument(stored, weights, attachments);
        Path directory = root.resolve(name);
        try (StoreLock lock = StoreLock.acquire(root)) {
            publish(directory, document, contents);
        } catch (IOException e) {
            throw new StorageException(
                    "model '" + name + "' cannot be stored in " + directory + ": " + reason(e)
                            + "; what was there before is unchanged; make room there, or choose another data directory,"
                            + " and store it again",
                    e);
        }
        return stored;
    }

    private void publish(Path directory, ModelDocument document, Map<String, byte[]> contents) throws IOException {
        boolean published = false;
        Files.createDirectories(directory);
        try {
            for (Map.Entry<String, byte[]> file : contents.entrySet()) {
                place(directory, file.getKey(), file.getValue());
            }
            place(directory, DOCUMENT, document.toJson());
            published = true;
            sync(root);
        } finally {
            if (!published) {
                discard(directory);
            }
        }
        tidy(directory, document.files());
    }

    /** Puts a file into place whole. */
    private void place(Path directory, String name, byte[] content) throws IOException {
        Path temporary = directory.resolve(name + TEMPORARY);
        output.write(temporary, content);
        Files.move(temporary, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        sync(directory);
    }

    /** Makes names last through a power failure, where the system can do that for directories. */
    private static void sync(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.debug("{} cannot be synchronised", directory, e);
        }
    }

    /** Removes what a failed attempt left, keeping what the description of the model before it names. */
    private void discard(Path directory) {
        Path file = directory.resolve(DOCUMENT);
        Set<String> kept = Set.of();
        try {
            if (Files.exists(file)) {
                kept = ModelDocument.read(Files.readAllBytes(file), file.toString(), "")
                        .files();
            }
        } catch (IOException | AitiaException e) {
            LOG.debug("{} cannot be read", file, e);
            return; // better to leave too much than too little
        }
        tidy(directory, kept);
        try {
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException e) {
            LOG.debug("{} goes on holding the model from before", directory);
        } catch (IOException e) {
            LOG.debug("{} cannot be removed", directory, e);
        }
    }

    private static void tidy(Path directory, Set<String> kept) {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                boolean ours = StoredFile.isOurs(name) || name.endsWith(TEMPORARY);
                if (ours && !kept.contains(name)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            LOG.warn("files that are no longer needed stay in {}: {}", directory, reason(e));
        }
    }

    @Override
    public StoredModel rename(String from, String to) {
        Path source = root.resolve(ModelNames.check(from));
        Path target = root.resolve(ModelNames.check(to));
        if (!Files.exists(source.resolve(DOCUMENT))) {
            throw NotFoundException.of("model", from, names());
        }
        try (StoreLock lock = StoreLock.acquire(root)) {
            ModelDocument document = document(from);
            if (Files.exists(target.resolve(DOCUMENT))) {
                throw new InvalidRequestException("model '" + from + "' cannot be renamed to '" + to
                        + "': there is a model of that name; choose another name, or remove that model first");
            }
            if (Files.exists(target)) {
                // left by a save that was cut off, or holding files of the user's, which then stop the move
                tidy(target, Set.of());
                Files.deleteIfExists(target);
            }
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
            sync(root);
            writeName(target, document.named(to));
            return document.named(to).model();
        } catch (IOException e) {
            throw new StorageException(
                    "model '" + from + "' cannot be renamed to '" + to + "' in " + root + ": " + reason(e)
                            + "; it keeps its name; check the permissions there",
                    e);
        }
    }

    /** A model is called what its directory is called; the name in the document is for people who look there. */
    private void writeName(Path directory, ModelDocument document) {
        try {
            place(directory, DOCUMENT, document.toJson());
        } catch (IOException e) {
            LOG.debug("{} goes on naming the old name", directory.resolve(DOCUMENT), e);
        }
    }

    @Override
    public void remove(String name) {
        Path directory = root.resolve(ModelNames.check(name));
        if (!Files.exists(directory.resolve(DOCUMENT))) {
            throw NotFoundException.of("model", name, names());
        }
        try (StoreLock lock = StoreLock.acquire(root)) {
            // the model is gone with its description; the rest is tidying
            if (!Files.deleteIfExists(directory.resolve(DOCUMENT))) {
                throw NotFoundException.of("model", name, names());
            }
            sync(directory);
            tidy(directory, Set.of());
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException e) {
            LOG.warn("{} holds files that are not of the model; they stay", directory);
        } catch (IOException e) {
            throw new StorageException(
                    "model '" + name + "' cannot be removed from " + directory + ": " + reason(e)
                            + "; check its permissions",
                    e);
        }
    }

    private static StoredModel described(StoredModel d, String weightsDigest) {
        Map<String, Double> metrics = new LinkedHashMap<>(d.metrics());
        metrics.values().removeIf(value -> !Double.isFinite(value)); // JSON has no such numbers
        return new StoredModel(
                d.name(),
                d.info(),
                d.dataset(),
                d.datasetOptions(),
                d.datasetDigest(),
                d.trainingOptions(),
                d.seed(),
                metrics,
                weightsDigest,
                d.created(),
                d.libraries());
    }

    private static String reason(IOException e) {
        if (e instanceof FileSystemException fs) {
            return Optional.ofNullable(fs.getReason()).orElse(e.getClass().getSimpleName());
        }
        return Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
    }
}
