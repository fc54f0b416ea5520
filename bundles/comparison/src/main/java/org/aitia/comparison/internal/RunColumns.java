package org.aitia.comparison.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.aitia.api.compare.Cell;
import org.aitia.api.compare.Column;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.metric.MetricInfo.Better;

/** What every run tells by itself, without a metric. */
final class RunColumns {
    private static final double BYTES_PER_MEBIBYTE = 1 << 20;

    private static final List<Column> COST = List.of(
            column(Column.SECONDS, "s/target", "wall-clock seconds per target, without training before", Better.LOWER),
            column(
                    Column.CALLS,
                    "calls/target",
                    "forward passes per target; a recorded one counts three",
                    Better.LOWER),
            column(
                    Column.MEMORY,
                    "native MiB",
                    "most memory of arrays at once while explaining, in mebibytes, summed over lanes",
                    Better.LOWER));

    private static final List<Column> EDGE_SIZES = List.of(
            column(Column.EDGE_ZEROS, "edges = 0", "share of edges whose importance is exactly 0", Better.HIGHER),
            column(Column.EDGE_SMALL, "edges <= .01", "share of edges of importance at most 0.01", Better.HIGHER),
            column(
                    Column.EDGE_ENTROPY,
                    "edge entropy",
                    "entropy of importances of edges as shares of their sum: 0 one edge, 1 all alike",
                    Better.LOWER));

    private static final List<Column> FEATURE_SIZES = List.of(
            column(Column.FEATURE_ZEROS, "feat. = 0", "share of the feature mask that is exactly 0", Better.HIGHER),
            column(
                    Column.FEATURE_SMALL,
                    "feat. <= .01",
                    "share of the feature mask that is at most 0.01",
                    Better.HIGHER),
            column(
                    Column.FEATURE_ENTROPY,
                    "feat. entropy",
                    "entropy of the feature mask as shares of its sum: 0 one value, 1 all alike",
                    Better.LOWER));

    private static final List<Column> AGREEMENT = List.of(
            column(
                    Column.EDGE_AGREEMENT,
                    "edge agreement",
                    "rank correlation of importances of edges between runs with consecutive seeds",
                    Better.HIGHER),
            column(
                    Column.FEATURE_AGREEMENT,
                    "feat. agreement",
                    "rank correlation of feature masks between runs with consecutive seeds",
                    Better.HIGHER));

    private RunColumns() {}

    private static Column column(String name, String title, String description, Better better) {
        return new Column(name, name, Map.of(), title, description, better);
    }

    /** Time, forward passes, and memory where it was measured. */
    static List<Column> cost() {
        return COST;
    }

    /** Sizes of masks of edges and features. */
    static List<Column> sizes() {
        List<Column> columns = new ArrayList<>(EDGE_SIZES);
        columns.addAll(FEATURE_SIZES);
        return columns;
    }

    /** Agreement between seeds, which a row has and a run has not. */
    static List<Column> agreement() {
        return AGREEMENT;
    }

    /** Tells whether a column is one of these rather than a metric. */
    static boolean isOwn(Column column) {
        return COST.contains(column)
                || EDGE_SIZES.contains(column)
                || FEATURE_SIZES.contains(column)
                || AGREEMENT.contains(column);
    }

    /** Tells whether a run was asked for what a column holds. */
    static boolean isTold(Column column, ExplanationResult result) {
        return !column.name().equals(Column.MEMORY) || result.cost().peakNativeBytes() > 0;
    }

    /** Measures a run in one column. */
    static Cell.Value measure(Column column, ExplanationResult result) {
        int targets = Math.max(1, result.explanations().size());
        return switch (column.name()) {
            case Column.SECONDS -> pooled(column, result.secondsPerTarget(), "");
            case Column.CALLS ->
                result.cost().oracleCalls() == 0
                        ? pooled(column, Double.NaN, "the explainer asked the model for nothing that was counted")
                        : pooled(column, (double) result.cost().forwardEquivalents() / targets, "");
            case Column.MEMORY -> pooled(column, result.cost().peakNativeBytes() / BYTES_PER_MEBIBYTE, "");
            case Column.EDGE_ZEROS -> edges(column, result, mask -> MaskSizes.shareUpTo(mask, 0));
            case Column.EDGE_SMALL -> edges(column, result, mask -> MaskSizes.shareUpTo(mask, MaskSizes.SMALL));
            case Column.EDGE_ENTROPY -> edges(column, result, MaskSizes::entropy);
            case Column.FEATURE_ZEROS -> features(column, result, mask -> MaskSizes.shareUpTo(mask, 0));
            case Column.FEATURE_SMALL -> features(column, result, mask -> MaskSizes.shareUpTo(mask, MaskSizes.SMALL));
            case Column.FEATURE_ENTROPY -> features(column, result, MaskSizes::entropy);
            default -> throw new IllegalArgumentException("no run tells '" + column.name() + "'");
        };
    }

    private static Cell.Value pooled(Column column, double value, String reason) {
        return new Cell.Value(column.name(), value, new double[0], reason);
    }

    private static Cell.Value edges(Column column, ExplanationResult result, ToDoubleFunction<float[]> size) {
        return perTarget(column, result, Explanation::edgeMask, size, "edges");
    }

    private static Cell.Value features(Column column, ExplanationResult result, ToDoubleFunction<float[]> size) {
        return perTarget(column, result, Explanation::featureMask, size, "features");
    }

    private static Cell.Value perTarget(
            Column column,
            ExplanationResult result,
            MaskAgreement.Part part,
            ToDoubleFunction<float[]> size,
            String what) {
        double[] values = result.explanations().stream()
                .mapToDouble(explanation -> size.applyAsDouble(part.of(explanation)))
                .toArray();
        double mean = Statistics.mean(values);
        String reason = !Double.isNaN(mean)
                ? ""
                : result.explanations().stream().allMatch(explanation -> part.of(explanation).length == 0)
                        ? "the explainer says nothing of " + what
                        : "all importances of " + what + " are 0";
        return new Cell.Value(column.name(), mean, values, reason);
    }
}
