package org.aitia.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aitia.testkit.container.Aitia;
import org.aitia.testkit.container.AitiaContainer;
import org.aitia.testkit.container.AitiaSession;
import org.aitia.testkit.container.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The main job on real data from a mirror. */
@AitiaContainer
class CoraTest {
    private static final Path MIRROR = Path.of(System.getProperty("aitia.shared", "none"))
            .resolve("datasets")
            .normalize();

    @BeforeEach
    void needsTheData() {
        assumeTrue(Files.isDirectory(MIRROR.resolve("planetoid")), "no data sets at " + MIRROR);
    }

    @Test
    void trainsAndExplains(Aitia aitia) {
        aitia.environment("AITIA_DATASETS_MIRROR", MIRROR.toString());
        Outcome outcome = aitia.run("train -d cora -a gcn --seed 0 -n cora-gcn;"
                        + " explain -m cora-gcn -x gnnexplainer -n 0,42,1358 --html out.html")
                .succeeded();
        assertThat(outcome.out()).contains("42").contains("1358");
        assertThat(aitia.directory().resolve("out.html")).isNotEmptyFile();
        JsonObject model = JsonParser.parseString(
                        aitia.run("model cora-gcn --json").succeeded().out())
                .getAsJsonObject();
        assertThat(model.get("testAccuracy").getAsDouble()).isGreaterThan(0.78);
    }

    @Test
    void aMirrorMayBeRelativeToWhereTheUserStands(Aitia aitia) throws IOException {
        Files.createSymbolicLink(aitia.directory().resolve("mirror"), MIRROR);
        aitia.environment("AITIA_DATASETS_MIRROR", "mirror");
        JsonObject cora = JsonParser.parseString(
                        aitia.run("dataset cora --json").succeeded().out())
                .getAsJsonObject();
        assertThat(cora.get("nodes").getAsInt()).isEqualTo(2708);
        assertThat(cora.get("edges").getAsInt()).isEqualTo(10556);
        assertThat(cora.get("features").getAsInt()).isEqualTo(1433);
        assertThat(cora.get("classes").getAsInt()).isEqualTo(7);
    }

    @Test
    void aTruncatedFileIsNamedWithItsChecksum(Aitia aitia) throws IOException {
        Path mirror =
                Files.createDirectories(aitia.directory().resolve("mirror").resolve("planetoid"));
        try (var files = Files.list(MIRROR.resolve("planetoid"))) {
            for (Path file : files.filter(f -> f.getFileName().toString().startsWith("ind.cora."))
                    .toList()) {
                byte[] bytes = Files.readAllBytes(file);
                boolean cut = file.getFileName().toString().equals("ind.cora.graph");
                Files.write(mirror.resolve(file.getFileName()), cut ? java.util.Arrays.copyOf(bytes, 1000) : bytes);
            }
        }
        aitia.environment("AITIA_DATASETS_MIRROR", "mirror");
        assertThat(aitia.run("dataset cora").failedWithOneLine())
                .contains("ind.cora.graph")
                .contains("expected SHA-256");
    }

    @Test
    void explainsEveryNode(Aitia aitia) {
        aitia.environment("AITIA_DATASETS_MIRROR", MIRROR.toString());
        try (AitiaSession session = aitia.open()) {
            session.run("train -d cora -a gcn --seed 0 -n cora-gcn --json").succeeded();
            JsonObject result = JsonParser.parseString(session.run(
                                    "explain -m cora-gcn -x gnnexplainer --all -o nodeMaskType=object -o epochs=5 --json")
                            .succeeded()
                            .out())
                    .getAsJsonObject();
            assertThat(result.getAsJsonArray("explanations")).hasSize(2708);
        }
    }
}
