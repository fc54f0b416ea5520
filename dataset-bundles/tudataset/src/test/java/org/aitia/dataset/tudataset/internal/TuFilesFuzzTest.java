package org.aitia.dataset.tudataset.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import org.aitia.api.AitiaException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.testkit.data.Damage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happens to a file, the answer is data or one clear error. */
class TuFilesFuzzTest {
    private static final int SEEDS = 400;
    private static final DatasetInfo INFO =
            new DatasetInfo("x", "X", "small", Task.GRAPH, "here", "", "none needed", true);
    private static final Texts SMALL = Texts.small("X").with("X_edge_gt.txt", "0\n0\n1\n1\n0\n0\n1\n1\n0\n0\n");

    @ParameterizedTest
    @EnumSource
    void damageIsAnErrorOrData(Damage damage) {
        List<String> paths = List.copyOf(SMALL.paths());
        int refused = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            String path = paths.get(seed % paths.size());
            refused += isRefused(SMALL.with(path, damage.of(SMALL.files().get(path), seed)), damage, seed) ? 1 : 0;
        }
        assertThat(refused).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void damageOfTheTextFormIsAnErrorOrData(Damage damage) {
        byte[] whole = GinTextTest.SMALL.getBytes(StandardCharsets.UTF_8);
        int refused = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Texts texts = new Texts(new TreeMap<>()).with("X.txt", damage.of(whole, seed));
            refused += isRefused(texts, damage, seed) ? 1 : 0;
        }
        assertThat(refused).isPositive();
    }

    private static boolean isRefused(Texts texts, Damage damage, int seed) {
        try {
            assertThat(read(texts).instanceCount()).isPositive();
            return false;
        } catch (AitiaException e) {
            assertThat(e).hasMessageNotContaining("\n");
            return true;
        } catch (RuntimeException e) {
            throw new AssertionError(damage + " with seed " + seed, e);
        }
    }

    @Test
    void byteOrderMarksAndMixedLineEndsChangeNothing() {
        String expected = read(SMALL).digest();
        for (int seed = 0; seed < 20; seed++) {
            Texts foreign = SMALL;
            for (String path : SMALL.paths()) {
                foreign = foreign.with(path, Damage.foreign(SMALL.files().get(path), seed));
            }
            assertThat(read(foreign).digest()).isEqualTo(expected);
        }
    }

    private static Dataset read(Texts texts) {
        LocalSet.Found found = new LocalSet(texts, "").read(TaskMonitor.NONE);
        return new GraphSet(found.tables(), found.meanings(), TaskMonitor.NONE)
                .toDataset(INFO, FeatureChoice.AUTO, true, 0)
                .build();
    }
}
