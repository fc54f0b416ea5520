package org.aitia.comparison.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.api.NotFoundException;
import org.aitia.api.Task;
import org.aitia.api.compare.Column;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricInfo.Need;
import org.aitia.api.metric.Metrics;
import org.aitia.api.option.OptionSpec;

/** The metrics of a comparison as columns, each with what is asked of {@link Metrics} for it. */
final class MetricColumns {
    private final Map<Column, Metrics.Selection> selections = new LinkedHashMap<>();
    private final Map<Column, Set<Need>> needs = new LinkedHashMap<>();

    private MetricColumns(Metrics metrics, List<Metrics.Selection> selected) {
        for (Metrics.Selection selection : selected) {
            Metrics.MetricEntry entry = metrics.metric(selection.metric());
            checkOptions(entry, selection);
            Column column = column(entry, selection.options());
            selections.put(column, selection);
            needs.put(column, entry.info().needs());
        }
    }

    /** Columns of metrics that were asked for. */
    static MetricColumns of(Metrics metrics, List<Metrics.Selection> selected) {
        return new MetricColumns(metrics, selected);
    }

    /** Columns of those of the named metrics that are there and are made for a task. */
    static MetricColumns usual(
            Metrics metrics, List<String> names, Task task, boolean groundTruth, Map<String, String> usual) {
        List<Metrics.Selection> selected = new ArrayList<>();
        Map<String, Metrics.MetricEntry> known = new TreeMap<>();
        metrics.metrics().forEach(entry -> known.put(entry.info().name(), entry));
        for (String name : names) {
            Metrics.MetricEntry entry = known.get(name);
            if (entry != null
                    && entry.info().tasks().contains(task)
                    && (groundTruth || !entry.info().needs().contains(Need.GROUND_TRUTH))) {
                Map<String, String> options = new TreeMap<>(usual);
                options.keySet().retainAll(names(entry));
                selected.add(new Metrics.Selection(name, options));
            }
        }
        return new MetricColumns(metrics, selected);
    }

    private static void checkOptions(Metrics.MetricEntry entry, Metrics.Selection selection) {
        Set<String> known = names(entry);
        for (String option : selection.options().keySet()) {
            if (!known.contains(option)) {
                throw NotFoundException.of(
                        "option of metric " + entry.info().name(),
                        option,
                        entry.options().stream().map(OptionSpec::name).toList());
            }
        }
    }

    private static Set<String> names(Metrics.MetricEntry entry) {
        return entry.options().stream()
                .flatMap(spec -> Stream.concat(Stream.of(spec.name()), spec.aliases().stream()))
                .collect(Collectors.toSet());
    }

    private static Column column(Metrics.MetricEntry entry, Map<String, String> options) {
        MetricInfo info = entry.info();
        List<String> written = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        new TreeMap<>(options).forEach((option, value) -> {
            written.add(option + "=" + value);
            // the value of a choice speaks for itself
            shown.add(isChoice(entry, option) ? value : option + "=" + value);
        });
        return new Column(
                info.name() + bracketed(written),
                info.name(),
                options,
                (info.title() + " " + bracketed(shown)).strip(),
                info.description(),
                info.better());
    }

    private static boolean isChoice(Metrics.MetricEntry entry, String option) {
        return entry.options().stream()
                .anyMatch(spec -> spec.type() == OptionSpec.Type.CHOICE
                        && (spec.name().equals(option) || spec.aliases().contains(option)));
    }

    private static String bracketed(List<String> texts) {
        return texts.isEmpty() ? "" : "[" + String.join(",", texts) + "]";
    }

    /** What is asked of the metrics, by column, in order. */
    Map<Column, Metrics.Selection> selections() {
        return selections;
    }

    /** Without the columns that run the explainer again. */
    Map<Column, Metrics.Selection> withoutExplainer() {
        Map<Column, Metrics.Selection> some = new LinkedHashMap<>(selections);
        some.keySet().removeIf(this::needsExplainer);
        return some;
    }

    boolean needsExplainer(Column column) {
        return needs.get(column).contains(Need.EXPLAINER);
    }

    List<Column> columns() {
        return List.copyOf(selections.keySet());
    }
}
