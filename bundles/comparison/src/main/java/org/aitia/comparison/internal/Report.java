package org.aitia.comparison.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.aitia.api.compare.Axis;
import org.aitia.api.compare.Cell;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Estimate;
import org.aitia.api.compare.PairedTest;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.SanityCheck;
import org.aitia.api.compare.Score;
import org.aitia.api.compare.Setting;
import org.aitia.api.compare.Sweep;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.metric.MetricInfo.Better;
import org.apache.commons.text.WordUtils;

/** A comparison or sweep for people: sections of tables and sentences, as text or Markdown. */
final class Report {
    private static final int WIDTH = 120;

    /** From this number of tests on, only those that tell something are listed. */
    private static final int MOST_TESTS = 12;

    private static final String OVER_TARGETS = "t";
    private static final String OVER_SEEDS = "s";

    /** A part with its heading; either may be empty. */
    private record Section(String heading, List<Table> tables, List<String> sentences) {}

    private final String title;
    private final List<Section> sections = new ArrayList<>();

    private Report(String title) {
        this.title = title;
    }

    static Report of(Comparison comparison) {
        Report report = new Report("Comparison on " + about(comparison.setting()));
        report.scores(comparison);
        report.lifts(comparison);
        report.tests(comparison);
        report.checks(comparison);
        report.failures(comparison.rows(), comparison.cells(), comparison.columns());
        report.notes(comparison.notes());
        return report;
    }

    static Report of(Sweep sweep) {
        Report report = new Report("Sweep of " + sweep.explainer() + " on " + about(sweep.setting()));
        report.scores(sweep);
        report.failures(sweep.rows(), sweep.cells(), sweep.columns());
        report.notes(sweep.notes());
        return report;
    }

