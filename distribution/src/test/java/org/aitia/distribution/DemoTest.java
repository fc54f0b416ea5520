package org.aitia.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aitia.testkit.container.Aitia;
import org.aitia.testkit.container.AitiaContainer;
import org.aitia.testkit.container.Outcome;
import org.junit.jupiter.api.Test;

/** The main job: from nothing to explained predictions, on generated data. */
@AitiaContainer
class DemoTest {

    @Test
    void trainsExplainsScoresAndLeavesFiles(Aitia aitia) throws IOException {
        Outcome outcome = aitia.run("demo --json").succeeded();
        JsonObject demo = JsonParser.parseString(outcome.out()).getAsJsonObject();
        assertThat(demo.get("testAccuracy").getAsDouble()).isGreaterThanOrEqualTo(0.95);
        assertThat(demo.get("rocAuc").getAsDouble()).isBetween(0.95, 1.0);
        assertThat(demo.get("seconds").getAsDouble()).isPositive();
        JsonArray files = demo.getAsJsonArray("files");
        assertThat(files).isNotEmpty();
        for (JsonElement file : files) {
            Path path = aitia.directory().resolve(file.getAsString());
            assertThat(path).isNotEmptyFile();
            String text = path.toString();
            if (text.endsWith(".html")) {
                assertThat(Files.readString(path)).contains("<svg").doesNotContain("src=\"http");
            } else if (text.endsWith(".json")) {
                JsonObject json = JsonParser.parseString(Files.readString(path)).getAsJsonObject();
                assertThat(json.getAsJsonArray("explanations")).hasSize(60);
            }
        }
        assertThat(files.toString()).contains(".html").contains(".json");
    }

    @Test
    void printsAnExplanationThatPeopleCanRead(Aitia aitia) {
        Outcome outcome = aitia.run("demo").succeeded();
        assertThat(outcome.out()).contains("accuracy").contains("AUC").containsPattern("\\d+ +(->|→|-|—) +\\d+");
    }
}
