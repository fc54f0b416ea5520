package org.aitia.models.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.Parameter;
import org.aitia.api.model.StoredModel;
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
        Files.write(only("a", "model.json"), new ModelDocument(stored, "../secret", 8).toJson());
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

    // --- the format -----------------------------------------------------------------------------------------------

    @Test
    void weightsAreSafetensors() throws IOException {
        save("a", 1);
        ByteBuffer file =
                ByteBuffer.wrap(Files.readAllBytes(only("a", ".safetensors"))).order(ByteOrder.LITTLE_ENDIAN);
        byte[] header = new byte[(int) file.getLong()];
        file.get(header);
        assertThat(header.length % 8).isZero();
        assertThat(new String(header, java.nio.charset.StandardCharsets.UTF_8))
                .contains("\"conv1.lin.weight\":{\"dtype\":\"F32\",\"shape\":[16,5],\"data_offsets\":[0,320]}");
        assertThat(file.getFloat()).isEqualTo(model(1).parameters().get(0).values()[0]);
    }
}
