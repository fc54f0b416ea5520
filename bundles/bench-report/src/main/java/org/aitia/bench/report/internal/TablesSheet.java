package org.aitia.bench.report.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.bench.Suite;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Estimate;
import org.aitia.api.compare.PairedTest;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.Score;

/** Every number of every table, settings and how they were chosen: what the report points to. */
final class TablesSheet {
    static final String FILE = "tables.md";
    static final String GOALS = "All goals";
    static final String SETTINGS = "Settings of explainers";
    static final String FAILURES = "All failures";

    static final String LEGEND =
            "Rows are sorted by rank. Deviation and interval are over seeds; the mean over targets is that of values"
                    + " per target, each averaged over seeds, with its interval. \"less\": the difference to a baseline, paired."
                    + " Tests are of a row against the best one, on values per target: W for Wilcoxon's signed-rank test, t for"
                    + " Student's; p, Holm is corrected for all pairs of the column. – was not measured.";

    private static final int LONGEST_REASON = 400;

    private final BenchResult result;
    private final Names names;

    TablesSheet(BenchResult result, Names names) {
        this.result = result;
        this.names = names;
    }

    /** The heading of a study's part. */
    static String heading(Suite.Study study) {
        return "Tables of " + Names.study(study);
    }

    /** The parts, each beginning with its heading of level 2. */
    List<Sheet> parts() {
        List<Sheet> parts = new ArrayList<>();
        for (Suite.Study study : result.request().suite().studies()) {
            List<Board> boards = Board.of(result, study);
            if (!boards.isEmpty()) {
                parts.add(study(study, boards));
            }
        }
        Goals goals = new Goals(result.goals(), names);
        if (!goals.isEmpty()) {
            parts.add(new Sheet().heading(2, GOALS).table(goals.list()));
        }
        parts.add(settings());
        if (!result.failures().isEmpty()) {
            parts.add(new Sheet()
                    .heading(2, FAILURES)
                    .bullets(result.failures().stream()
                            .map(failure -> Sheet.escape(failure.what()) + ": "
                                    + Sheet.escape(Words.shorten(failure.reason(), LONGEST_REASON)))
                            .toList()));
        }
        return parts;
    }

    private Sheet study(Suite.Study study, List<Board> boards) {
        Sheet sheet = new Sheet().heading(2, heading(study));
        List<Column> columns = columns(study, boards);
        sheet.paragraph(Columns.legend(columns));
        if (boards.stream().anyMatch(board -> board.tables().size() > 1)) {
            byMetric(sheet, study, boards, columns);
        }
        List<String> datasets = boards.stream()
                .flatMap(board -> board.datasets().stream())
                .distinct()
                .toList();
        for (String dataset : datasets) {
            for (Board board : boards) {
                board.table(dataset).ifPresent(table -> table(sheet, board, table));
            }
        }
        return sheet;
    }

    private static List<Column> columns(Suite.Study study, List<Board> boards) {
        Map<String, Column> columns = new LinkedHashMap<>();
        boards.forEach(board -> board.tables()
                .forEach(table -> Columns.metrics(study, table.comparison())
                        .forEach(column -> columns.putIfAbsent(column.name(), column))));
        return List.copyOf(columns.values());
    }

    /** Data sets side by side, for each metric. */
    private void byMetric(Sheet sheet, Suite.Study study, List<Board> boards, List<Column> columns) {
        List<String> titles = Columns.titles(columns);
        for (int i = 0; i < columns.size(); i++) {
            for (Board board : boards) {
                sheet.heading(3, titles.get(i) + ", " + names.board(board) + " (" + study.label() + ")");
                sheet.table(new Leaderboard(board, names, columns.get(i).name()).grid());
            }
        }
    }

    private void table(Sheet sheet, Board board, BenchResult.Table table) {
        Comparison comparison = table.comparison();
        sheet.heading(
                3,
                names.dataset(table.dataset()) + ", " + names.board(board) + " ("
                        + board.study().label() + ")");
        int targets = comparison.setting().targets().size();
        int seeds = comparison.setting().seeds().size();
        sheet.paragraph(Words.count(targets, "target") + ", " + Words.count(seeds, "seed") + ".");
        board.rankColumn().ifPresent(column -> sheet.table(ranked(board, table, column)));
        sheet.table(others(board, table));
        sheet.table(curves(board, table));
        sheet.bullets(missing(board, table));
        sheet.bullets(comparison.notes().stream().map(Sheet::escape).toList());
    }

    private String name(Board board, String label) {
        String name = Sheet.escape(names.explainer(label));
        return board.isBaseline(label) ? Sheet.italic(name) : name;
    }

