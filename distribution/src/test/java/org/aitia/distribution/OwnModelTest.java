package org.aitia.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aitia.testkit.container.Aitia;
import org.aitia.testkit.container.AitiaContainer;
import org.aitia.testkit.container.AitiaSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that users bring from PyTorch, and take back to it. */
@AitiaContainer
class OwnModelTest {
    private static final Path SHARED =
            Path.of(System.getProperty("aitia.shared", "none")).normalize();

    private static JsonObject json(AitiaSession session, String command) {
        return JsonParser.parseString(
                        session.run(command + " --json --quiet").succeeded().out())
                .getAsJsonObject();
    }

    private static float[][] logits(JsonObject predictions) {
        JsonArray rows = predictions.getAsJsonArray("predictions");
        float[][] logits = new float[rows.size()][];
        for (int i = 0; i < logits.length; i++) {
            JsonArray row = rows.get(i).getAsJsonObject().getAsJsonArray("logits");
            logits[i] = new float[row.size()];
            for (int c = 0; c < row.size(); c++) {
                logits[i][c] = row.get(c).getAsFloat();
            }
        }
        return logits;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcn", "gat", "sage", "gin"})
    void aModelThatIsExportedAndImportedPredictsTheSame(String architecture, Aitia aitia) {
        try (AitiaSession session = aitia.open()) {
            session.run("train -d karate -a " + architecture + " -n mine --epochs 5")
                    .succeeded();
            session.run("export-model mine mine.pt").succeeded();
            String imported = session.run("import-model mine.pt -n again --task node -d karate")
                    .succeeded()
                    .out();
            assertThat(imported).contains("Imported mine.pt as again.").contains("explain -m again");
            float[][] before = logits(json(session, "predict -m mine --all"));
            float[][] after = logits(json(session, "predict -m again --all"));
            assertThat(after).hasNumberOfRows(34);
            for (int v = 0; v < before.length; v++) {
                assertThat(after[v]).as("node %d", v).containsExactly(before[v], within(1e-5f));
            }
            session.run("explain -m again -x gnnexplainer -n 0,33 -o epochs=20 --html again.html")
                    .succeeded();
            assertThat(aitia.directory().resolve("again.html")).isNotEmptyFile();
            session.run("explain -m again -x occlusion -n 0").succeeded();
        }
    }

    @Test
    void modelsAreEvaluatedRenamedAndRemoved(Aitia aitia) {
        try (AitiaSession session = aitia.open()) {
            session.run("train -d karate -a gcn -n first").succeeded();
            JsonObject parts = json(session, "evaluate -m first").getAsJsonObject("parts");
            assertThat(parts.keySet()).contains("train");
            session.run("rename-model first second").succeeded();
            assertThat(session.run("models").succeeded().out())
                    .contains("second")
                    .doesNotContain("first");
            session.run("remove-model second").succeeded();
            assertThat(session.run("model second").status()).isNotZero();
        }
    }

    @Test
    void theKarateModuleGivesTheLogitsThatItCameWith(Aitia aitia) throws IOException {
        Path folder = SHARED.resolve("reference/torchscript");
        assumeTrue(Files.isDirectory(folder), "no reference modules at " + folder);
        JsonObject expected = JsonParser.parseString(Files.readString(folder.resolve("karate_gcn_pure_torch.json")))
                .getAsJsonObject();
        weighted(expected.getAsJsonObject("inputs"), aitia.directory().resolve("weighted"));
        try (AitiaSession session = aitia.open()) {
            session.run("import-model " + folder.resolve("karate_gcn_pure_torch.pt")
                            + " -n karate-gcn -d user-graph -D path=weighted")
                    .succeeded();
            float[][] found = logits(json(session, "predict -m karate-gcn --all"));
            JsonArray rows = expected.getAsJsonObject("expected").getAsJsonArray("values");
            assertThat(found).hasNumberOfRows(rows.size());
            for (int v = 0; v < found.length; v++) {
                for (int c = 0; c < found[v].length; c++) {
                    assertThat(found[v][c])
                            .as("node %d, class %d", v, c)
                            .isCloseTo(rows.get(v).getAsJsonArray().get(c).getAsFloat(), within(1e-5f));
                }
            }
            session.run("explain -m karate-gcn -x gnnexplainer -n 0").succeeded();
        }
    }

    /** Writes the graph that came with the module as tables: its edges are directed and weighted. */
    private static void weighted(JsonObject inputs, Path folder) throws IOException {
        Files.createDirectories(folder);
        JsonArray x = inputs.getAsJsonObject("x").getAsJsonArray("values");
        StringBuilder nodes = new StringBuilder("id,label");
        for (int f = 0; f < x.get(0).getAsJsonArray().size(); f++) {
            nodes.append(",f").append(f);
        }
        for (int v = 0; v < x.size(); v++) {
            nodes.append('\n').append(v).append(',').append(v % 4);
            x.get(v).getAsJsonArray().forEach(value -> nodes.append(',').append(value.getAsString()));
        }
        Files.writeString(folder.resolve("nodes.csv"), nodes);
        JsonArray ends = inputs.getAsJsonObject("edge_index").getAsJsonArray("values");
        JsonArray weights = inputs.getAsJsonObject("edge_weight").getAsJsonArray("values");
        StringBuilder edges = new StringBuilder("source,target,weight");
        for (int e = 0; e < weights.size(); e++) {
            edges.append('\n').append(ends.get(0).getAsJsonArray().get(e).getAsInt());
            edges.append(',').append(ends.get(1).getAsJsonArray().get(e).getAsInt());
            edges.append(',').append(weights.get(e).getAsString());
        }
        Files.writeString(folder.resolve("edges.csv"), edges);
        Files.writeString(folder.resolve("graph.json"), "{\"directed\": true}");
    }

    @Test
    void theCoraModuleIsAsAccurateAsWhereItWasTrained(Aitia aitia) {
        Path file = SHARED.resolve("reference/torchscript/cora_gcn_pure_torch.pt");
        assumeTrue(Files.exists(file), "no reference module " + file);
        aitia.environment("AITIA_DATASETS_MIRROR", SHARED.resolve("datasets").toString());
        try (AitiaSession session = aitia.open()) {
            session.run("import-model " + file + " -n cora-gcn --task node --classes 7 -d cora")
                    .succeeded();
            JsonObject test = json(session, "evaluate -m cora-gcn")
                    .getAsJsonObject("parts")
                    .getAsJsonObject("test");
            assertThat(test.get("accuracy").getAsDouble()).isCloseTo(0.820, within(1e-9));
            session.run("explain -m cora-gcn -x gnnexplainer -n 1708,2707").succeeded();
        }
    }

    @Test
    void whatIsNoModuleIsRefusedInOneLine(Aitia aitia) throws IOException {
        Files.writeString(aitia.directory().resolve("notes.pt"), "these are notes");
        assertThat(aitia.run("import-model notes.pt -n x").failedWithOneLine()).contains("notes.pt");
        assertThat(aitia.run("import-model nothing.pt -n x").failedWithOneLine())
                .contains("nothing.pt");
    }
}
