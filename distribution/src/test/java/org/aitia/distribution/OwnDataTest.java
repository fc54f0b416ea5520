package org.aitia.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aitia.testkit.container.Aitia;
import org.aitia.testkit.container.AitiaContainer;
import org.aitia.testkit.container.AitiaSession;
import org.junit.jupiter.api.Test;

/** Graphs that users bring. */
@AitiaContainer
class OwnDataTest {

    /** Two cities whose people know each other, and one who knows both. */
    private static void people(Path folder) throws IOException {
        Files.createDirectories(folder);
        StringBuilder nodes = new StringBuilder("id,age,city,label\n");
        StringBuilder edges = new StringBuilder("source,target\n");
        for (int i = 0; i < 30; i++) {
            boolean rome = i < 15;
            nodes.append("p%d,%d,%s,%s%n".formatted(i, 20 + i % 7, rome ? "Rome" : "Oslo", rome ? "tea" : "coffee"));
            edges.append("p%d,p%d%n".formatted(i, (rome ? 0 : 15) + (i + 1) % 15));
            edges.append("p%d,p%d%n".formatted(i, (rome ? 0 : 15) + (i + 4) % 15));
        }
        edges.append("p0,p15\n");
        Files.writeString(folder.resolve("nodes.csv"), nodes);
        Files.writeString(folder.resolve("edges.csv"), edges);
    }

    @Test
    void tablesBecomeAGraphThatIsTrainedOnExplainedAndDrawn(Aitia aitia) throws IOException {
        people(aitia.directory().resolve("mygraph"));
        try (AitiaSession session = aitia.open()) {
            JsonObject data = JsonParser.parseString(
                            session.run("dataset user-graph -D path=mygraph --pictures pics --json --quiet")
                                    .succeeded()
                                    .out())
                    .getAsJsonObject();
            assertThat(data.get("nodes").getAsInt()).isEqualTo(30);
            assertThat(data.get("classes").getAsInt()).isEqualTo(2);
            assertThat(data.get("homophily").getAsDouble()).isGreaterThan(0.9);
            assertThat(data.getAsJsonArray("pictures"))
                    .hasSize(5)
                    .allSatisfy(picture ->
                            assertThat(Path.of(picture.getAsString())).isNotEmptyFile());
            session.run("train -d user-graph -D path=mygraph -a gcn -n mine").succeeded();
            assertThat(session.run("explain -m mine -x gnnexplainer -n 0 --html out.html")
                            .succeeded()
                            .out())
                    .contains("predicted tea");
        }
    }

    @Test
    void aFaultIsNamedWithItsLine(Aitia aitia) throws IOException {
        Path folder = aitia.directory().resolve("mygraph");
        people(folder);
        Files.writeString(folder.resolve("edges.csv"), "source,target\np0,p1\np1,nobody\n");
        assertThat(aitia.run("dataset user-graph -D path=mygraph").failedWithOneLine())
                .contains("edges.csv")
                .contains("line 3")
                .contains("nobody");
    }

    @Test
    void linksOfAnyGraphArePredictedAndExplained(Aitia aitia) {
        try (AitiaSession session = aitia.open()) {
            session.run("train -d karate -D task=link -a gcn --epochs 50").succeeded();
            assertThat(session.run("predict -m karate-link-gcn -l 0-9")
                            .succeeded()
                            .out())
                    .contains("0-9");
            assertThat(session.run("explain -m karate-link-gcn -x gnnexplainer -l 0-9 --svg link.svg")
                            .succeeded()
                            .out())
                    .startsWith("link 0-9: predicted ");
            assertThat(aitia.directory().resolve("link.svg")).content().contains("link 0-9");
            session.run("explain -m karate-link-gcn -x occlusion -l 0").succeeded();
        }
    }
}
