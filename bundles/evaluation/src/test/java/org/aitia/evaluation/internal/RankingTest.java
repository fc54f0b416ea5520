package org.aitia.evaluation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.BitSet;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.aitia.testkit.data.SharedFiles;
import org.junit.jupiter.api.Test;

class RankingTest {
    private static BitSet positions(int... positions) {
        BitSet set = new BitSet();
        IntStream.of(positions).forEach(set::set);
        return set;
    }

    @Test
    void perfectOrderScoresOne() {
        assertThat(Ranking.rocAuc(new double[] {.1, .9, .2, .8}, positions(1, 3)))
                .isEqualTo(1.0);
    }

    @Test
    void invertedOrderScoresZero() {
        assertThat(Ranking.rocAuc(new double[] {.1, .9, .2, .8}, positions(0, 2)))
                .isEqualTo(0.0);
    }

    @Test
    void tiesScoreOneHalf() {
        assertThat(Ranking.rocAuc(new double[] {.3, .3, .3, .3, .3}, positions(4)))
                .isEqualTo(0.5);
    }

    @Test
    void oneClassHasNoArea() {
        assertThat(Ranking.rocAuc(new double[] {1, 2}, positions())).isNaN();
        assertThat(Ranking.rocAuc(new double[] {1, 2}, positions(0, 1))).isNaN();
        assertThat(Ranking.rocAuc(new double[0], positions())).isNaN();
    }

    @Test
    void areaIsTheShareOfPairsInRightOrder() {
        SplittableRandom random = new SplittableRandom(5);
        double[] scores = random.doubles(300).map(x -> Math.floor(40 * x) / 40).toArray();
        BitSet positives = new BitSet();
        IntStream.range(0, 300).filter(i -> random.nextInt(4) == 0).forEach(positives::set);

        double right = 0;
        double pairs = 0;
        for (int i = 0; i < 300; i++) {
            for (int j = 0; j < 300; j++) {
                if (positives.get(i) && !positives.get(j)) {
                    pairs++;
                    right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }
        assertThat(Ranking.rocAuc(scores, positives)).isCloseTo(right / pairs, within(1e-14));
    }

    private static JsonObject reference() throws IOException {
        try (Reader reader = Files.newBufferedReader(SharedFiles.reference("sklearn_metrics.json"))) {
            return new Gson().fromJson(reader, JsonObject.class);
        }
    }

    /** In float64, to 1e-12. */
    @Test
    void equalsScikitLearn() throws IOException {
        JsonObject reference = reference();
        int[] truth = new Gson().fromJson(reference.get("truth"), int[].class);
        double[] scores = new Gson().fromJson(reference.get("score"), double[].class);
        BitSet positives = new BitSet();
        IntStream.range(0, truth.length).filter(i -> truth[i] == 1).forEach(positives::set);
        Ranking.Agreement atHalf = Ranking.atLeast(scores, positives, positives.cardinality(), 0.5);

        Map<String, Double> found = Map.of(
                "roc_auc", Ranking.rocAuc(scores, positives),
                "average_precision", Ranking.averagePrecision(scores, positives),
                "precision_at_05", atHalf.precision(),
                "recall_at_05", atHalf.recall(),
                "f1_at_05", atHalf.f1(),
                "jaccard_at_05", atHalf.jaccard());
        found.forEach((name, value) ->
                assertThat(value).as(name).isCloseTo(reference.get(name).getAsDouble(), within(1e-12)));
    }

    private static Ranking.Agreement best(double[] scores, BitSet positives, int k) {
        return Ranking.best(scores, positives, positives.cardinality(), k);
    }

    @Test
    void averagePrecisionOfAPerfectOrderIsOneAndOfTiesTheShareOfPositives() {
        assertThat(Ranking.averagePrecision(new double[] {.1, .9, .2, .8}, positions(1, 3)))
                .isEqualTo(1.0);
        assertThat(Ranking.averagePrecision(new double[] {.3, .3, .3, .3}, positions(2)))
                .isEqualTo(0.25);
        assertThat(Ranking.averagePrecision(new double[] {.3}, positions())).isNaN();
    }

    @Test
    void precisionCountsHitsAmongTheBest() {
        double[] scores = {.9, .8, .7, .1};
        assertThat(best(scores, positions(0, 2), 2).precision()).isEqualTo(0.5);
        assertThat(best(scores, positions(0, 1), 2).precision()).isEqualTo(1.0);
        assertThat(best(scores, positions(3), 1).precision()).isEqualTo(0.0);
    }

    @Test
    void recallF1AndJaccardCountWhatIsMissed() {
        // 3 chosen, 2 of them true, 4 true in all
        Ranking.Agreement found = Ranking.best(new double[] {.9, .8, .7, .1}, positions(0, 1, 3), 4, 3);
        assertThat(found.precision()).isEqualTo(2 / 3.0);
        assertThat(found.recall()).isEqualTo(0.5);
        assertThat(found.f1()).isCloseTo(2 * (2 / 3.0) * 0.5 / (2 / 3.0 + 0.5), within(1e-15));
        assertThat(found.jaccard()).isEqualTo(2 / 5.0);
    }

    @Test
    void precisionAveragesOverATieAtTheCut() {
        // one of the three tied is taken, and one of the three is right
        assertThat(best(new double[] {.9, .5, .5, .5}, positions(0, 3), 2).precision())
                .isCloseTo((1 + 1 / 3.0) / 2, within(1e-15));
    }

    @Test
    void precisionBeyondTheNumberOfScoresCountsMisses() {
        assertThat(best(new double[] {.9, .5}, positions(0, 1), 4).precision()).isEqualTo(0.5);
    }
}
