package org.aitia.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aitia.testkit.container.Aitia;
import org.aitia.testkit.container.AitiaContainer;
import org.aitia.testkit.container.AitiaSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The commands, their documents and their errors, in one running container. */
@AitiaContainer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MainJobTest {
    private static final String MODEL = "shapes";

    private Aitia aitia;
    private AitiaSession session;

    @BeforeAll
    void trainAModel(Aitia installation) {
        aitia = installation;
        session = aitia.open();
        JsonObject trained =
                json("train -d ba-shapes -a gcn -n " + MODEL + " --epochs 60 --layers 3 --hidden 20 --json");
        assertThat(trained.get("name").getAsString()).isEqualTo(MODEL);
    }

    @AfterAll
    void close() {
        session.close();
    }

    private JsonObject json(String command) {
        return JsonParser.parseString(session.run(command).succeeded().out()).getAsJsonObject();
    }

    private String error(String command) {
        return session.run(command).failedWithOneLine();
    }

    @Test
    void datasetHasItsKeys() {
        JsonObject dataset = json("dataset ba-shapes --json");
        assertThat(dataset.get("name").getAsString()).isEqualTo("ba-shapes");
        assertThat(dataset.get("nodes").getAsInt()).isEqualTo(700);
        assertThat(dataset.get("edges").getAsInt()).isEqualTo(2 * 2055);
        assertThat(dataset.get("features").getAsInt()).isEqualTo(10);
        assertThat(dataset.get("classes").getAsInt()).isEqualTo(4);
        assertThat(dataset.get("graphs").getAsInt()).isEqualTo(1);
        assertThat(dataset.get("train").getAsInt()).isEqualTo(560);
        assertThat(dataset.get("val").getAsInt()).isEqualTo(70);
        assertThat(dataset.get("test").getAsInt()).isEqualTo(70);
    }

    @Test
    void modelHasItsKeys() {
        JsonObject model = json("model " + MODEL + " --json");
        assertThat(model.keySet())
                .contains("name", "dataset", "architecture", "trainAccuracy", "valAccuracy", "testAccuracy", "seconds");
        assertThat(model.get("testAccuracy").getAsDouble()).isBetween(0.0, 1.0);
    }

    @Test
    void listingsAreOneDocumentEach() {
        for (String command : List.of(
                "datasets", "architectures", "models", "explainers", "explainer gnnexplainer", "devices", "jobs")) {
            String out = session.run(command + " --json").succeeded().out();
            JsonElement document = JsonParser.parseString(out);
            assertThat(document.isJsonArray() || document.isJsonObject())
                    .as(command)
                    .isTrue();
            assertThat(out.strip()).as(command).contains("\"");
        }
    }

    @Test
    void explanationHasItsKeysAndKeepsToTheReceptiveField() {
        JsonObject result = json("explain -m " + MODEL + " -x gnnexplainer -n 400,402 -o epochs=20 --seed 3 --json");
        assertThat(result.keySet()).contains("explanations", "seconds", "secondsPerTarget", "provenance");
        JsonArray explanations = result.getAsJsonArray("explanations");
        assertThat(explanations).hasSize(2);
        JsonObject first = explanations.get(0).getAsJsonObject();
        assertThat(first.keySet())
                .contains("target", "predictedClass", "probabilities", "edgeMask", "nodeMask", "featureMask", "seed");
        assertThat(first.get("target").getAsInt()).isEqualTo(400);
        double sum = 0;
        for (JsonElement probability : first.getAsJsonArray("probabilities")) {
            sum += probability.getAsDouble();
        }
        assertThat(sum).isCloseTo(1, within(1e-4));
        for (JsonElement edge : first.getAsJsonArray("edgeMask")) {
            assertThat(edge.getAsJsonArray()).hasSize(3);
            assertThat(edge.getAsJsonArray().get(2).getAsDouble()).isBetween(0.0, 1.0);
        }
    }

    @Test
    void sameRequestGivesTheSameMasks() {
        String command = "explain -m " + MODEL + " -x gnnexplainer -n 400..420:5 -o epochs=20 --seed 3 --json";
        assertThat(json(command).get("explanations")).isEqualTo(json(command).get("explanations"));
    }

    @Test
    void batchesGiveWhatSingleTargetsGive() {
        String command = "explain -m " + MODEL + " -x gnnexplainer -n 400..440:5 -o epochs=20 --json --batch-size ";
        JsonArray together = json(command + 9).getAsJsonArray("explanations");
        JsonArray apart = json(command + 1).getAsJsonArray("explanations");
        assertThat(together).hasSize(9);
        for (int i = 0; i < together.size(); i++) {
            JsonArray one = together.get(i).getAsJsonObject().getAsJsonArray("edgeMask");
            JsonArray other = apart.get(i).getAsJsonObject().getAsJsonArray("edgeMask");
            assertThat(one).hasSameSizeAs(other);
            for (int e = 0; e < one.size(); e++) {
                assertThat(one.get(e).getAsJsonArray().get(2).getAsDouble())
                        .isCloseTo(other.get(e).getAsJsonArray().get(2).getAsDouble(), within(1e-4));
            }
        }
    }

    @Test
    void filesGoWhereTheUserStands() {
        session.run("explain -m " + MODEL + " -x gnnexplainer -n 400 -o epochs=5 --out e.json --html e.html")
                .succeeded();
        assertThat(aitia.directory().resolve("e.json")).isNotEmptyFile();
        assertThat(aitia.directory().resolve("e.html")).isNotEmptyFile();
    }

    @Test
    void unknownNamesAreAnsweredWithTheNearest() {
        assertThat(error("dataset ba-shape"))
                .contains("unknown dataset 'ba-shape'")
                .contains("'ba-shapes'");
        assertThat(error("model shape")).contains("unknown model 'shape'").contains("'" + MODEL + "'");
        assertThat(error("explainer gnnexplaner")).contains("'gnnexplaner'").contains("'gnnexplainer'");
        assertThat(error("explain -m " + MODEL + " -x gnn-explainer -n 1")).contains("'gnnexplainer'");
        assertThat(error("explain -m " + MODEL + " -x gnnexplainer -n 1 -o epoch=5"))
                .contains("unknown option 'epoch'")
                .contains("'epochs'");
        assertThat(error("train -d ba-shapes -a gcm")).contains("'gcm'").contains("'gcn'");
        assertThat(error("train -d ba-shapes -a gcn -o layer=2"))
                .contains("'layer'")
                .contains("'layers'");
        assertThat(error("dataset")).contains("dataset");
        assertThat(error("trian -d cora")).contains("trian");
    }

    @Test
    void valuesOutOfRangeAreAnsweredWithTheRange() {
        assertThat(error("explain -m " + MODEL + " -x gnnexplainer -n 700"))
                .contains("node 700")
                .contains("0..699");
        assertThat(error("explain -m " + MODEL + " -x gnnexplainer -n 1 -o lr=0"))
                .contains("'lr'")
                .contains("> 0");
        assertThat(error("explain -m " + MODEL + " -x gnnexplainer -n five")).contains("five");
        assertThat(error("train -d ba-shapes -a gcn --epochs 0"))
                .contains("epochs")
                .contains("1");
    }

    @Test
    void nothingIsHalfWritten() throws IOException {
        assertThat(error("explain -m " + MODEL + " -x gnnexplainer -n 1 --out nowhere/e.json"))
                .contains("nowhere");
        assertThat(error("train -d ba-shapes -a gcn -n half --epochs 1 -o dropout=2"))
                .contains("dropout");
        assertThat(aitia.directory().resolve("nowhere")).doesNotExist();
        assertThat(json("models --json").toString()).doesNotContain("half");
    }

    @Test
    void aDamagedModelIsNamedAndHurtsNoOther() throws IOException {
        json("train -d ba-shapes -a gcn -n damaged --epochs 1 --json");
        Path directory = aitia.data().resolve("models").resolve("damaged");
        try (var files = Files.list(directory)) {
            Path weights = files.filter(f -> !f.toString().endsWith(".json"))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(weights);
            bytes[bytes.length / 2] ^= 0x10;
            Files.write(weights, bytes);
        }
        assertThat(error("explain -m damaged -x gnnexplainer -n 1"))
                .contains("damaged")
                .contains("checksum");
        json("explain -m " + MODEL + " -x gnnexplainer -n 1 -o epochs=2 --json");
    }

    @Test
    void withoutNetworkAndMirrorTheUserLearnsWhatToDo() {
        assertThat(error("dataset cora")).contains("cora").contains("AITIA_DATASETS_MIRROR");
    }
}
