package org.aitia.models.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.aitia.api.DataFormatException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.StorageException;
import org.aitia.api.Task;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.model.ModelInfo;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.Parameter;
import org.aitia.api.model.StoredModel;
import org.aitia.api.model.TrainingSession;
import org.aitia.api.option.OptionSchema;
import org.aitia.models.internal.Architectures;
import org.aitia.models.internal.gcn.GcnArchitecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model is stored whole or not at all, and what is damaged is refused by name. */
class DirectoryModelStoreTest {
    private static final Instant CREATED = Instant.parse("2026-11-01T10:15:30.123456Z");

    @TempDir
    Path root;

    private final GcnArchitecture gcn = new GcnArchitecture();
    private final Architectures architectures = Architectures.of(gcn);

    private DirectoryModelStore store() {
        return new DirectoryModelStore(root, architectures);
    }

    private GnnModel model(long seed) {
        return gcn.create(new ModelShape(Task.NODE, 5, 3), Map.of("batchNorm", "true"), seed);
    }

    private StoredModel description(String name, GnnModel model, long seed) {
        return new StoredModel(
                name,
                model.info(),
                "cora",
                Map.of("normalize", "true"),
                "sha256:00",
                Map.of("epochs", "200", "lr", "0.01"),
                seed,
                Map.of("testAccuracy", 0.815, "seconds", 1.5),
                "",
                CREATED,
                Map.of("aitia", "0.1.0"));
    }

    private StoredModel save(String name, long seed) {
        GnnModel model = model(seed);
        return store().save(description(name, model, seed), model);
    }

