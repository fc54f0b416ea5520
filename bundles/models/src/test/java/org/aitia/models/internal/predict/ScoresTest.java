package org.aitia.models.internal.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import org.aitia.api.model.Evaluation;
import org.aitia.testkit.data.SharedFiles;
import org.junit.jupiter.api.Test;

/** Measures against scikit-learn's and against what they are by definition. */
class ScoresTest {
    /** Logits that make argmax the given predictions. */
    private static float[] predicting(int classes, int... predicted) {
        float[] logits = new float[predicted.length * classes];
        for (int i = 0; i < predicted.length; i++) {
            logits[i * classes + predicted[i]] = 1;
        }
        return logits;
    }

    @Test
    void binaryMeasuresAgreeWithScikitLearn() throws IOException {
        JsonObject reference = JsonParser.parseString(Files.readString(SharedFiles.reference("sklearn_metrics.json")))
                .getAsJsonObject();
        JsonArray truth = reference.getAsJsonArray("truth");
        JsonArray score = reference.getAsJsonArray("score");
        float[] logits = new float[2 * truth.size()];
        int[] labels = new int[truth.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = truth.get(i).getAsInt();
            double p = score.get(i).getAsDouble();
            // the reference takes a score of one half for a positive
            logits[2 * i + 1] = p == 0.5 ? 1e-6f : (float) Math.log(p / (1 - p));
        }
        Evaluation found = new Scores(logits, labels, 2).evaluation();
        assertThat(found.rocAuc()).isCloseTo(reference.get("roc_auc").getAsDouble(), within(1e-12));
        assertThat(found.accuracy()).isCloseTo(reference.get("accuracy_at_05").getAsDouble(), within(1e-12));
        long[][] c = found.confusion();
        assertThat((double) c[1][1] / (c[1][1] + c[0][1]))
                .isCloseTo(reference.get("precision_at_05").getAsDouble(), within(1e-12));
        assertThat((double) c[1][1] / (c[1][1] + c[1][0]))
                .isCloseTo(reference.get("recall_at_05").getAsDouble(), within(1e-12));
        double negative = 2.0 * c[0][0] / (2 * c[0][0] + c[0][1] + c[1][0]);
        assertThat(found.macroF1())
                .isCloseTo((negative + reference.get("f1_at_05").getAsDouble()) / 2, within(1e-12));
    }

    @Test
    void macroF1IsThatOfTheExampleInScikitLearnsManual() {
        Scores scores = new Scores(predicting(3, 0, 2, 1, 0, 0, 1), new int[] {0, 1, 2, 0, 1, 2}, 3);
        assertThat(scores.macroF1()).isCloseTo(0.8 / 3, within(1e-12));
        assertThat(scores.accuracy()).isCloseTo(2 / 6.0, within(1e-12));
        assertThat(scores.confusion()).isDeepEqualTo(new long[][] {{2, 0, 0}, {1, 0, 1}, {0, 2, 0}});
    }

    @Test
    void macroF1LeavesOutClassesThatOccurNowhere() {
        assertThat(new Scores(predicting(4, 0, 1), new int[] {0, 1}, 4).macroF1())
                .isEqualTo(1);
    }

    @Test
    void rocAucOfManyClassesIsTheMeanOfEachAgainstTheRest() {
        // of classes 0 and 1 one of two pairs is in order; class 2 does not occur
        float[] logits = {1, 0, 0, /* */ 2, 0, 0, /* */ 0, 3, 0};
        assertThat(new Scores(logits, new int[] {0, 1, 1}, 3).rocAuc()).isCloseTo((0.5 + 0.5) / 2, within(1e-12));
    }

    @Test
    void rocAucDoesNotTakeNearlyCertainInstancesForEqual() {
        // both probabilities of class 1 are 1 in single and in double precision
        float[] logits = {0, 100, /* */ 0, 90};
        assertThat(new Scores(logits, new int[] {1, 0}, 2).rocAuc()).isEqualTo(1);
        assertThat(new Scores(logits, new int[] {0, 1}, 2).rocAuc()).isEqualTo(0);
    }

    @Test
    void rocAucCountsTiesOneHalfAndIsUndefinedForOneClass() {
        assertThat(new Scores(new float[] {0, 1, 0, 1}, new int[] {1, 0}, 2).rocAuc())
                .isEqualTo(0.5);
        assertThat(new Scores(new float[] {0, 1, 0, 1}, new int[] {1, 1}, 2).rocAuc())
                .isNaN();
        assertThat(new Scores(new float[] {Float.NaN, 1, 0, 1}, new int[] {1, 0}, 2).rocAuc())
                .isNaN();
    }

    @Test
    void lossIsTheMeanCrossEntropy() {
        float[] logits = {1000, 0, /* */ 0, 0};
        double expected = (1000 + Math.log(2)) / 2;
        assertThat(new Scores(logits, new int[] {1, 0}, 2).loss()).isCloseTo(expected, within(1e-9));
    }
}
