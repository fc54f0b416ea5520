package org.aitia.device.manager.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {
    @ParameterizedTest
    @CsvSource({
        "4096, 4096",
        "12 B, 12",
        "1k, 1024",
        "4g, 4294967296",
        "4GiB, 4294967296",
        "4 GB, 4294967296",
        "1.5m, 1572864",
        "2t, 2199023255552",
        "50%, 500",
        "12.5 %, 125",
        "0, 0"
    })
    void amountsAreReadAsPeopleWriteThem(String text, long bytes) {
        assertThat(Sizes.parse(text, 1000)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "4 apples", "1e3", "4gg", "%", "9999999999t"})
    void everythingElseIsNotRead(String text) {
        assertThat(Sizes.parse(text, 1000)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1572864, 1.5 MiB",
        "4294967296, 4.0 GiB",
        "9223372036854775807, 8388608.0 TiB"
    })
    void amountsAreWrittenWithTheirUnit(long bytes, String text) {
        assertThat(Sizes.format(bytes)).isEqualTo(text);
    }

    @Test
    void timesAreWrittenWithTwoUnitsAtMost() {
        assertThat(Sizes.format(Duration.ofMillis(350))).isEqualTo("350 ms");
        assertThat(Sizes.format(Duration.ofMillis(12_800))).isEqualTo("12 s");
        assertThat(Sizes.format(Duration.ofSeconds(200))).isEqualTo("3 min 20 s");
        assertThat(Sizes.format(Duration.ofMinutes(10))).isEqualTo("10 min");
        assertThat(Sizes.format(Duration.ofSeconds(7505))).isEqualTo("2 h 5 min");
    }
}
