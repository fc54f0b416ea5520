package org.aitia.models.internal.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a cross-validation says. The epoch is that at which the mean accuracy over the folds is greatest (Xu et al. 2019,
 * section 7); standard deviations are those of the folds themselves, as numpy's.
 *
 * @param curves accuracy on the held-out fold after each epoch, per fold
 */
record FoldScores(List<List<Double>> curves) {
    int epoch() {
        int best = 1;
        for (int epoch = 2; epoch <= curves.get(0).size(); epoch++) {
            best = mean(epoch) > mean(best) ? epoch : best;
        }
        return best;
    }

    private double[] at(int epoch) {
        return curves.stream().mapToDouble(curve -> curve.get(epoch - 1)).toArray();
    }

    private double mean(int epoch) {
        return IntStream.range(0, curves.size())
                .mapToDouble(f -> curves.get(f).get(epoch - 1))
                .average()
                .orElseThrow();
    }

    private double deviation(int epoch) {
        double mean = mean(epoch);
        double squares = 0;
        for (double value : at(epoch)) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / curves.size());
    }

    Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        int epoch = epoch();
        int last = curves.get(0).size();
        metrics.put("cvAccuracyMean", mean(epoch));
        metrics.put("cvAccuracySd", deviation(epoch));
        metrics.put("cvEpoch", (double) epoch);
        metrics.put("cvLastAccuracyMean", mean(last));
        metrics.put("cvLastAccuracySd", deviation(last));
        double[] folds = at(epoch);
        for (int f = 0; f < folds.length; f++) {
            metrics.put("fold" + (f + 1) + "TestAccuracy", folds[f]);
        }
        return metrics;
    }
}