    private static String about(Setting setting) {
        int targets = setting.targets().size();
        String options = setting.datasetOptions().entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining(", "));
        return "model " + setting.model() + " (" + setting.architecture() + "), data " + setting.dataset()
                + (options.isEmpty() ? "" : " (" + options + ")")
                + ", "
                + targets + (targets == 1 ? " target" : " targets") + ", "
                + setting.type().name().toLowerCase(Locale.ROOT)
                + (setting.type() == ExplanationType.MODEL ? " explanations" : "") + ", " + seeds(setting.seeds());
    }

    private static String seeds(List<Long> seeds) {
        return (seeds.size() == 1 ? "seed " : seeds.size() + " seeds: ")
                + seeds.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private void scores(Comparison comparison) {
        List<String> header = new ArrayList<>(List.of("explainer"));
        comparison.columns().forEach(column -> header.add(title(column)));
        Table table = new Table(1, header);
        for (Row row : comparison.rows()) {
            List<String> cells = new ArrayList<>(List.of(label(row)));
            comparison.columns().forEach(column -> cells.add(shown(row.score(column.name()))));
            table.add(cells);
        }
        sections.add(new Section("", List.of(table), List.of(legend(comparison.setting()))));
    }

    private void scores(Sweep sweep) {
        List<String> header = new ArrayList<>(List.of("best"));
        sweep.axes().forEach(axis -> header.add(axis.option()));
        sweep.columns().forEach(column -> header.add(title(column)));
        Table table = new Table(1 + sweep.axes().size(), header);
        for (Row row : sweep.rows()) {
            List<String> cells = new ArrayList<>(List.of(sweep.best().contains(row.label()) ? "*" : ""));
            for (Axis axis : sweep.axes()) {
                cells.add(row.options().get(axis.option()));
            }
            sweep.columns().forEach(column -> cells.add(shown(row.score(column.name()))));
            table.add(cells);
        }
        List<String> sentences = new ArrayList<>(List.of(legend(sweep.setting())));
        if (!sweep.goals().isEmpty()) {
            sentences.add("* no other row is at least as good in " + String.join(", ", sweep.goals())
                    + " and better in one of them.");
        }
        sections.add(new Section("", List.of(table), sentences));
    }

    private static String label(Row row) {
        return row.role() == Row.Role.BASELINE ? row.label() + " (baseline)" : row.label();
    }

    private static String title(Column column) {
        return switch (column.better()) {
            case HIGHER -> column.title() + " ↑";
            case LOWER -> column.title() + " ↓";
            case NEITHER -> column.title();
        };
    }

    private static String shown(Score score) {
        String number = Digits.of(score.shown());
        return score.shown().hasInterval()
                ? number + " " + (score.basis() == Score.Basis.TARGETS ? OVER_TARGETS : OVER_SEEDS)
                : number;
    }

    private static String legend(Setting setting) {
        return "↑ more is better, ↓ less is better; ± " + Digits.number(100 * setting.confidence())
                + " % confidence interval of the mean (Student's t), over targets (t) or over seeds (s).";
    }

    private void lifts(Comparison comparison) {
        List<String> randomised = comparison.rows().stream()
                .filter(row -> row.role() == Row.Role.RANDOMISED)
                .map(Row::label)
                .toList();
        comparison.rows().stream()
                .flatMap(row -> row.scores().stream())
                .flatMap(score -> score.lifts().stream())
                .map(Score.Lift::baseline)
                .filter(baseline -> !randomised.contains(baseline))
                .distinct()
                .forEach(baseline -> lifts(comparison, "Difference to " + baseline, List.of(baseline)));
        lifts(comparison, "Difference to the same explainer on randomised weights", randomised);
    }

    /** A row per row that has one of the baselines; nobody needs the time that it differs by. */
    private void lifts(Comparison comparison, String heading, List<String> baselines) {
        List<Row> rows = comparison.rows().stream()
                .filter(row -> row.role() != Row.Role.RANDOMISED)
                .toList();
        List<Column> columns = comparison.columns().stream()
                .filter(column -> !RunColumns.isOwn(column))
                .filter(column -> rows.stream()
                        .anyMatch(row -> lift(row, column, baselines).isPresent()))
                .toList();
        List<String> header = new ArrayList<>(List.of("explainer"));
        columns.forEach(column -> header.add(title(column)));
        Table table = new Table(1, header);
        for (Row row : rows) {
            List<Optional<Estimate>> lifts =
                    columns.stream().map(column -> lift(row, column, baselines)).toList();
            if (lifts.stream().anyMatch(Optional::isPresent)) {
                List<String> cells = new ArrayList<>(List.of(row.label()));
                lifts.forEach(lift -> cells.add(lift.map(Report::signed).orElse(Digits.MISSING)));
                table.add(cells);
            }
        }
        if (!table.isEmpty()) {
            sections.add(new Section(heading, List.of(table), List.of()));
        }
    }

    private static Optional<Estimate> lift(Row row, Column column, List<String> baselines) {
        return row.score(column.name()).lifts().stream()
                .filter(lift -> baselines.contains(lift.baseline()))
                .map(Score.Lift::difference)
                .filter(Estimate::isPresent)
                .findFirst();
    }

    private static String signed(Estimate difference) {
        String number = Digits.of(difference);
        return number.startsWith("-") ? number : "+" + number;
    }

    private void tests(Comparison comparison) {
        Table table = new Table(3, List.of("metric", "first", "second", "difference", "test", "p", "p, Holm"));
        // where nothing is better, a difference is no news
        Map<String, Column> directed = comparison.columns().stream()
                .filter(column -> column.better() != Better.NEITHER)
                .collect(Collectors.toMap(Column::name, column -> column));
        List<PairedTest> tests = comparison.tests().stream()
                .filter(test -> directed.containsKey(test.column()))
                .toList();
        List<PairedTest> listed = tests.size() <= MOST_TESTS ? tests : news(tests, comparison);
        for (PairedTest test : listed) {
            table.add(
                    directed.get(test.column()).title(),
                    test.first(),
                    test.second(),
                    Digits.of(test.difference()),
                    test.method() == PairedTest.Method.WILCOXON ? "Wilcoxon" : "t",
                    Digits.p(test.p()),
                    Digits.p(test.adjusted()));
        }
        if (tests.isEmpty()) {
            return;
        }
        List<String> sentences = new ArrayList<>();
        sentences.add("Two-sided, on values per target averaged over seeds; p, Holm is corrected for all pairs of one"
                + " metric.");
        if (listed.size() < tests.size()) {
            sentences.add(listed.size() + " of " + tests.size()
                    + " tests are listed: pairs without baseline that differ; a" + " csv or json file has all.");
        }
        sections.add(new Section("Paired tests over targets", table.isEmpty() ? List.of() : List.of(table), sentences));
    }

    /** Of many tests those that a reader looks for: baselines have a table of their own. */
    private static List<PairedTest> news(List<PairedTest> tests, Comparison comparison) {
        Set<String> baselines = comparison.rows().stream()
                .filter(row -> row.role() == Row.Role.BASELINE)
                .map(Row::label)
                .collect(Collectors.toSet());
        double level = 1 - comparison.setting().confidence();
        return tests.stream()
                .filter(test -> test.adjusted() < level)
                .filter(test -> !baselines.contains(test.first()) && !baselines.contains(test.second()))
                .toList();
    }

    private void checks(Comparison comparison) {
        Table table = new Table(
                1,
                List.of("explainer", "edges", "features", "top " + MaskAgreement.TOP + " edges", "edges, other seed"));
        List<String> sentences = new ArrayList<>();
        for (SanityCheck check : comparison.checks()) {
            table.add(
                    check.label(),
                    Digits.of(check.edges()),
                    Digits.of(check.features()),
                    Digits.of(check.topEdges()),
                    Digits.of(check.edgesAcrossSeeds()));
            if (!check.reason().isEmpty()) {
                sentences.add(check.label() + ": " + check.reason());
            }
        }
        if (!table.isEmpty()) {
            sentences.add(
                    0,
                    "Rank correlation, and share of the most important edges in common, of explanations of the"
                            + " model and of the model with randomised weights; for comparison the rank correlation between runs"
                            + " with different seeds. Near 1 the explanations hardly depend on what the model has learnt.");
            sections.add(new Section("Randomised weights", List.of(table), sentences));
        }
    }

    private void failures(List<Row> rows, List<Cell> cells, List<Column> columns) {
        List<String> sentences = new ArrayList<>();
        for (Row row : rows) {
            if (!row.failure().isEmpty()) {
                sentences.add(row.label() + ": " + row.failure());
                continue;
            }
            cells.stream()
                    .filter(cell ->
                            cell.row().equals(row.label()) && !cell.failure().isEmpty())
                    .forEach(cell -> sentences.add(row.label() + ", seed " + cell.seed() + ": " + cell.failure()));
            columns.stream()
                    .filter(column -> !RunColumns.isOwn(column))
                    .map(column -> row.score(column.name()))
                    .filter(score ->
                            !score.reason().isEmpty() && !score.overSeeds().isPresent())
                    .forEach(score -> sentences.add(row.label() + ", " + score.column() + ": " + score.reason()));
        }
        if (!sentences.isEmpty()) {
            sections.add(new Section("Not measured", List.of(), sentences));
        }
    }

    private void notes(List<String> notes) {
        if (!notes.isEmpty()) {
            sections.add(new Section("Notes", List.of(), notes));
        }
    }

    String text() {
        List<String> lines = new ArrayList<>(List.of(WordUtils.wrap(title, WIDTH, "\n", false)));
        for (Section section : sections) {
            lines.add("");
            if (!section.heading().isEmpty()) {
                lines.add(section.heading());
            }
            section.tables().forEach(table -> lines.addAll(table.text(WIDTH)));
            section.sentences().forEach(sentence -> lines.add(WordUtils.wrap(sentence, WIDTH, "\n", false)));
        }
        return String.join("\n", lines) + "\n";
    }

    String markdown() {
        List<String> lines = new ArrayList<>(List.of("# " + title));
        for (Section section : sections) {
            lines.add("");
            if (!section.heading().isEmpty()) {
                lines.addAll(List.of("## " + section.heading(), ""));
            }
            section.tables().forEach(table -> {
                lines.addAll(table.markdown());
                if (!section.sentences().isEmpty()) {
                    lines.add("");
                }
            });
            section.sentences().forEach(sentence -> lines.add("- " + sentence));
        }
        return String.join("\n", lines) + "\n";
    }
}
