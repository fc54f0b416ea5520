package org.aitia.shell.internal.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.bench.BenchResult.Reached;
import org.aitia.api.bench.Suite;
import org.aitia.api.compare.Estimate;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.Score;
import org.aitia.shell.internal.console.Console;
import org.aitia.shell.internal.console.Table;
import org.aitia.shell.internal.console.Text;

/** What a finished suite shows on the terminal: the ranking column of every study, goals, failures, files. */
final class BenchSummary {
    private static final int DECIMALS = 3;
    private static final int GOAL_DECIMALS = 4; // a goal of .999 may be missed by .0003
    private static final int FAILURES_SHOWN = 10;

    private final BenchResult result;
    private final Console console;

    BenchSummary(BenchResult result, Console console) {
        this.result = result;
        this.console = console;
    }

    void print() {
        for (Suite.Study study : result.request().suite().studies()) {
            for (String model : study.models()) {
                study.types().forEach(type -> printTable(study, of(study, model, type.name())));
            }
        }
        printGoals();
        printFailures();
        console.println(Text.count(result.cells()) + " cells"
                + (result.reused() == 0 ? "" : ", " + Text.count(result.reused()) + " of them from before")
                + ", in " + Text.seconds(result.seconds()) + ".");
        result.files().stream().limit(1).forEach(file -> console.println("Report: " + file));
    }

    private List<BenchResult.Table> of(Suite.Study study, String model, String type) {
        return result.tables().stream()
                .filter(table -> table.study().equals(study.label())
                        && table.model().equals(model)
                        && table.type().name().equals(type))
                .toList();
    }

    /** One line per explainer, one column per data set. */
    private void printTable(Suite.Study study, List<BenchResult.Table> tables) {
        if (tables.isEmpty()) {
            return;
        }
        BenchResult.Table first = tables.get(0);
        console.println(study.title() + ": " + study.rankBy() + ", model " + first.model() + ", "
                + first.type().name().toLowerCase(Locale.ROOT));
        List<String> headers = new ArrayList<>(List.of("EXPLAINER"));
        tables.forEach(table -> headers.add(table.dataset().toUpperCase(Locale.ROOT)));
        Table lines = new Table(headers.toArray(String[]::new))
                .right(IntStream.rangeClosed(1, tables.size()).toArray());
        for (String explainer : study.explainers()) {
            List<String> cells = new ArrayList<>(List.of(explainer));
            tables.forEach(table -> cells.add(score(table, explainer, study.rankBy())));
            if (cells.stream().skip(1).anyMatch(cell -> !cell.isEmpty())) {
                lines.row(cells.toArray(String[]::new));
            }
        }
        lines.print(console);
        console.println("");
    }

    private static String score(BenchResult.Table table, String explainer, String column) {
        return table.comparison().rows().stream()
                .filter(row -> row.label().equals(explainer))
                .findFirst()
                .map(row -> score(row, column))
                .orElse("");
    }

    private static String score(Row row, String column) {
        Estimate estimate = row.scores().stream()
                .filter(score -> score.column().equals(column))
                .findFirst()
                .map(Score::overSeeds)
                .orElse(Estimate.NONE);
        return Text.decimal(estimate.mean(), DECIMALS)
                + (estimate.hasInterval() ? " ± " + Text.decimal(estimate.halfWidth(), DECIMALS) : "");
    }

    private void printGoals() {
        if (result.goals().isEmpty()) {
            return;
        }
        List<Reached> missed =
                result.goals().stream().filter(goal -> !goal.met()).toList();
        console.println((result.goals().size() - missed.size()) + " of "
                + result.goals().size() + " goals met" + (missed.isEmpty() ? "." : "; missed:"));
        missed.forEach(goal -> console.println("  " + describe(goal)));
    }

    private void printFailures() {
        if (result.failures().isEmpty()) {
            return;
        }
        console.println(Text.count(result.failures().size()) + " failed:");
        result.failures().stream()
                .limit(FAILURES_SHOWN)
                .forEach(failure -> console.println("  " + failure.what() + ": " + failure.reason()));
        if (result.failures().size() > FAILURES_SHOWN) {
            console.println("  ... (the report has all)");
        }
    }

    /** A goal in one line. */
    static String describe(Reached reached) {
        Suite.Goal goal = reached.goal();
        String bound = goal.above()
                .map(other -> "should exceed " + other + " by " + Text.decimal(goal.by(), DECIMALS) + " and so reach "
                        + Text.decimal(reached.bound(), GOAL_DECIMALS))
                .orElseGet(() -> "should be at least " + Text.decimal(reached.bound(), GOAL_DECIMALS));
        return reached.dataset() + ", " + reached.model() + ", "
                + reached.type().name().toLowerCase(Locale.ROOT) + ": " + goal.column() + " of "
                + reached.explainer().orElse(String.join(", ", goal.explainers())) + " " + bound + ", is "
                + Text.decimal(reached.value(), GOAL_DECIMALS);
    }
}
