package org.aitia.bench.report.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.bench.Suite;

/** The report: what a reader can take in within ten minutes, the most important first. */
final class ReportSheet {
    static final String FILE = "report.md";

    private static final int MOST_FAILURES = 10;
    private static final int LONGEST_REASON = 240;

    /** Goals up to this number are listed one by one. */
    private static final int FEW_GOALS = 8;

    private final BenchResult result;
    private final Names names;
    private final Pictures pictures;
    private final Examples examples;
    private final String suiteFile;

    ReportSheet(BenchResult result, Names names, Pictures pictures, Examples examples, String suiteFile) {
        this.result = result;
        this.names = names;
        this.pictures = pictures;
        this.examples = examples;
        this.suiteFile = suiteFile;
    }

    private Suite suite() {
        return result.request().suite();
    }

    static String title(Suite suite) {
        return suite.title().isBlank() ? suite.name() : suite.title();
    }

    Sheet sheet() {
        Sheet sheet = new Sheet().heading(1, title(suite()));
        sheet.text(suite().text());
        List<StudySection> sections = suite().studies().stream()
                .map(study -> new StudySection(result, study, names, pictures))
                .toList();
        summary(sheet, sections);
        for (int i = 0; i < sections.size(); i++) {
            sheet.add(sections.get(i).sheet(i > 0));
        }
        sheet.add(examples.sheet());
        failures(sheet);
        Background background = new Background(result, names);
        sheet.add(background.models());
        sheet.add(background.datasets());
        sheet.add(background.provenance(suiteFile));
        return sheet;
    }

    private void summary(Sheet sheet, List<StudySection> sections) {
        sheet.heading(2, "Summary");
        sheet.bullets(verdicts(sections));
        if (result.tables().isEmpty()) {
            sheet.paragraph("There are no results.");
        }
        goals(sheet);
        if (!sections.isEmpty()) {
            Sheet boards = sections.get(0).isRanked() ? sections.get(0).leaderboards(3) : new Sheet();
            if (!boards.isEmpty()) {
                boolean significance = result.tables().stream()
                        .anyMatch(table -> !table.comparison().tests().isEmpty());
                sheet.add(boards);
                sheet.paragraph(Leaderboard.legend(suite().confidence(), significance));
            }
        }
    }

    private List<String> verdicts(List<StudySection> sections) {
        List<String> verdicts = new ArrayList<>();
        for (int i = 0; i < sections.size(); i++) {
            Suite.Study study = suite().studies().get(i);
            String verdict = sections.get(i).verdict();
            if (!verdict.isEmpty()) {
                String name = Sheet.escape(Names.study(study));
                verdicts.add(Sheet.bold(Sheet.link(name, "#" + Sheet.anchor(Names.study(study)))) + ". " + verdict);
            }
        }
        Goals goals = new Goals(result.goals(), names);
        if (!goals.isEmpty()) {
            verdicts.add(Sheet.bold("Goals") + ". "
                    + (goals.met() == goals.count()
                            ? goals.count() == 1 ? "The only one is met." : "All " + goals.count() + " are met."
                            : goals.met() + " of " + goals.count()
                                    + " are met; those that are missed are listed below."));
        }
        if (!result.failures().isEmpty()) {
            verdicts.add(Sheet.bold("Failures") + ". " + result.failures().size() + " of "
                    + Words.count(result.cells(), "run") + " and trainings failed, see "
                    + Sheet.link("what failed", "#" + Sheet.anchor(FAILED)) + ".");
        }
        return verdicts;
    }

    private void goals(Sheet sheet) {
        Goals goals = new Goals(result.goals(), names);
        if (goals.isEmpty()) {
            return;
        }
        sheet.heading(3, "Goals");
        if (goals.count() <= FEW_GOALS) {
            sheet.table(goals.list());
            return;
        }
        sheet.paragraph("✓ met, ✗ missed; the best mean over seeds of the explainers named, the bound in parentheses. "
                + Sheet.link(
                        "Every goal with its best explainer", TablesSheet.FILE + "#" + Sheet.anchor(TablesSheet.GOALS))
                + ".");
        sheet.table(goals.overview());
        if (goals.met() < goals.count()) {
            long missed = goals.count() - goals.met();
            sheet.paragraph(
                    missed > FEW_GOALS
                            ? "Missed by most, of " + missed + " that are missed:"
                            : "Missed, by most first:");
            sheet.table(goals.missed(FEW_GOALS).list());
        }
    }

    private static final String FAILED = "What failed";

    private void failures(Sheet sheet) {
        if (result.failures().isEmpty() && pictures.problems().isEmpty()) {
            return;
        }
        sheet.heading(2, FAILED);
        sheet.bullets(pictures.problems().stream()
                .map(problem -> "Not drawn: " + Sheet.escape(Words.shorten(problem, LONGEST_REASON)))
                .toList());
        if (result.failures().isEmpty()) {
            return;
        }
        Map<String, List<String>> byReason = result.failures().stream()
                .collect(Collectors.groupingBy(
                        BenchResult.Failure::reason,
                        LinkedHashMap::new,
                        Collectors.mapping(BenchResult.Failure::what, Collectors.toList())));
        List<String> lines = new ArrayList<>();
        byReason.forEach((reason, what) -> {
            String more = what.size() > 1 ? " and " + Words.count(what.size() - 1L, "other") : "";
            lines.add(Sheet.escape(Words.shorten(reason, LONGEST_REASON)) + " (" + Sheet.escape(what.get(0)) + more
                    + ")");
        });
        sheet.bullets(lines.subList(0, Math.min(lines.size(), MOST_FAILURES)));
        sheet.paragraph(
                (lines.size() > MOST_FAILURES ? (lines.size() - MOST_FAILURES) + " other reasons and every" : "Every")
                        + " failure: "
                        + Sheet.link("tables", TablesSheet.FILE + "#" + Sheet.anchor(TablesSheet.FAILURES)) + ".");
    }
}
