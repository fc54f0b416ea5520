package org.aitia.models.internal.predict;

import java.util.BitSet;
import org.aitia.api.model.Evaluation;
import org.apache.commons.statistics.ranking.NaNStrategy;
import org.apache.commons.statistics.ranking.NaturalRanking;
import org.apache.commons.statistics.ranking.TiesStrategy;

/**
 * Logits beside true classes, and what can be said of them. Each measure is computed when asked for. Measures agree with
 * those of scikit-learn.
 */
public final class Scores {
    private final float[] logits; // [T, C]
    private final int[] labels; // [T]
    private final int classes;

    /**
     * Compares.
     *
     * @param logits row by row, kept
     * @param labels the true class of each row, kept
     * @param classes columns of the logits
     */
    public Scores(float[] logits, int[] labels, int classes) {
        if (logits.length != labels.length * classes) {
            throw new IllegalArgumentException(
                    logits.length + " logits for " + labels.length + " instances of " + classes + " classes");
        }
        this.logits = logits;
        this.labels = labels;
        this.classes = classes;
    }

    /**
     * Returns how many instances there are.
     *
     * @return 0 or more
     */
    public int count() {
        return labels.length;
    }

    /**
     * Computes the mean cross-entropy.
     *
     * @return 0 or more
     */
    public double loss() {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            sum += logSumExp(i, -1) - logits[i * classes + labels[i]];
        }
        return sum / labels.length;
    }

    /**
     * Computes the share of right predictions.
     *
     * @return in [0, 1]
     */
    public double accuracy() {
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            right += predicted(i) == labels[i] ? 1 : 0;
        }
        return (double) right / labels.length;
    }

    /**
     * Counts predictions.
     *
     * @return [C, C], true class by predicted class
     */
    public long[][] confusion() {
        long[][] confusion = new long[classes][classes];
        for (int i = 0; i < labels.length; i++) {
            confusion[labels[i]][predicted(i)]++;
        }
        return confusion;
    }

    /**
     * Computes the mean F1 score.
     *
     * @return in [0, 1], over the classes that occur among labels or predictions
     */
    public double macroF1() {
        long[][] confusion = confusion();
        double sum = 0;
        int occurring = 0;
        for (int c = 0; c < classes; c++) {
            long labelled = 0;
            long predicted = 0;
            for (int d = 0; d < classes; d++) {
                labelled += confusion[c][d];
                predicted += confusion[d][c];
            }
            if (labelled + predicted > 0) {
                sum += 2.0 * confusion[c][c] / (labelled + predicted);
                occurring++;
            }
        }
        return sum / occurring;
    }

    /**
     * Computes the area under the ROC curve, from ranks (Mann and Whitney 1947). Instances are ranked by log-odds, which
     * order them as probabilities do but do not round to equal ones near 1.
     *
     * @return in [0, 1]: of class 1 for two classes, otherwise the mean over the classes that occur of one against the
     *     rest; NaN if only one class occurs
     */
    public double rocAuc() {
        if (classes == 2) {
            return rocAuc(1);
        }
        double sum = 0;
        int occurring = 0;
        for (int c = 0; c < classes; c++) {
            double area = rocAuc(c);
            if (!Double.isNaN(area)) {
                sum += area;
                occurring++;
            }
        }
        return occurring == 0 ? Double.NaN : sum / occurring;
    }

    private double rocAuc(int positive) {
        BitSet positives = new BitSet(labels.length);
        double[] odds = new double[labels.length];
        for (int i = 0; i < labels.length; i++) {
            odds[i] = logits[i * classes + positive] - logSumExp(i, positive);
            if (labels[i] == positive) {
                positives.set(i);
            }
            if (Double.isNaN(odds[i])) {
                return Double.NaN; // training has diverged
            }
        }
        long ones = positives.cardinality();
        long zeros = labels.length - ones;
        if (ones == 0 || zeros == 0) {
            return Double.NaN;
        }
        double[] ranks = new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE).apply(odds);
        double sum = positives.stream().mapToDouble(i -> ranks[i]).sum();
        return (sum - ones * (ones + 1) / 2.0) / ((double) ones * zeros);
    }

    /** Over the classes of a row but one; -1 for all. */
    private double logSumExp(int row, int except) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            highest = c == except ? highest : Math.max(highest, logits[row * classes + c]);
        }
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            sum += c == except ? 0 : Math.exp(logits[row * classes + c] - highest);
        }
        return highest + Math.log(sum);
    }

    private int predicted(int row) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            best = logits[row * classes + c] > logits[row * classes + best] ? c : best;
        }
        return best;
    }

    /**
     * Computes everything.
     *
     * @return all measures
     */
    public Evaluation evaluation() {
        return new Evaluation(count(), loss(), accuracy(), macroF1(), rocAuc(), confusion());
    }
}
