package org.aitia.explanations.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.aitia.api.DataFormatException;
import org.aitia.api.StorageException;
import org.aitia.api.Task;
import org.aitia.api.explain.Cost;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.explain.Provenance;
import org.aitia.api.explain.Threshold;
import org.aitia.api.model.FeatureMaskType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplanationJsonTest {
    private static final int FEATURES = 4;
    private static final int[] STORED_OFFSETS = {0, 2, 2, 5};
    private static final int[] STORED_COLUMNS = {0, 3, 1, 2, 3};

    private final ExplanationJson json = new ExplanationJson();
    private final ExplanationJson large = new ExplanationJson(0);

    @TempDir
    Path directory;

    private static ExplanationResult result(float[] edges, FeatureMaskType type, float[] features) {
        return result(type, new MaskValues(edges, type, features, Map.of("loss", 0.1234567890123)));
    }

    private static ExplanationResult result(FeatureMaskType type, MaskValues... masks) {
        List<Explanation> explanations = Stream.of(masks)
                .map(values -> new Explanation(
                        new ExplanationTarget(5, 1, 1, 0, new float[] {0.1f, 0.9f}, Long.MIN_VALUE + 12345),
                        new int[] {5, 2, 9},
                        new int[] {2, 9, 2},
                        new int[] {5, 5, 9},
                        type == FeatureMaskType.STORED ? STORED_OFFSETS : new int[0],
                        type == FeatureMaskType.STORED ? STORED_COLUMNS : new int[0],
                        values))
                .toList();
        Provenance provenance = new Provenance(
                "gnnexplainer",
                "bundle 1.0.0",
                Map.of("epochs", "100"),
                ExplanationType.PHENOMENON,
                Task.NODE,
                "m",
                "gcn",
                2,
                "sha256:1",
                "d",
                Map.of("seed", "3"),
                "sha256:2",
                42,
                "cpu",
                Map.of("djl", "0"),
                Instant.parse("2026-01-02T03:04:05.678Z"),
                Optional.of("m-gnnexplainer"),
                Optional.of("sha256:3"),
                Optional.empty());
        return new ExplanationResult(explanations, provenance, 1.5, new Cost(10, 5, 100, 0.25, 1L << 40));
    }

    private static MaskValues everything(FeatureMaskType type) {
        float[] features = features(type);
        float[] spread = new float[features.length];
        java.util.Arrays.fill(spread, 1e-9f);
        return new MaskValues(
                new float[] {0.1f, 0, 1f / 3},
                type,
                features,
                new float[] {0, 1, 2, 3, 4, 1f / 7},
                Optional.of(new MaskValues.Deviation(new float[] {0.5f, 0, 1}, spread, new float[6])),
                Map.of("loss", 0.5));
    }

    private static float[] features(FeatureMaskType type) {
        int count =
                switch (type) {
                    case NODE -> 3;
                    case FEATURE -> FEATURES;
                    case NODE_FEATURE -> 3 * FEATURES;
                    case STORED -> STORED_COLUMNS.length;
                };
        float[] values = new float[count];
        for (int i = 1; i < count; i += 2) {
            values[i] = 1f / (i + 2);
        }
        return values;
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatItWrote(FeatureMaskType type) {
        ExplanationResult written = result(new float[] {0.1f, 0, 1f / 3}, type, features(type));
        Path file = directory.resolve("e.json");
        json.write(written, file);
        assertSame(written, json.read(file));
    }

    @Test
    void oneValueThatIsNoNumberDoesNotTakeTheMaskWithIt() {
        float[] edges = {Float.NaN, 0, 1f / 3};
        Path file = directory.resolve("e.json");
        json.write(result(edges, FeatureMaskType.NODE, features(FeatureMaskType.NODE)), file);
        assertThat(json.read(file).explanations())
                .allSatisfy(e -> assertThat(e.edgeMask()).containsExactly(edges));
    }

    @ParameterizedTest
    @EnumSource
    void readsEverythingThatItWrote(FeatureMaskType type) {
        ExplanationResult written = result(type, everything(type), everything(type));
        Path file = directory.resolve("e.json");
        json.write(written, file);
        assertSame(written, json.read(file));
        assertThat(names()).containsExactly("e.json");
    }

    @Test
    void readsWhatItWroteWithoutMasks() {
        ExplanationResult written = result(new float[0], FeatureMaskType.NODE, new float[0]);
        Path file = directory.resolve("e.json");
        json.write(written, file);
        assertSame(written, json.read(file));
    }

    @Test
    void readsByWhichThresholdMasksWereCut() throws IOException {
        ExplanationResult cut = Threshold.parse("top-k:1:undirected")
                .apply(result(new float[] {0.1f, 0, 1f / 3}, FeatureMaskType.NODE, new float[0]));
        Path file = directory.resolve("e.json");
        json.write(cut, file);
        assertSame(cut, json.read(file));
        write(file, Files.readString(file).replace("top-k:1:undirected", "top-k:0"));
        assertThatThrownBy(() -> json.read(file))
                .isInstanceOf(DataFormatException.class)
                .hasMessageStartingWith(
                        file + " is damaged at $.threshold: there is no threshold 'top-k:0'; allowed: ");
    }

    // large masks

    @ParameterizedTest
    @EnumSource
    void readsWhatItWroteBesideTheDocument(FeatureMaskType type) {
        MaskValues plain =
                new MaskValues(new float[] {1, Float.MIN_VALUE, 0}, type, features(type), Map.of("loss", 0.5));
        ExplanationResult written = result(type, everything(type), plain, everything(type));
        Path file = directory.resolve("e.json");
        large.write(written, file);
        assertSame(written, json.read(file));
        assertThat(names()).hasSize(2).anyMatch(name -> name.matches("e\\.masks-[0-9a-f]{16}\\.npz"));
    }

    @Test
    void replacesADocumentTogetherWithItsMasks() {
        Path file = directory.resolve("e.json");
        Path neighbour = directory.resolve("e2.json");
        large.write(result(FeatureMaskType.NODE, everything(FeatureMaskType.NODE)), neighbour);
        large.write(result(FeatureMaskType.NODE, everything(FeatureMaskType.NODE)), file);
        ExplanationResult second = result(FeatureMaskType.FEATURE, everything(FeatureMaskType.FEATURE));
        large.write(second, file);
        assertThat(names()).hasSize(4);
        assertSame(second, json.read(file));
        json.write(second, file);
        assertThat(names()).hasSize(3).contains("e.json", "e2.json");
        json.read(neighbour);
    }

    @Test
    void writesNoMasksBesideAStream() throws IOException {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        large.write(result(FeatureMaskType.NODE, everything(FeatureMaskType.NODE)), out);
        assertThat(out.toString(java.nio.charset.StandardCharsets.UTF_8)).doesNotContain("maskFile");
        assertThat(names()).isEmpty();
    }

    @Test
    void saysSoWhenTheMasksAreMissingOrDamaged() throws IOException {
        Path file = directory.resolve("e.json");
        large.write(result(FeatureMaskType.NODE, everything(FeatureMaskType.NODE)), file);
        Path masks = directory.resolve(
                names().stream().filter(n -> n.endsWith(".npz")).findFirst().orElseThrow());
        byte[] whole = Files.readAllBytes(masks);
        byte[] spoilt = whole.clone();
        spoilt[whole.length / 2] ^= 1;
        Files.write(masks, spoilt);
        assertThatThrownBy(() -> json.read(file))
                .isInstanceOf(DataFormatException.class)
                .hasMessage(masks + ", which holds the masks of e.json, is damaged: it is not what the document was"
                        + " written with; copy it again, or explain again");
        Files.delete(masks);
        assertThatThrownBy(() -> json.read(file))
                .isInstanceOf(DataFormatException.class)
                .hasMessage(file + " keeps its masks in " + masks.getFileName() + ", which is not beside it; put both"
                        + " files into one directory, or explain again");
    }

    @Test
    void looksForMasksBesideTheDocumentOnly() throws IOException {
        Path file = directory.resolve("e.json");
        large.write(result(FeatureMaskType.NODE, everything(FeatureMaskType.NODE)), file);
        Files.writeString(file, Files.readString(file).replace("\"e.masks", "\"../e.masks"));
        assertThatThrownBy(() -> json.read(file))
                .hasMessage(file + " is damaged at $.maskFile.name: there should be the name of an npz file beside it");
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    // documents of before

    @Test
    void readsDocumentsWithoutTheLaterKeys() throws IOException {
        Path file = Files.writeString(directory.resolve("e.json"), """
                {"format":"aitia-explanation","version":1,"explanations":[{"target":5,"predictedClass":1,
                "explainedClass":1,"label":-1,"probabilities":[0.25,0.75],"nodes":[5,2],"edgeMask":[[2,5,0.5]],
                "nodeMask":[[2,0.25]],"featureMask":null,"featureMaskType":"node","featureMaskSize":2,"seed":7,
                "diagnostics":{"loss":null}}],"seconds":1.5,"secondsPerTarget":1.5,"provenance":{"explainer":"x",
                "explainerBundle":"b 1","options":{"epochs":"3"},"type":"model","task":"node","model":"m",
                "architecture":"gcn","hops":2,"modelDigest":"sha256:1","dataset":"d","datasetOptions":{},
                "datasetDigest":"sha256:2","seed":42,"device":"cpu","libraries":{},
                "started":"2026-01-02T03:04:05Z"}}
                """);
        ExplanationResult read = json.read(file);
        assertThat(read.cost()).isEqualTo(Cost.UNKNOWN);
        assertThat(read.provenance().trained()).isEmpty();
        assertThat(read.explanations().get(0).featureMask()).containsExactly(0, 0.25f);
        assertThat(read.explanations().get(0).masks().diagnostics()).containsEntry("loss", Double.NaN);
        assertThat(read.explanations().get(0).masks().deviation()).isEmpty();
    }

    @Test
    void namesThePlaceOfDamage() throws IOException {
        Path file = directory.resolve("e.json");
        json.write(result(FeatureMaskType.STORED, everything(FeatureMaskType.STORED)), file);
        String whole = Files.readString(file);
        Map<String, String> damages = Map.of(
                "\"label\":0", "$.explanations[0].label: there should be a whole number",
                "[2,5,0.1]", "$.explanations[0].edgeMask[0][0]: there should be a whole number",
                "[9,2,0.2]", "$.explanations[0].featureMask[3][0]: there should be a whole number",
                "\"featureMaskSize\":5", "$.explanations[0].featureMaskSize: there should be a whole number",
                "\"seed\":42", "$.provenance.seed: there should be a whole number",
                "\"oracleCalls\":10", "$.cost.oracleCalls: there should be a whole number");
        damages.forEach((part, message) -> {
            assertThat(whole).contains(part);
            String wrong = part.replaceFirst("(?<=[:\\[])\\d+", "\"x\"");
            write(file, whole.replace(part, wrong));
            assertThatThrownBy(() -> json.read(file))
                    .isInstanceOf(DataFormatException.class)
                    .hasMessage(file + " is damaged at " + message);
        });
        write(file, whole.replace("[9,2,0.2]", "[7,2,0.0]"));
        assertThatThrownBy(() -> json.read(file))
                .hasMessage(file + " is damaged at $.explanations[0].featureMask[3]: node 7 is not among the nodes");
        write(file, whole.replace("\"featureMaskSize\":5", "\"featureMaskSize\":2000000000"));
        assertThatThrownBy(() -> json.read(file))
                .hasMessage(file + " is damaged at $.explanations[0].featureMaskSize: a stored mask of 3 nodes has"
                        + " another size");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void assertSame(ExplanationResult written, ExplanationResult read) {
        assertThat(read.provenance()).isEqualTo(written.provenance());
        assertThat(read.seconds()).isEqualTo(written.seconds());
        assertThat(read.cost()).isEqualTo(written.cost());
        assertThat(read.threshold()).isEqualTo(written.threshold());
        assertThat(read.explanations()).hasSameSizeAs(written.explanations());
        for (int i = 0; i < written.explanations().size(); i++) {
            assertSame(written.explanations().get(i), read.explanations().get(i));
        }
    }

    private static void assertSame(Explanation expected, Explanation actual) {
        assertThat(actual.target()).usingRecursiveComparison().isEqualTo(expected.target());
        assertThat(actual.nodes()).isEqualTo(expected.nodes());
        assertThat(actual.edgeSources()).isEqualTo(expected.edgeSources());
        assertThat(actual.edgeTargets()).isEqualTo(expected.edgeTargets());
        assertThat(actual.storedOffsets()).isEqualTo(expected.storedOffsets());
        assertThat(actual.storedColumns()).isEqualTo(expected.storedColumns());
        assertThat(actual.masks()).usingRecursiveComparison().isEqualTo(expected.masks());
    }

    @Test
    void hasTheKeysThatScriptsRelyOn() throws IOException {
        Path file = directory.resolve("e.json");
        json.write(result(new float[] {0.5f, 0, 1}, FeatureMaskType.NODE, new float[] {0, 0.25f, 0}), file);
        JsonObject root = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        assertThat(root.keySet()).contains("explanations", "seconds", "secondsPerTarget", "provenance");
        JsonObject explanation = root.getAsJsonArray("explanations").get(0).getAsJsonObject();
        assertThat(explanation.keySet())
                .contains("target", "predictedClass", "probabilities", "edgeMask", "nodeMask", "featureMask", "seed");
        assertThat(explanation.get("edgeMask").toString()).isEqualTo("[[2,5,0.5],[9,5,0.0],[2,9,1.0]]");
        assertThat(explanation.get("nodeMask").toString()).isEqualTo("[[2,0.25]]");
        assertThat(explanation.get("featureMask").isJsonNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "nonsense", "{\"format\": \"other\"}"})
    void refusesOtherFiles(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("e.json"), content);
        assertThatThrownBy(() -> json.read(file))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("e.json");
    }

    @Test
    void refusesTruncatedFiles() throws IOException {
        Path file = directory.resolve("e.json");
        json.write(result(new float[] {0.5f, 0, 1}, FeatureMaskType.NODE, new float[] {0, 0.25f, 0}), file);
        String whole = Files.readString(file);
        for (int length = 0; length < whole.length(); length += 7) {
            Files.writeString(file, whole.substring(0, length));
            assertThatThrownBy(() -> json.read(file))
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageContaining("e.json")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void namesAMissingFileOrDirectory() {
        assertThatThrownBy(() -> json.read(directory.resolve("none.json")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("there is no file");
        Path nowhere = directory.resolve("nowhere").resolve("e.json");
        assertThatThrownBy(() -> json.write(result(new float[3], FeatureMaskType.NODE, new float[0]), nowhere))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("there is no such directory");
    }

    @Test
    void failedWriteLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = Files.writeString(directory.resolve("e.json"), "old");
        Files.createDirectory(directory.resolve("in-the-way"));
        Files.writeString(directory.resolve("in-the-way").resolve("x"), "");
        // a directory with content cannot be replaced by a file, so the last step of the write fails
        assertThatThrownBy(() -> json.write(
                        result(new float[3], FeatureMaskType.NODE, new float[0]), directory.resolve("in-the-way")))
                .isInstanceOf(StorageException.class);
        assertThat(file).hasContent("old");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files)
                    .extracting(p -> p.getFileName().toString())
                    .containsExactlyInAnyOrder("e.json", "in-the-way");
        }
    }

    @Test
    void reportsAFullDisk() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        assertThatThrownBy(() -> json.write(result(new float[3], FeatureMaskType.NODE, new float[0]), full))
                .isInstanceOf(IOException.class)
                .hasMessage("No space left on device");
    }
}