    /** The order of rows: by rank, then what was not ranked. */
    private static List<String> order(Board board, BenchResult.Table table) {
        Set<String> order = new LinkedHashSet<>();
        Ranking.of(table.comparison(), board.study().rankBy()).ifPresent(ranking -> order.addAll(ranking.order()));
        order.addAll(board.labels());
        order.removeIf(label -> Columns.row(table.comparison(), label).isEmpty());
        return List.copyOf(order);
    }

    private Grid ranked(Board board, BenchResult.Table table, Column column) {
        Comparison comparison = table.comparison();
        List<String> baselines = comparison.rows().stream()
                .flatMap(row -> row.scores().stream())
                .flatMap(score -> score.lifts().stream())
                .map(Score.Lift::baseline)
                .distinct()
                .toList();
        String level = Digits.number(100 * comparison.setting().confidence()) + " %";
        List<String> header = new ArrayList<>(List.of(
                "explainer",
                "rank",
                Sheet.escape(Columns.title(column)),
                "deviation",
                level + " over seeds",
                "mean over targets"));
        baselines.forEach(baseline -> header.add("less " + Sheet.escape(names.explainer(baseline))));
        header.addAll(List.of("test", "p", "p, Holm", "time", "calls", "learning before", "peak memory"));
        Grid grid = new Grid(1, header);
        Optional<Ranking> ranking = Ranking.of(comparison, column.name());
        for (String label : order(board, table)) {
            Optional<Score> score = Columns.score(comparison, label, column.name());
            Estimate seeds = score.map(Score::overSeeds).orElse(Estimate.NONE);
            Optional<PairedTest> test = ranking.flatMap(found -> found.test(label));
            List<String> cells = new ArrayList<>(List.of(
                    name(board, label),
                    ranking.map(found -> rank(found.rank(label))).orElse(Digits.MISSING),
                    seeds.isPresent() ? Digits.rounded(seeds.mean(), 4) : Digits.MISSING,
                    seeds.hasInterval() ? Digits.number(seeds.deviation(), 2) : Digits.MISSING,
                    seeds.hasInterval()
                            ? Digits.rounded(seeds.low(), 4) + " to " + Digits.rounded(seeds.high(), 4)
                            : Digits.MISSING,
                    score.flatMap(Score::overTargets).map(Digits::of).orElse(Digits.MISSING)));
            for (String baseline : baselines) {
                cells.add(score.flatMap(found -> found.lifts().stream()
                                .filter(lift -> lift.baseline().equals(baseline))
                                .findFirst())
                        .map(lift -> Digits.signed(lift.difference()))
                        .orElse(""));
            }
            cells.add(test.map(found -> found.method() == PairedTest.Method.WILCOXON ? "W" : "t")
                    .orElse(""));
            cells.add(test.map(found -> Digits.p(found.p())).orElse(""));
            cells.add(test.map(found -> Digits.p(found.adjusted())).orElse(""));
            cells.addAll(Cost.medians(List.of(table), label));
            grid.add(cells);
        }
        return grid.withoutEmptyColumns();
    }

    private static String rank(double rank) {
        return Double.isNaN(rank) ? Digits.MISSING : Digits.rounded(rank, rank == Math.rint(rank) ? 0 : 1);
    }

    private Grid others(Board board, BenchResult.Table table) {
        List<Column> columns = Columns.metrics(board.study(), table.comparison()).stream()
                .filter(column -> !column.name().equals(board.study().rankBy()))
                .toList();
        return grid(board, table, columns, Columns.titles(columns));
    }

    private Grid curves(Board board, BenchResult.Table table) {
        List<Column> columns = table.comparison().columns().stream()
                .filter(column -> Columns.fraction(board.study(), column).isPresent())
                .toList();
        List<String> titles = columns.stream()
                .map(column -> Columns.shortTitle(column) + " at "
                        + Digits.number(Columns.fraction(board.study(), column).orElse(0.0)))
                .toList();
        return grid(board, table, columns, titles);
    }

    private Grid grid(Board board, BenchResult.Table table, List<Column> columns, List<String> titles) {
        List<String> header = new ArrayList<>(List.of("explainer"));
        titles.forEach(title -> header.add(Sheet.escape(title)));
        Grid grid = new Grid(1, header);
        if (columns.isEmpty()) {
            return grid;
        }
        for (String label : order(board, table)) {
            List<String> cells = new ArrayList<>(List.of(name(board, label)));
            columns.forEach(column -> cells.add(Digits.of(Columns.score(table.comparison(), label, column.name())
                    .map(Score::shown)
                    .orElse(Estimate.NONE))));
            grid.add(cells);
        }
        return grid.withoutEmptyColumns();
    }