    private Path only(String name, String ending) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(name))) {
            return files.filter(f -> f.getFileName().toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private List<String> files(String name) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(name))) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private static void assertSameWeights(GnnModel actual, GnnModel expected) {
        assertThat(actual.parameters()).hasSameSizeAs(expected.parameters());
        for (int i = 0; i < expected.parameters().size(); i++) {
            Parameter a = actual.parameters().get(i);
            Parameter e = expected.parameters().get(i);
            assertThat(a.name()).isEqualTo(e.name());
            assertThat(a.shape()).isEqualTo(e.shape());
            assertThat(a.values()).isEqualTo(e.values());
            assertThat(a.isTrainable()).isEqualTo(e.isTrainable());
        }
    }

    // --- storing and reading --------------------------------------------------------------------------------------

    @Test
    void whatIsStoredIsReadBackEqual() {
        GnnModel model = model(Long.MIN_VALUE);
        StoredModel stored = store().save(description("a", model, Long.MIN_VALUE), model);
        assertThat(stored.weightsDigest()).matches("sha256:[0-9a-f]{64}");
        assertThat(store().find("a")).isEqualTo(stored);
        assertThat(stored)
                .usingRecursiveComparison()
                .ignoringFields("weightsDigest")
                .isEqualTo(description("a", model, Long.MIN_VALUE));
        assertSameWeights(store().load("a"), model);
    }

    @Test
    void equalWeightsHaveEqualDigests() {
        assertThat(save("a", 1).weightsDigest()).isEqualTo(save("b", 1).weightsDigest());
        assertThat(save("c", 2).weightsDigest()).isNotEqualTo(save("b", 1).weightsDigest());
    }

    @Test
    void theDigestIsThatOfTheFile() throws IOException {
        String digest = save("a", 1).weightsDigest();
        assertThat(digest).isEqualTo("sha256:" + Sha256.of(Files.readAllBytes(only("a", ".safetensors"))));
    }

    @Test
    void listIsByName() {
        assertThat(store().list()).isEmpty();
        save("b", 1);
        save("a.2", 2);
        assertThat(store().list()).extracting(StoredModel::name).containsExactly("a.2", "b");
    }

    @Test
    void storingAgainReplacesAndTidies() throws IOException {
        save("a", 1);
        save("a", 2);
        assertSameWeights(store().load("a"), model(2));
        assertThat(files("a")).hasSize(2).contains("model.json");
    }

    @Test
    void aCopiedDirectoryIsAModelOfItsOwnName() throws IOException {
        save("a", 1);
        Files.createDirectories(root.resolve("b"));
        for (String file : files("a")) {
            Files.copy(root.resolve("a").resolve(file), root.resolve("b").resolve(file));
        }
        assertThat(store().find("b").name()).isEqualTo("b");
        assertSameWeights(store().load("b"), model(1));
    }

    @Test
    void removedModelsAreGone() throws IOException {
        save("a", 1);
        store().remove("a");
        assertThat(root.resolve("a")).doesNotExist();
        assertThatThrownBy(() -> store().find("a")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> store().remove("a")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void unknownNamesComeWithSuggestions() {
        save("cora-gcn", 1);
        assertThatThrownBy(() -> store().load("cora-gnc"))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("unknown model 'cora-gnc'; did you mean 'cora-gcn'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../a", "a/b", "a\\b", ".hidden", "-x", "a b", "a\u0000", "ä"})
    void namesThatAreNoFileNamesAreRefused(String name) {
        GnnModel model = model(1);
        assertThatThrownBy(() -> store().save(description(name, model, 1), model))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("cannot be the name of a model");
        assertThatThrownBy(() -> store().load(name)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> store().remove(name)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void aModelOfAMissingArchitectureSaysSo() {
        save("a", 1);
        DirectoryModelStore bare = new DirectoryModelStore(root, Architectures.of());
        assertThat(bare.find("a").info().architecture()).isEqualTo("gcn");
        assertThatThrownBy(() -> bare.load("a"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("model 'a'")
                .hasMessageContaining("'gcn'");
    }

    // --- damage ---------------------------------------------------------------------------------------------------

    @Test
    void everyTruncationIsRefused() throws IOException {
        save("a", 1);
        for (String ending : List.of("model.json", ".safetensors")) {
            Path file = only("a", ending);
            byte[] content = Files.readAllBytes(file);
            for (int length = 0; length < content.length - 1; length += Math.max(1, content.length / 60)) {
                Files.write(file, java.util.Arrays.copyOf(content, length));
                assertThatThrownBy(() -> store().load("a"))
                        .isInstanceOf(DataFormatException.class)
                        .hasMessageContaining(file.toString())
                        .hasMessageContaining("train the model again");
            }
            Files.write(file, content);
        }
        assertSameWeights(store().load("a"), model(1));
    }

    @Test
    void everyFlippedBitIsRefused() throws IOException {
        save("a", 1);
        Path weights = only("a", ".safetensors");
        byte[] content = Files.readAllBytes(weights);
        for (int at = 0; at < content.length; at += 7) {
            content[at] ^= 4;
            Files.write(weights, content);
            assertThatThrownBy(() -> store().load("a"))
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageContaining(weights.toString())
                    .hasMessageContaining("checksum");
            content[at] ^= 4;
        }
        Files.write(weights, content);
        Path document = only("a", "model.json");
        byte[] json = Files.readAllBytes(document);
        for (int at = 0; at < json.length; at += 3) {
            if (Character.isWhitespace(json[at]) || Character.isWhitespace(json[at] ^ 1)) {
                continue; // white space between members has no meaning
            }
            json[at] ^= 1;
            Files.write(document, json);
            assertThatThrownBy(() -> store().load("a"))
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageContaining(document.toString());
            json[at] ^= 1;
        }
    }

    @Test
    void missingWeightsAreNamed() throws IOException {
        save("a", 1);
        Path weights = only("a", ".safetensors");
        Files.delete(weights);
        assertThatThrownBy(() -> store().find("a"))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining(weights + " is damaged: it is missing");
    }

    @Test
    void listLeavesOutWhatIsDamaged() throws IOException {
        save("a", 1);
        save("b", 2);
        save("c", 3);
        Files.writeString(only("a", "model.json"), "{");
        Files.delete(only("b", ".safetensors"));
        Files.createDirectories(root.resolve("d"));
        assertThat(store().list()).extracting(StoredModel::name).containsExactly("c");
    }

    @Test
    void whatIsDamagedCanBeReplacedAndRemoved() throws IOException {
        save("a", 1);
        Files.writeString(only("a", "model.json"), "{");
        save("a", 2);
        assertSameWeights(store().load("a"), model(2));
        Files.writeString(only("a", "model.json"), "{");
        store().remove("a");
        assertThat(root.resolve("a")).doesNotExist();
    }

    @Test
    void aDescriptionCannotNameFilesElsewhere() throws IOException {
        StoredModel stored = save("a", 1);
        Files.write(root.resolve("secret"), new byte[8]);
        Files.write(
                only("a", "model.json"),
                new ModelDocument(stored, new StoredFile("../secret", 8, "00"), Map.of()).toJson());
        assertThatThrownBy(() -> store().load("a"))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("outside its directory");
    }

    // --- failure while storing ------------------------------------------------------------------------------------

    /** Writes as many bytes as there is room for, over all files, then fails as a full disk does. */
    private static FileOutput diskWithRoomFor(long bytes) {
        long[] left = {bytes};
        return (file, content) -> {
            int fits = (int) Math.min(content.length, left[0]);
            left[0] -= fits;
            FileOutput.DURABLE.write(file, java.util.Arrays.copyOf(content, fits));
            if (fits < content.length) {
                throw new IOException("No space left on device");
            }
        };
    }

    private int bytesOfAModel() throws IOException {
        save("s", 9);
        int bytes = 0;
        for (String file : files("s")) {
            bytes += (int) Files.size(root.resolve("s").resolve(file));
        }
        store().remove("s");
        return bytes;
    }

    @Test
    void aFullDiskLeavesNothingOfANewModel() throws IOException {
        int needed = bytesOfAModel();
        GnnModel model = model(1);
        for (int room = 0; room < needed; room += needed / 9) {
            DirectoryModelStore full = new DirectoryModelStore(root, architectures, diskWithRoomFor(room));
            assertThatThrownBy(() -> full.save(description("a", model, 1), model))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("model 'a' cannot be stored in " + root.resolve("a"))
                    .hasMessageContaining("No space left on device")
                    .hasMessageContaining("unchanged");
            assertThat(root.resolve("a")).doesNotExist();
            assertThat(store().list()).isEmpty();
        }
    }

    @Test
    void aFullDiskLeavesTheModelFromBefore() throws IOException {
        int needed = bytesOfAModel();
        StoredModel before = save("a", 1);
        List<String> filesBefore = files("a");
        GnnModel model = model(2);
        for (int room = 0; room < needed; room += needed / 9) {
            DirectoryModelStore full = new DirectoryModelStore(root, architectures, diskWithRoomFor(room));
            assertThatThrownBy(() -> full.save(description("a", model, 2), model))
                    .isInstanceOf(StorageException.class);
            assertThat(files("a")).isEqualTo(filesBefore);
            assertThat(store().find("a")).isEqualTo(before);
            assertSameWeights(store().load("a"), model(1));
        }
    }

    @Test
    void aStopAtAnyMomentLeavesOneOfBoth() throws IOException {
        // a killed process runs no clean-up: leave what it would have left before each of its steps
        save("a", 1);
        GnnModel model = model(2);
        byte[] weights = Safetensors.write(model.parameters());
        String file = "weights-" + Sha256.of(weights).substring(0, 16) + ".safetensors";
        Files.write(root.resolve("a").resolve(file + ".tmp"), java.util.Arrays.copyOf(weights, 10));
        assertSameWeights(store().load("a"), model(1));
        Files.move(root.resolve("a").resolve(file + ".tmp"), root.resolve("a").resolve(file));
        Files.write(root.resolve("a").resolve("model.json.tmp"), new byte[10]);
        assertSameWeights(store().load("a"), model(1));
        // and the next one finishes the work
        save("a", 2);
        assertSameWeights(store().load("a"), model(2));
        assertThat(files("a")).hasSize(2);
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.createFile(root.resolve("occupied"));
        DirectoryModelStore impossible = new DirectoryModelStore(file.resolve("models"), architectures);
        GnnModel model = model(1);
        assertThatThrownBy(() -> impossible.save(description("a", model, 1), model))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(file.toString());
    }

    // --- several at once ------------------------------------------------------------------------------------------

    @Test
    void readersSeeOneModelOrTheOtherWhileItIsReplaced() throws Exception {
        save("a", 1);
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger reads = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int r = 0; r < 2; r++) {
                running.add(threads.submit((Callable<Void>) () -> {
                    DirectoryModelStore reader = store(); // its own, as another process would have
                    do {
                        long seed = reader.find("a").seed();
                        assertThat(seed).isBetween(1L, 2L);
                        assertThat(reader.load("a").parameters()).isNotEmpty();
                        assertThat(reader.list()).hasSize(1);
                        reads.incrementAndGet();
                    } while (!done.get());
                    return null;
                }));
            }
            List<Future<?>> writers = new ArrayList<>();
            for (int w = 1; w <= 2; w++) {
                int seed = w;
                writers.add(threads.submit(() -> {
                    for (int i = 0; i < 25; i++) {
                        save("a", seed);
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            done.set(true);
            for (Future<?> reader : running) {
                reader.get();
            }
        } finally {
            done.set(true);
            threads.shutdownNow();
        }
        assertThat(reads.get()).isPositive();
        assertThat(files("a")).hasSize(2);
    }

    // --- attachments ----------------------------------------------------------------------------------------------

    /** A GCN with a file. */
    private record Attached(GnnModel gcn, Map<String, byte[]> attachments) implements GnnModel {
        @Override
        public ModelInfo info() {
            ModelInfo info = gcn.info();
            ModelShape shape = new ModelShape(Task.NODE, 5, 3, 4);
            return new ModelInfo(
                    "attached", shape, info.options(), info.hops(), EdgeMaskSupport.EDGE_WEIGHT, List.of("one", "two"));
        }

        @Override
        public List<Parameter> parameters() {
            return gcn.parameters();
        }

        @Override
        public ModelSession open(DeviceLease lease) {
            throw new AssertionError("nothing is computed here");
        }

        @Override
        public TrainingSession openForTraining(DeviceLease lease) {
            throw new AssertionError("nothing is trained here");
        }
    }

    private final class AttachedArchitecture implements ModelArchitecture {
        @Override
        public String name() {
            return "attached";
        }

        @Override
        public String description() {
            return "a gcn with a file";
        }

        @Override
        public OptionSchema<?> options() {
            return gcn.options();
        }

        @Override
        public GnnModel create(ModelShape shape, Map<String, String> options, long seed) {
            throw new AssertionError("nothing is made here");
        }

        @Override
        public GnnModel restore(ModelShape shape, Map<String, String> options, List<Parameter> parameters) {
            throw new AssertionError("the files are missing");
        }

        @Override
        public GnnModel restore(
                ModelShape shape,
                Map<String, String> options,
                List<Parameter> parameters,
                Map<String, byte[]> attachments) {
            return new Attached(gcn.restore(shape, options, parameters), attachments);
        }
    }

    private DirectoryModelStore attachedStore(FileOutput output) {
        return new DirectoryModelStore(root, Architectures.of(gcn, new AttachedArchitecture()), output);
    }

    private StoredModel saveAttached(String name, String text) {
        GnnModel model = new Attached(model(1), Map.of("module.pt", text.getBytes(StandardCharsets.UTF_8)));
        return attachedStore(FileOutput.DURABLE).save(description(name, model, 1), model);
    }

    @Test
    void attachmentsNotesAndEdgeFeaturesAreReadBackEqual() {
        StoredModel stored = saveAttached("a", "code");
        DirectoryModelStore store = attachedStore(FileOutput.DURABLE);
        assertThat(store.find("a")).isEqualTo(stored);
        assertThat(stored.info().notes()).containsExactly("one", "two");
        assertThat(store.find("a").info().shape().edgeFeatures()).isEqualTo(4);
        assertThat(store.load("a").attachments()).containsOnlyKeys("module.pt");
        assertThat(store.load("a").attachments().get("module.pt")).asString().isEqualTo("code");
    }

    @Test
    void attachmentsArePartOfTheIdentity() {
        StoredModel stored = saveAttached("a", "code");
        assertThat(saveAttached("b", "code").weightsDigest()).isEqualTo(stored.weightsDigest());
        assertThat(saveAttached("b", "kode").weightsDigest()).isNotEqualTo(stored.weightsDigest());
    }

    @Test
    void attachmentsOfReplacedModelsAreTidiedAway() throws IOException {
        saveAttached("a", "code");
        saveAttached("a", "other");
        assertThat(files("a"))
                .hasSize(3)
                .filteredOn(f -> f.endsWith("-module.pt"))
                .hasSize(1);
        save("a", 1);
        assertThat(files("a")).hasSize(2);
        saveAttached("a", "code");
        store().remove("a");
        assertThat(root.resolve("a")).doesNotExist();
    }

    @Test
    void aChangedAttachmentIsRefusedByName() throws IOException {
        saveAttached("a", "code");
        Path file = only("a", "-module.pt");
        Files.writeString(file, "kode");
        assertThatThrownBy(() -> attachedStore(FileOutput.DURABLE).load("a"))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining(file + " is damaged: its checksum is");
        Files.delete(file);
        assertThatThrownBy(() -> attachedStore(FileOutput.DURABLE).find("a"))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining(file + " is damaged: it is missing");
    }

    @Test
    void aFullDiskLeavesTheModelWithItsAttachment() throws IOException {
        StoredModel stored = saveAttached("a", "code");
        List<String> before = files("a");
        GnnModel bigger = new Attached(model(1), Map.of("module.pt", new byte[10_000]));
        long weights = Files.size(only("a", ".safetensors"));
        for (long room : new long[] {weights + 1, weights + 9_999, weights + 10_001}) {
            assertThatThrownBy(() -> attachedStore(diskWithRoomFor(room)).save(description("a", bigger, 1), bigger))
                    .isInstanceOf(StorageException.class);
            assertThat(files("a")).isEqualTo(before);
            assertThat(attachedStore(FileOutput.DURABLE).find("a")).isEqualTo(stored);
        }
    }

    @Test
    void namesOfAttachmentsAreChecked() {
        GnnModel model = new Attached(model(1), Map.of("../module.pt", new byte[1]));
        assertThatThrownBy(() -> attachedStore(FileOutput.DURABLE).save(description("a", model, 1), model))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'../module.pt' cannot be the name of a file of a model");
    }

    @Test
    void documentsFromBeforeAttachmentsAndNotesStayReadable() throws IOException {
        StoredModel stored = save("a", 1);
        JsonObject json = JsonParser.parseString(Files.readString(only("a", "model.json")))
                .getAsJsonObject();
        for (String member : List.of("attachments", "notes", "edgeFeatures", "sha256")) {
            json.remove(member);
        }
        Gson gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
        json.addProperty("sha256", Sha256.of(gson.toJson(json).getBytes(StandardCharsets.UTF_8)));
        Files.writeString(only("a", "model.json"), gson.toJson(json));
        assertThat(store().find("a")).isEqualTo(stored);
        assertSameWeights(store().load("a"), model(1));
    }

    // --- renaming -------------------------------------------------------------------------------------------------

    @Test
    void aRenamedModelIsTheSameUnderItsNewName() throws IOException {
        StoredModel stored = save("a", 1);
        List<String> before = files("a");
        StoredModel renamed = store().rename("a", "b");
        assertThat(renamed).usingRecursiveComparison().ignoringFields("name").isEqualTo(stored);
        assertThat(store().list()).containsExactly(renamed);
        assertThat(renamed.name()).isEqualTo("b");
        assertSameWeights(store().load("b"), model(1));
        assertThat(files("b")).isEqualTo(before);
        assertThat(Files.readString(only("b", "model.json"))).contains("\"name\": \"b\"");
        assertThatThrownBy(() -> store().find("a")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aNameThatIsTakenIsRefused() {
        save("a", 1);
        save("b", 2);
        assertThatThrownBy(() -> store().rename("a", "b"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("there is a model of that name");
        assertThatThrownBy(() -> store().rename("a", "a")).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> store().rename("a", "../b")).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> store().rename("c", "d"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("'c'");
        assertSameWeights(store().load("a"), model(1));
        assertSameWeights(store().load("b"), model(2));
    }

    @Test
    void whatACutOffSaveLeftDoesNotHinderRenamingButFilesOfTheUsersDo() throws IOException {
        save("a", 1);
        Files.createDirectories(root.resolve("b"));
        Files.write(root.resolve("b").resolve("weights-0000.safetensors"), new byte[1]);
        store().rename("a", "b");
        Path mine = Files.createDirectories(root.resolve("c")).resolve("notes.txt");
        Files.writeString(mine, "mine");
        assertThatThrownBy(() -> store().rename("b", "c"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("it keeps its name");
        assertThat(mine).hasContent("mine");
        assertSameWeights(store().load("b"), model(1));
    }

    @Test
    void ofTwoWhoRenameToOneNameOneIsRefused() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < 20; i++) {
                save("a", 1);
                save("b", 2);
                List<Future<StoredModel>> both =
                        threads.invokeAll(List.of(() -> store().rename("a", "c"), () -> store().rename("b", "c")));
                int done = 0;
                for (Future<StoredModel> one : both) {
                    try {
                        one.get();
                        done++;
                    } catch (ExecutionException e) {
                        assertThat(e).hasCauseInstanceOf(InvalidRequestException.class);
                    }
                }
                assertThat(done).isOne();
                assertThat(store().list()).hasSize(2);
                store().remove("c");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    // --- the format -----------------------------------------------------------------------------------------------

    @Test
    void weightsAreSafetensors() throws IOException {
        save("a", 1);
        ByteBuffer file =
                ByteBuffer.wrap(Files.readAllBytes(only("a", ".safetensors"))).order(ByteOrder.LITTLE_ENDIAN);
        byte[] header = new byte[(int) file.getLong()];
        file.get(header);
        assertThat(header.length % 8).isZero();
        assertThat(new String(header, StandardCharsets.UTF_8))
                .contains("\"conv1.lin.weight\":{\"dtype\":\"F32\",\"shape\":[16,5],\"data_offsets\":[0,320]}");
        assertThat(file.getFloat()).isEqualTo(model(1).parameters().get(0).values()[0]);
    }
}
