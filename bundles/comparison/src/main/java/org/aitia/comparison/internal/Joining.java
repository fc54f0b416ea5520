package org.aitia.comparison.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.compare.Cell;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Contestant;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.Setting;

/** Makes one comparison of the cells of several. Used by one thread. */
final class Joining {
    private final List<Comparison> parts;
    private final List<String> baselines;
    private final double confidence;
    private final Map<String, RowRun> rows = new LinkedHashMap<>();
    private final Set<String> runs = new HashSet<>();

    Joining(List<Comparison> parts, List<String> baselines, double confidence) {
        this.parts = List.copyOf(parts);
        this.baselines = List.copyOf(baselines);
        this.confidence = confidence;
    }

    Comparison run() {
        if (parts.isEmpty()) {
            throw new InvalidRequestException("there are no comparisons to join: give at least one");
        }
        refuseDifferent("models", Setting::modelDigest);
        refuseDifferent("data", Setting::datasetDigest);
        refuseDifferent("types", Setting::type);
        refuseDifferent("targets", Setting::targets);
        parts.forEach(this::add);
        for (String baseline : baselines) {
            if (!rows.containsKey(baseline)) {
                throw NotFoundException.of("row to compare with", baseline, rows.keySet());
            }
        }
        List<RowRun> all = List.copyOf(rows.values());
        List<Column> columns = columns();
        Summary summary = new Summary(all, baselines, Map.of(), confidence);
        return new Comparison(
                setting(),
                columns,
                summary.rows(columns),
                summary.tests(columns),
                List.of(),
                summary.cells(),
                parts.stream().flatMap(part -> part.notes().stream()).distinct().toList(),
                parts.stream().mapToDouble(Comparison::seconds).sum());
    }

    private void refuseDifferent(String what, Function<Setting, Object> property) {
        if (parts.stream().map(Comparison::setting).map(property).distinct().count() > 1) {
            throw new InvalidRequestException("comparisons of different " + what
                    + " cannot be joined: join those that are about the same predictions");
        }
    }

    private void add(Comparison part) {
        for (Row row : part.rows()) {
            if (row.role() == Row.Role.RANDOMISED) {
                throw new InvalidRequestException(
                        "comparisons with randomised weights cannot be joined, as that with row '" + row.label()
                                + "': compare without them");
            }
            rows.computeIfAbsent(row.label(), label -> begin(row));
        }
        for (Cell cell : part.cells()) {
            if (!runs.add(cell.row() + "\n" + cell.seed())) {
                throw new InvalidRequestException("the run of '" + cell.row() + "' with seed " + cell.seed()
                        + " is in two of the comparisons to join: leave one out");
            }
            rows.get(cell.row()).add(cell);
        }
    }

    private RowRun begin(Row row) {
        // options of a run that failed are as typed, those of another are all there are
        Row told = parts.stream()
                .flatMap(part -> part.rows().stream())
                .filter(other ->
                        other.label().equals(row.label()) && other.failure().isEmpty())
                .findFirst()
                .orElse(row);
        return new RowRun(
                row.label(),
                new Contestant(row.label(), told.explainer(), told.options(), Optional.empty()),
                baselines.contains(row.label()) ? Row.Role.BASELINE : Row.Role.CONTESTANT);
    }

    /** Metrics, then what runs tell by themselves. Agreement between seeds takes masks, which comparisons do not hold. */
    private List<Column> columns() {
        Map<String, Column> metrics = new LinkedHashMap<>();
        Map<String, Column> own = new LinkedHashMap<>();
        for (Column column : (Iterable<Column>) allColumns()::iterator) {
            (RunColumns.isOwn(column) ? own : metrics).putIfAbsent(column.name(), column);
        }
        RunColumns.agreement().forEach(column -> own.remove(column.name()));
        List<Column> columns = new ArrayList<>(metrics.values());
        columns.addAll(own.values());
        return columns;
    }

    private Stream<Column> allColumns() {
        return parts.stream().flatMap(part -> part.columns().stream());
    }

    private Setting setting() {
        Setting first = parts.get(0).setting();
        Setting computed = parts.stream()
                .map(Comparison::setting)
                .filter(setting -> !setting.device().isEmpty())
                .findFirst()
                .orElse(first);
        List<Long> seeds = parts.stream()
                .flatMap(part -> part.setting().seeds().stream())
                .distinct()
                .sorted()
                .toList();
        Instant started = parts.stream()
                .map(part -> part.setting().started())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return new Setting(
                first.model(),
                first.architecture(),
                first.modelDigest(),
                first.task(),
                first.dataset(),
                first.datasetOptions(),
                first.datasetDigest(),
                first.type(),
                first.targets(),
                seeds,
                confidence,
                computed.device(),
                computed.libraries(),
                started);
    }
}
