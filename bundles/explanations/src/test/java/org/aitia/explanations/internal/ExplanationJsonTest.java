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
import java.util.stream.Stream;
import org.aitia.api.DataFormatException;
import org.aitia.api.StorageException;
import org.aitia.api.Task;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.explain.Provenance;
import org.aitia.api.model.FeatureMaskType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplanationJsonTest {
    private static final int FEATURES = 4;

    private final ExplanationJson json = new ExplanationJson();

    @TempDir
    Path directory;

    private static ExplanationResult result(float[] edges, FeatureMaskType type, float[] features) {
        ExplanationTarget target = new ExplanationTarget(5, 1, 1, 0, new float[] {0.1f, 0.9f}, Long.MIN_VALUE + 12345);
        Explanation explanation = new Explanation(
                target,
                new int[] {5, 2, 9},
                new int[] {2, 9, 2},
                new int[] {5, 5, 9},
                new MaskValues(edges, type, features, Map.of("loss", 0.1234567890123)));
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
                Instant.parse("2026-01-02T03:04:05.678Z"));
        return new ExplanationResult(List.of(explanation), provenance, 1.5);
    }

    private static float[] features(FeatureMaskType type) {
        int count =
                switch (type) {
                    case NODE -> 3;
                    case FEATURE -> FEATURES;
                    case NODE_FEATURE, STORED -> 3 * FEATURES;
                };
        float[] values = new float[count];
        for (int i = 1; i < count; i += 2) {
            values[i] = 1f / (i + 2);
        }
        return values;
    }

    @ParameterizedTest
    @EnumSource(names = "STORED", mode = EnumSource.Mode.EXCLUDE)
    void readsWhatItWrote(FeatureMaskType type) {
        ExplanationResult written = result(new float[] {0.1f, 0, 1f / 3}, type, features(type));
        Path file = directory.resolve("e.json");
        json.write(written, file);
        assertSame(written, json.read(file));
    }

    @Test
    void readsWhatItWroteWithoutMasks() {
        ExplanationResult written = result(new float[0], FeatureMaskType.NODE, new float[0]);
        Path file = directory.resolve("e.json");
        json.write(written, file);
        assertSame(written, json.read(file));
    }

    private static void assertSame(ExplanationResult written, ExplanationResult read) {
        assertThat(read.provenance()).isEqualTo(written.provenance());
        assertThat(read.seconds()).isEqualTo(written.seconds());
        Explanation expected = written.explanations().get(0);
        Explanation actual = read.explanations().get(0);
        assertThat(actual.target()).usingRecursiveComparison().isEqualTo(expected.target());
        assertThat(actual.nodes()).isEqualTo(expected.nodes());
        assertThat(actual.edgeSources()).isEqualTo(expected.edgeSources());
        assertThat(actual.edgeTargets()).isEqualTo(expected.edgeTargets());
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
