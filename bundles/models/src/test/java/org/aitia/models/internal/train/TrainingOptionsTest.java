package org.aitia.models.internal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.model.PreparedBatch;
import org.aitia.api.option.OptionSchema;
import org.aitia.models.internal.feed.Feed;
import org.aitia.models.internal.predict.Scores;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.Test;

/** Schedules, class weights, the loss, folds and what epochs are judged by, each by itself. */
class TrainingOptionsTest {
    private static TrainerOptions options(String... given) {
        Map<String, String> map = new java.util.HashMap<>();
        for (int i = 0; i < given.length; i += 2) {
            map.put(given[i], given[i + 1]);
        }
        return OptionSchema.of(TrainerOptions.class).parse(map);
    }

    private static double[] rates(Schedule schedule, int... epochs) {
        return IntStream.of(epochs).mapToDouble(schedule::rate).toArray();
    }

    @Test
    void stepsDropTheRateAgainAndAgain() {
        Schedule schedule = new Schedule(options("lr", "1", "schedule", "step", "scheduleStep", "10", "minLr", "0.2"));
        assertThat(rates(schedule, 0, 9, 10, 19, 20, 30)).containsExactly(1, 1, 0.5, 0.5, 0.25, 0.2);
    }

    @Test
    void theCosineFallsToTheLeastRateAtTheEnd() {
        Schedule schedule = new Schedule(options("lr", "1", "schedule", "cosine", "epochs", "4", "minLr", "0.5"));
        double[] expected = {1, 0.5 + 0.25 * (1 + Math.sqrt(0.5)), 0.75, 0.5 + 0.25 * (1 - Math.sqrt(0.5))};
        assertThat(rates(schedule, 0, 1, 2, 3)).containsExactly(expected, within(1e-12));
    }

    @Test
    void plateausDropTheRateAsInPyTorch() {
        Schedule schedule = new Schedule(options("lr", "1", "schedule", "plateau", "schedulePatience", "2"));
        double[] losses = {3, 2, 2, 2, 2, 2, 2, 1, 1};
        double[] rates = new double[losses.length];
        for (int e = 0; e < losses.length; e++) {
            schedule.observe(losses[e]);
            rates[e] = schedule.rate(e);
        }
        // torch.optim.lr_scheduler.ReduceLROnPlateau(patience=2, factor=0.5)
        assertThat(rates).containsExactly(1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.5);
    }

    @Test
    void warmUpRisesEvenlyToTheFullRate() {
        assertThat(rates(new Schedule(options("lr", "1", "warmup", "4")), 0, 1, 2, 3, 4))
                .containsExactly(0.25, 0.5, 0.75, 1, 1);
    }

    @Test
    void balancedClassesWeighAsInScikitLearn() {
        assertThat(ClassWeights.of("balanced", 4, new int[] {0, 0, 0, 1, 2, 2})).containsExactly(0.5f, 1.5f, 0.75f, 0);
        assertThat(ClassWeights.of("none", 2, new int[] {1})).containsExactly(1, 1);
        assertThat(ClassWeights.of("1, 2.5", 2, new int[] {1})).containsExactly(1, 2.5f);
    }

    @Test
    void wrongClassWeightsAreRefusedWithWhatIsWrong() {
        String begin =
                "option 'classWeights' takes none, balanced, or 2 numbers of at least 0 with commas between them,"
                        + " one per class; ";
        Map.of("1", "'1' has 1 of them", "1,x", "'1,x' has 'x'", "1,-2", "'1,-2' has '-2'", "0,0", "'0,0' is all 0")
                .forEach((text, end) -> assertThatThrownBy(() -> ClassWeights.of(text, 2, new int[] {0}))
                        .isInstanceOf(InvalidRequestException.class)
                        .hasMessage(begin + end));
    }

