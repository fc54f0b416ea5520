package org.aitia.dataset.twitch.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.aitia.api.AitiaException;
import org.aitia.api.TaskMonitor;
import org.aitia.dataset.twitch.internal.TwitchOptions.Columns;
import org.aitia.formats.ByteSource;
import org.aitia.testkit.data.Damage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happens to a file, the answer is data or one clear error. */
class SnapFilesFuzzTest {
    private static final int SEEDS = 300;
    private static final List<byte[]> FILES =
            List.of(bytes(Country.SMALL.edges()), bytes(Country.SMALL.features()), bytes(Country.SMALL.target()));

    @ParameterizedTest
    @EnumSource
    void damageIsAnErrorOrData(Damage damage) {
        int refused = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            List<byte[]> files = new ArrayList<>(FILES);
            files.set(seed % 3, damage.of(FILES.get(seed % 3), seed));
            try {
                Streamers streamers = read(files);
                assertThat(streamers.graph(true).nodeCount()).isPositive();
            } catch (AitiaException e) {
                assertThat(e).hasMessageStartingWith("file ").hasMessageNotContaining("\n");
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError(damage + " with seed " + seed, e);
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void byteOrderMarksAndMixedLineEndsChangeNothing() {
        int[] expected = read(FILES).mature();
        for (int seed = 0; seed < 20; seed++) {
            int s = seed;
            Streamers streamers =
                    read(FILES.stream().map(file -> Damage.foreign(file, s)).toList());
            assertThat(streamers.mature()).containsExactly(expected);
            assertThat(streamers.sources()).hasSize(4);
            assertThat(streamers.features().storedValues()).isEqualTo(6);
        }
    }

    @Test
    void endlessNestingOfFeaturesIsRefused() {
        List<byte[]> files = new ArrayList<>(FILES);
        files.set(1, bytes("{\"0\":" + "[".repeat(1_000_000)));
        assertThatThrownBy(() -> read(files)).isInstanceOf(AitiaException.class).hasMessageContaining("features.json");
    }

    @Test
    void endlessListOfFeaturesIsRefused() {
        StringBuilder list = new StringBuilder("{\"0\": [1");
        IntStream.range(0, 1 << 20).forEach(i -> list.append(",1"));
        List<byte[]> files = new ArrayList<>(FILES);
        files.set(1, bytes(list.append("]}").toString()));
        assertThatThrownBy(() -> read(files)).isInstanceOf(AitiaException.class).hasMessageContaining("at most");
    }

    private static Streamers read(List<byte[]> files) {
        return SnapFiles.read(
                ByteSource.of("edges.csv", files.get(0)),
                ByteSource.of("features.json", files.get(1)),
                ByteSource.of("target.csv", files.get(2)),
                Columns.ALL,
                TaskMonitor.NONE);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
