package org.aitia.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.testkit.container.Aitia;
import org.aitia.testkit.container.AitiaContainer;
import org.aitia.testkit.container.AitiaSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The leaderboard of the product: the suite that notices a broken explainer, and suites of users. */
@AitiaContainer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BenchTest {
    private static final Pattern PICTURE = Pattern.compile("!\\[[^]]*]\\(([^)]+)\\)");

    private Aitia aitia;
    private AitiaSession session;

    @BeforeAll
    void open(Aitia installation) {
        aitia = installation;
        session = aitia.open();
    }

    @AfterAll
    void close() {
        session.close();
    }

    private Path file(String name) {
        return aitia.directory().resolve(name);
    }

    private JsonObject json(String command) {
        return JsonParser.parseString(session.run(command).succeeded().out()).getAsJsonObject();
    }

    @Test
    void theQuickSuiteReachesItsGoals() throws IOException {
        JsonObject result = json("bench quick --check --out quick --json -q");
        assertThat(result.getAsJsonArray("failures")).isEmpty();
        assertThat(result.getAsJsonArray("goals")).hasSizeGreaterThan(8);
        assertThat(result.getAsJsonArray("goals"))
                .allMatch(goal -> goal.getAsJsonObject().get("met").getAsBoolean());

        String report = Files.readString(file("quick/report.md"));
        assertThat(report).contains("GNNExplainer", "PGExplainer", "Random", "bench quick");
        Matcher pictures = PICTURE.matcher(report);
        int count = 0;
        for (; pictures.find(); count++) {
            assertThat(file("quick").resolve(pictures.group(1))).isNotEmptyFile();
        }
        assertThat(count).isGreaterThan(2);
        assertThat(file("quick/report.html")).content().startsWith("<!DOCTYPE html>");
        assertThat(file("quick/results.csv")).isNotEmptyFile();
        assertThat(file("quick/results.json")).isNotEmptyFile();

        assertThat(session.run("bench quick --out quick -q").failedWithOneLine())
                .contains("--resume");
        JsonObject again = json("bench quick --out quick --resume --json -q");
        assertThat(again.get("reused").getAsInt()).isEqualTo(result.get("cells").getAsInt());
        assertThat(again.get("goals")).isEqualTo(result.get("goals"));
    }

    @Test
    void aSuiteOfTheUsersOwnGivesTheSameNumbersTwice() throws IOException {
        Files.writeString(file("mine.yaml"), """
                title: Mine
                datasets:
                  club: {dataset: karate, targets: "0,33,5"}
                models:
                  gcn: {architecture: gcn, options: {epochs: 60}}
                explainers:
                  soft: {explainer: gnnexplainer, options: {epochs: 20}}
                  random: {explainer: random}
                studies:
                  main:
                    datasets: [club]
                    models: [gcn]
                    types: [model]
                    explainers: [soft, random]
                    baselines: [random]
                    metrics: ["fidelity-plus:elements=edges", sparsity]
                    rank-by: "fidelity-plus:elements=edges"
                    seeds: 2
                """);
        json("bench mine.yaml --out one --json -q");
        json("bench mine.yaml --out two --json -q --lanes 1");
        assertThat(values("one")).isNotEmpty().isEqualTo(values("two"));
    }

    /** Everything but times and memory. */
    private List<String> values(String directory) throws IOException {
        return Files.readAllLines(file(directory).resolve("results.csv")).stream()
                .filter(line -> line.contains("fidelity") || line.contains("sparsity"))
                .toList();
    }

    @Test
    void aMistakeInASuiteIsNamedWithItsPlace() throws IOException {
        Files.writeString(file("wrong.yaml"), "title: Wrong\nstudies:\n  main:\n    explainer: [random]\n");
        assertThat(session.run("bench wrong.yaml --out wrong").failedWithOneLine())
                .contains("wrong.yaml:4")
                .contains("explainer");
        assertThat(file("wrong")).doesNotExist();
    }
}
