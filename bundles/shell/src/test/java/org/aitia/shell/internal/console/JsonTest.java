package org.aitia.shell.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void keysKeepTheirOrder() {
        Json json = new Json().put("z", 1).put("a", "x").put("m", true);
        JsonObject read = JsonParser.parseString(json.toString()).getAsJsonObject();
        assertThat(read.keySet()).containsExactly("z", "a", "m");
    }

    @Test
    void numbersAreNumbersAndNeverNaN() {
        assertThat(new Json()
                        .put("a", 0.5)
                        .put("b", Double.NaN)
                        .put("c", Double.POSITIVE_INFINITY)
                        .put("d", 7L))
                .hasToString("""
                        {
                          "a": 0.5,
                          "b": null,
                          "c": null,
                          "d": 7
                        }""");
    }

    @Test
    void structuresNest() {
        Json json = new Json()
                .put("texts", List.of("a", "<b>"))
                .put("map", Map.of("k", "v"))
                .put("objects", List.of(1, 2), n -> new Json().put("n", n))
                .putNull("nothing");
        JsonObject read = JsonParser.parseString(json.toString()).getAsJsonObject();
        assertThat(read.getAsJsonArray("texts").get(1).getAsString()).isEqualTo("<b>");
        assertThat(json.toString()).contains("<b>");
        assertThat(read.getAsJsonObject("map").get("k").getAsString()).isEqualTo("v");
        assertThat(read.getAsJsonArray("objects")
                        .get(1)
                        .getAsJsonObject()
                        .get("n")
                        .getAsInt())
                .isEqualTo(2);
        assertThat(read.get("nothing").isJsonNull()).isTrue();
    }
}