    /** Why something is missing, each reason once with those that it is about. */
    private List<String> missing(Board board, BenchResult.Table table) {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        for (Row row : table.comparison().rows()) {
            if (!row.failure().isEmpty()) {
                byReason.computeIfAbsent(row.failure(), reason -> new ArrayList<>())
                        .add(names.explainer(row.label()));
                continue;
            }
            for (Score score : row.scores()) {
                boolean curve = Columns.find(table.comparison(), score.column())
                        .flatMap(column -> Columns.fraction(board.study(), column))
                        .isPresent();
                if (!score.reason().isEmpty() && !curve) {
                    byReason.computeIfAbsent(score.reason(), reason -> new ArrayList<>())
                            .add(names.explainer(row.label()) + ", " + score.column());
                }
            }
        }
        return byReason.entrySet().stream()
                .map(entry -> "Not measured: " + Sheet.escape(Words.shorten(entry.getKey(), LONGEST_REASON)) + " ("
                        + Sheet.escape(String.join("; ", entry.getValue())) + ")")
                .toList();
    }

    // --- settings

    private Sheet settings() {
        Sheet sheet = new Sheet().heading(2, SETTINGS);
        Grid grid = new Grid(4, List.of("explainer", "is", "options", "where"));
        for (Suite.Contender contender : result.request().suite().explainers()) {
            Map<String, List<String>> places = places(contender.label());
            if (places.isEmpty()) {
                continue;
            }
            boolean everywhere = places.size() == 1;
            places.forEach((options, where) -> grid.add(
                    Sheet.escape(names.explainer(contender.label())),
                    Sheet.code(contender.explainer()),
                    options.isEmpty() ? "defaults" : Sheet.code(options),
                    everywhere ? "everywhere" : Sheet.escape(String.join("; ", where))));
        }
        sheet.table(grid);
        choices(sheet);
        return sheet;
    }

    /** The options that an explainer ran with, and where. */
    private Map<String, List<String>> places(String label) {
        Map<String, List<String>> places = new LinkedHashMap<>();
        for (BenchResult.Table table : result.tables()) {
            Columns.row(table.comparison(), label)
                    .ifPresent(row -> places.computeIfAbsent(Names.options(row.options()), key -> new ArrayList<>())
                            .add(names.dataset(table.dataset()) + ", " + names.model(table.model()) + ", "
                                    + Names.type(table.type())));
        }
        places.replaceAll((options, where) -> where.stream().distinct().toList());
        return places;
    }

    /** What searches have in common that stand in one table. */
    private record Search(String study, String explainer, String model, String type, String column) {}

    private void choices(Sheet sheet) {
        Map<Search, List<BenchResult.Choice>> searches = result.choices().stream()
                .collect(Collectors.groupingBy(
                        choice -> new Search(
                                choice.study(),
                                choice.explainer(),
                                choice.model(),
                                Names.type(choice.type()),
                                choice.column()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        searches.forEach((search, choices) -> {
            sheet.heading(
                    3,
                    "Search for " + names.explainer(search.explainer()) + ", " + names.model(search.model()) + ", "
                            + search.type() + " (" + search.study() + ")");
            sheet.paragraph("Chosen by " + Sheet.code(search.column())
                    + " on the validation instances, which are none of the targets; **bold**: the chosen setting.");
            sheet.table(search(choices));
            sheet.bullets(choices.stream()
                    .flatMap(choice -> choice.trials().stream()
                            .filter(trial -> !trial.failure().isEmpty())
                            .map(trial -> "Failed on " + Sheet.escape(names.dataset(choice.dataset())) + " with "
                                    + options(trial) + ": "
                                    + Sheet.escape(Words.shorten(trial.failure(), LONGEST_REASON))))
                    .toList());
        });
    }

    private static String options(BenchResult.Trial trial) {
        return trial.options().isEmpty() ? "as they are" : Sheet.code(Names.options(trial.options()));
    }

    private Grid search(List<BenchResult.Choice> choices) {
        List<String> header = new ArrayList<>(List.of("options added"));
        choices.forEach(choice -> header.add(Sheet.escape(names.dataset(choice.dataset()))));
        Grid grid = new Grid(1, header);
        Set<String> settings = new LinkedHashSet<>();
        choices.forEach(choice -> choice.trials().forEach(trial -> settings.add(options(trial))));
        for (String setting : settings) {
            List<String> cells = new ArrayList<>(List.of(setting));
            for (BenchResult.Choice choice : choices) {
                String cell = "";
                for (int t = 0; t < choice.trials().size(); t++) {
                    BenchResult.Trial trial = choice.trials().get(t);
                    if (options(trial).equals(setting)) {
                        String score = trial.failure().isEmpty() ? Digits.score(trial.score()) : "failed";
                        cell = t == choice.chosen() ? Sheet.bold(score) : score;
                    }
                }
                cells.add(cell);
            }
            grid.add(cells);
        }
        return grid;
    }
}