    @Test
    void theLossIsPyTorchsWithClassWeightsAndSmoothing() {
        Dataset data = TrainingData.nodes();
        float[] weights = {0.5f, 2, 1};
        double smoothing = 0.1;
        float[] logits = {1, -2, 0.5f, 0, 3, 1, -1, 0.25f, 2};
        int[] nodes = {3, 5, 8};
        try (Workbench bench = Workbench.open();
                TensorScope scope = bench.lease().engine().openScope()) {
            Loss loss = new Loss(bench.lease().engine().kernels(), bench.lease().manager(), data, weights, smoothing);
            Feed.Portion portion = new Feed.Portion(new NoBatch(), nodes, new int[] {2, 0, 1});
            NDArray value = loss.of(bench.lease().manager().create(logits, new Shape(3, 3)), loss.targets(portion));
            // torch.nn.functional.cross_entropy, in words: (1 - s) w_y nll + s / C sum_c w_c nll_c, over sum of w_y
            double sum = 0;
            double total = 0;
            for (int i = 0; i < 3; i++) {
                int row = portion.rows()[i];
                int label = data.label(nodes[i]);
                double normaliser = 0;
                for (int c = 0; c < 3; c++) {
                    normaliser += Math.exp(logits[3 * row + c]);
                }
                for (int c = 0; c < 3; c++) {
                    double nll = Math.log(normaliser) - logits[3 * row + c];
                    sum += (c == label ? (1 - smoothing) * weights[c] * nll : 0) + smoothing / 3 * weights[c] * nll;
                }
                total += weights[label];
            }
            assertThat((double) value.getFloat()).isCloseTo(sum / total, within(1e-6));
        }
    }

    /** A loss needs rows, not the batch. */
    private record NoBatch() implements PreparedBatch {
        @Override
        public org.aitia.api.graph.GraphBatch batch() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            // nothing is there
        }
    }

    @Test
    void foldsAreStratifiedDisjointAndComplete() {
        Dataset data = TrainingData.graphs(); // 20 of class 1, 40 of class 0
        Folds folds = Folds.stratified(data, 7, 3);
        int[] seen = new int[60];
        for (int f = 0; f < 7; f++) {
            int[] test = folds.without(f).test();
            assertThat(test.length).isBetween(8, 9);
            assertThat(IntStream.of(test).filter(i -> data.label(i) == 1).count())
                    .isBetween(2L, 3L);
            IntStream.of(test).forEach(i -> seen[i]++);
            assertThat(folds.without(f).train()).hasSize(60 - test.length).doesNotContain(test);
        }
        assertThat(seen).containsOnly(1);
        assertThat(Folds.stratified(data, 7, 3).without(0).test())
                .isEqualTo(folds.without(0).test())
                .isNotEqualTo(Folds.stratified(data, 7, 4).without(0).test());
        assertThatThrownBy(() -> Folds.stratified(data, 61, 3))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("option 'folds' must be from 2 to the 60 labelled instances of data set 'graphs', not 61");
    }

    @Test
    void theEpochOfACrossValidationIsBestOnAverage() {
        FoldScores scores = new FoldScores(List.of(List.of(0.5, 0.9, 1.0), List.of(0.7, 0.9, 0.6)));
        assertThat(scores.metrics())
                .containsEntry("cvEpoch", 2.0)
                .containsEntry("cvAccuracyMean", 0.9)
                .containsEntry("cvAccuracySd", 0.0)
                .containsEntry("cvLastAccuracyMean", 0.8)
                .containsEntry("fold2TestAccuracy", 0.9);
        assertThat(scores.metrics().get("cvLastAccuracySd")).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void theBestEpochIsBestInWhatWasAskedFor() {
        // the first is surer of itself, the second right more often
        Scores sure = new Scores(new float[] {9, 0, 9, 0, 0, 0.1f, 1, 0}, new int[] {0, 0, 0, 1}, 2);
        Scores right = new Scores(new float[] {0.1f, 0, 0.1f, 0, 0.1f, 0, 1, 0}, new int[] {0, 0, 0, 1}, 2);
        Scores ranked = new Scores(new float[] {9, 0, 8, 0, 7, 0, 6, 0}, new int[] {0, 0, 0, 1}, 2);
        for (String[] expected : new String[][] {{"loss", "1"}, {"accuracy", "2"}, {"roc-auc", "3"}}) {
            Best best = new Best(options("criterion", expected[0]));
            best.offer(1, sure, List::of);
            best.offer(2, right, List::of);
            best.offer(3, ranked, List::of);
            assertThat(best.state().epoch()).as(expected[0]).isEqualTo(Integer.parseInt(expected[1]));
        }
    }
}
