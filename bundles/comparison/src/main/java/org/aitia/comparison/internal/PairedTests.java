package org.aitia.comparison.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.PairedTest;

/** Tests of all pairs of rows, column by column, corrected within each column. */
final class PairedTests {
    private PairedTests() {}

    /**
     * Tests.
     *
     * @param columns what was measured
     * @param contestants labels of rows that are tested against each other and against the others
     * @param others labels of rows that are not tested against each other
     * @param scores by row and column
     * @param confidence level of the intervals
     */
    static List<PairedTest> of(
            List<Column> columns,
            List<String> contestants,
            List<String> others,
            Map<String, Map<String, RowScores>> scores,
            double confidence) {
        List<PairedTest> tests = new ArrayList<>();
        for (Column column : columns) {
            List<PairedTest> family = new ArrayList<>();
            for (int i = 0; i < contestants.size(); i++) {
                List<String> opponents = new ArrayList<>(contestants.subList(i + 1, contestants.size()));
                opponents.addAll(others);
                for (String opponent : opponents) {
                    addTest(column.name(), contestants.get(i), opponent, scores, confidence, family);
                }
            }
            tests.addAll(corrected(family));
        }
        return tests;
    }

    private static void addTest(
            String column,
            String first,
            String second,
            Map<String, Map<String, RowScores>> scores,
            double confidence,
            List<PairedTest> family) {
        double[] differences = RowScores.differences(
                scores.get(first).get(column).targetMeans(),
                scores.get(second).get(column).targetMeans());
        Statistics.paired(differences)
                .ifPresent(outcome -> family.add(new PairedTest(
                        column,
                        first,
                        second,
                        outcome.method(),
                        Statistics.estimate(differences, confidence),
                        outcome.statistic(),
                        outcome.p(),
                        outcome.p())));
    }

    private static List<PairedTest> corrected(List<PairedTest> family) {
        double[] adjusted =
                Statistics.holm(family.stream().mapToDouble(PairedTest::p).toArray());
        List<PairedTest> corrected = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            PairedTest test = family.get(i);
            corrected.add(new PairedTest(
                    test.column(),
                    test.first(),
                    test.second(),
                    test.method(),
                    test.difference(),
                    test.statistic(),
                    test.p(),
                    adjusted[i]));
        }
        return corrected;
    }
}
