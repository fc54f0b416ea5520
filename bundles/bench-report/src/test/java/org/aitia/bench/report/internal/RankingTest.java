package org.aitia.bench.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Estimate;
import org.aitia.api.compare.PairedTest;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.Score;
import org.aitia.api.metric.MetricInfo.Better;
import org.junit.jupiter.api.Test;

class RankingTest {
    private static Row row(String label, Column column, double value) {
        Estimate estimate =
                Double.isNaN(value) ? Estimate.NONE : new Estimate(value, 0.01, value - 0.01, value + 0.01, 3);
        return new Row(
                label,
                label,
                Map.of(),
                Row.Role.CONTESTANT,
                List.of(new Score(column.name(), estimate, Optional.empty(), List.of(), "")),
                "");
    }

    private static PairedTest test(Column column, String first, String second, double adjusted) {
        return new PairedTest(
                column.name(),
                first,
                second,
                PairedTest.Method.WILCOXON,
                new Estimate(0.1, 0.1, 0, 0.2, 10),
                1,
                adjusted / 3,
                adjusted);
    }

    private static Comparison comparison(Column column, List<Row> rows, List<PairedTest> tests) {
        Comparison any = Samples.small().tables().get(0).comparison();
        return new Comparison(any.setting(), List.of(column), rows, tests, List.of(), List.of(), List.of(), 1);
    }

    private static Ranking ranking(Column column, double a, double b, double c, PairedTest... tests) {
        Comparison comparison = comparison(
                column, List.of(row("a", column, a), row("b", column, b), row("c", column, c)), List.of(tests));
        return Ranking.of(comparison, column.name()).orElseThrow();
    }

    @Test
    void moreIsBetterWhereTheColumnSaysSo() {
        Ranking ranking = ranking(Samples.AUC, 0.7, 0.9, 0.8);
        assertThat(ranking.order()).containsExactly("b", "c", "a");
        assertThat(ranking.best()).contains("b");
        assertThat(ranking.rank("a")).isEqualTo(3);
    }

    @Test
    void lessIsBetterWhereTheColumnSaysSo() {
        assertThat(ranking(Samples.UNFAITHFULNESS, 0.7, 0.9, 0.8).order()).containsExactly("a", "c", "b");
    }

    @Test
    void equalOnesShareTheMeanOfTheirPlaces() {
        Ranking ranking = ranking(Samples.AUC, 0.9, 0.9, 0.8);
        assertThat(ranking.rank("a")).isEqualTo(1.5);
        assertThat(ranking.rank("b")).isEqualTo(1.5);
        assertThat(ranking.isBest("a")).isTrue();
        assertThat(ranking.isBest("b")).isTrue();
        assertThat(ranking.rank("c")).isEqualTo(3);
    }

    @Test
    void whatWasNotMeasuredHasNoPlace() {
        Ranking ranking = ranking(Samples.AUC, 0.9, Double.NaN, 0.8);
        assertThat(ranking.rank("b")).isNaN();
        assertThat(ranking.rank("c")).isEqualTo(2);
        assertThat(ranking.order()).containsExactly("a", "c");
    }

    @Test
    void isAsGoodOnlyWhereATestDoesNotTellItFromTheBest() {
        Ranking ranking = ranking(
                Samples.AUC,
                0.9,
                0.89,
                0.8,
                test(Samples.AUC, "a", "b", 0.4),
                test(Samples.AUC, "a", "c", 0.01),
                test(Samples.AUC, "b", "c", 0.9));
        assertThat(ranking.isAsGood("a")).isFalse(); // it is the best
        assertThat(ranking.isAsGood("b")).isTrue();
        assertThat(ranking.isAsGood("c")).isFalse();
        assertThat(ranking(Samples.AUC, 0.9, 0.89, 0.8).isAsGood("b")).isFalse(); // without a test nothing is known
    }

    @Test
    void whatIsFartherThanTheIntervalsOverSeedsIsNotAsGood() {
        // half intervals of 0.01 each; the test on values per target finds no difference
        assertThat(ranking(Samples.AUC, 0.9, 0.881, 0.8, test(Samples.AUC, "a", "b", 0.4))
                        .isAsGood("b"))
                .isTrue();
        assertThat(ranking(Samples.AUC, 0.9, 0.879, 0.8, test(Samples.AUC, "a", "b", 0.4))
                        .isAsGood("b"))
                .isFalse();
    }

    @Test
    void whatATestFindsBetterThanTheBestIsAsGood() {
        // the tests say that their first row has 0.1 more per target
        Ranking more = ranking(
                Samples.AUC, 0.9, 0.89, 0.8, test(Samples.AUC, "b", "a", 0.01), test(Samples.AUC, "a", "c", 0.01));
        assertThat(more.isAsGood("b")).isTrue();
        assertThat(more.isAsGood("c")).isFalse();
        Ranking less = ranking(
                Samples.UNFAITHFULNESS,
                0.1,
                0.115,
                0.3,
                test(Samples.UNFAITHFULNESS, "a", "b", 0.01),
                test(Samples.UNFAITHFULNESS, "c", "a", 0.01));
        assertThat(less.isAsGood("b")).isTrue();
        assertThat(less.isAsGood("c")).isFalse();
    }

    @Test
    void columnsThatOnlyDescribeRankNothing() {
        Column column = new Column("size", "size", Map.of(), "size", "", Better.NEITHER);
        assertThat(Ranking.of(comparison(column, List.of(row("a", column, 1)), List.of()), "size"))
                .isEmpty();
        assertThat(Ranking.of(comparison(column, List.of(row("a", column, 1)), List.of()), "other"))
                .isEmpty();
    }
}
