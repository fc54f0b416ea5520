package org.aitia.bench.report.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.bench.Suite;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.Estimate;
import org.aitia.api.compare.Score;

/** What the report tells of one study. */
final class StudySection {
    private static final int MOST_BARS = 6;
    private static final int PICTURES_PER_ROW = 2;

    /** Smaller studies are shown with all their columns, instead of one leaderboard. */
    private static final int FEW_TABLES = 4;

    private final BenchResult result;
    private final Suite.Study study;
    private final List<Board> boards;
    private final Names names;
    private final Pictures pictures;

    StudySection(BenchResult result, Suite.Study study, Names names, Pictures pictures) {
        this.result = result;
        this.study = study;
        this.boards = Board.of(result, study);
        this.names = names;
        this.pictures = pictures;
    }

    List<Board> boards() {
        return boards;
    }

    String verdict() {
        return new Verdict(study, boards, names).text();
    }

    /** One table per model and type. */
    Sheet leaderboards(int level) {
        Sheet sheet = new Sheet();
        for (Board board : boards) {
            if (board.rankColumn().isPresent()) {
                String title = board.rankColumn().map(Columns::title).orElse("") + ", " + names.board(board);
                sheet.heading(level, title + (level > 3 ? " (" + Names.study(study) + ")" : ""));
                sheet.paragraph(modelText(board));
                sheet.table(new Leaderboard(board, names).grid());
            }
        }
        return sheet;
    }

    private String modelText(Board board) {
        return result.request().suite().models().stream()
                .filter(model -> model.label().equals(board.model()))
                .map(model -> Words.sentence(model.text()))
                .findFirst()
                .orElse("");
    }

    /** All of the study; leaderboards only where they do not stand in the summary. */
    Sheet sheet(boolean withLeaderboards) {
        Sheet sheet = new Sheet();
        sheet.heading(2, Names.study(study));
        sheet.text(study.text());
        if (boards.isEmpty()) {
            return sheet.paragraph("Nothing of this study was run.");
        }
        Effects effects = new Effects(result, study, boards, names);
        boolean small = isShownSmall();
        if (withLeaderboards && !small) {
            sheet.paragraph(verdict());
        }
        if (effects.isAsked()) {
            effects(sheet, effects);
        }
        if (small) {
            small(sheet);
        } else if (withLeaderboards) {
            sheet.add(leaderboards(3));
        }
        charts(sheet);
        if (!small) {
            glance(sheet);
        }
        sheet.paragraph("Every number of this study: "
                + Sheet.link("tables", TablesSheet.FILE + "#" + Sheet.anchor(TablesSheet.heading(study))) + ".");
        return sheet;
    }

    /** On one data set there is room for all columns, and no mean rank to tell. */
    boolean isShownSmall() {
        return boards.size() <= FEW_TABLES
                && boards.stream().allMatch(board -> board.tables().size() == 1);
    }

    private void effects(Sheet sheet, Effects effects) {
        Grid grid = effects.grid();
        if (!grid.isEmpty()) {
            String column = boards.get(0).rankColumn().map(Column::title).orElse(study.rankBy());
            sheet.heading(3, "What a change does (" + Names.study(study) + ")");
            sheet.paragraph("Difference of " + Sheet.escape(column)
                    + " when one thing is changed, the greatest first; ± from the confidence intervals of both.");
            sheet.table(grid);
        }
    }

    private void small(Sheet sheet) {
        for (Board board : boards) {
            BenchResult.Table table = board.tables().get(0);
            sheet.heading(
                    3, names.dataset(table.dataset()) + ", " + names.board(board) + " (" + Names.study(study) + ")");
            sheet.paragraph(modelText(board));
            sheet.table(allColumns(board, table));
        }
        if (boards.stream().anyMatch(board -> board.rankColumn().isPresent())) {
            sheet.paragraph(
                    "Sorted by "
                            + Sheet.escape(boards.get(0)
                                    .rankColumn()
                                    .map(Column::title)
                                    .orElse(study.rankBy()))
                            + "; **bold**: best of a column; ± over targets where values are means over targets, else over seeds.");
        }
    }

    private Grid allColumns(Board board, BenchResult.Table table) {
        List<Column> columns = table.comparison().columns().stream()
                .filter(column -> Columns.fraction(study, column).isEmpty())
                .toList();
        List<String> header = new ArrayList<>(List.of("explainer"));
        columns.forEach(column -> header.add(Sheet.escape(Columns.title(column))));
        Grid grid = new Grid(1, header);
        for (Board.Place place : board.places()) {
            List<String> cells = new ArrayList<>();
            String name = Sheet.escape(names.explainer(place.label()));
            cells.add(board.isBaseline(place.label()) ? Sheet.italic(name) : name);
            for (Column column : columns) {
                cells.add(shown(table, place.label(), column));
            }
            grid.add(cells);
        }
        return grid.withoutEmptyColumns();
    }

    private static String shown(BenchResult.Table table, String label, Column column) {
        Estimate estimate = Columns.score(table.comparison(), label, column.name())
                .map(Score::shown)
                .orElse(Estimate.NONE);
        String text = Columns.isCost(column) ? Cost.text(column, estimate.mean()) : Digits.of(estimate);
        boolean best = Ranking.of(table.comparison(), column.name())
                .filter(ranking -> ranking.isBest(label))
                .isPresent();
        return best && estimate.isPresent() ? Sheet.bold(text) : text;
    }

    private void charts(Sheet sheet) {
        if (!pictures.hasCharts()) {
            return;
        }
        StudyCharts charts = new StudyCharts(study, boards, names);
        List<String> bars = charts.bars().stream()
                .limit(MOST_BARS)
                .map(chart -> pictures.chart(chart.name(), chart.chart()))
                .toList();
        gallery(sheet, bars);
        if (charts.isSelected()
                && boards.stream().anyMatch(board -> board.tables().size() > 1)) {
            sheet.paragraph(
                    "Bars and lines show the explainers of best mean rank over all tables, and the first baseline;"
                            + " whiskers are confidence intervals over seeds.");
        }
        Board first = boards.get(0);
        for (List<StudyCharts.Named> metric : charts.curves(first)) {
            if (sheetNeedsCurveText(metric)) {
                sheet.paragraph("By sparsity, " + Sheet.escape(names.board(first)) + ":");
            }
            gallery(
                    sheet,
                    metric.stream()
                            .map(chart -> pictures.chart(chart.name(), chart.chart()))
                            .toList());
        }
        Map<String, Board> onePerModel = boards.stream()
                .collect(Collectors.toMap(Board::model, Function.identity(), (one, other) -> one, LinkedHashMap::new));
        gallery(
                sheet,
                onePerModel.values().stream()
                        .limit(FEW_TABLES)
                        .map(charts::time)
                        .flatMap(Optional::stream)
                        .map(chart -> pictures.chart(chart.name(), chart.chart()))
                        .toList());
    }

    private static boolean sheetNeedsCurveText(List<StudyCharts.Named> metric) {
        return !metric.isEmpty();
    }

    /** Pictures side by side. */
    static void gallery(Sheet sheet, List<String> all) {
        List<String> drawn = all.stream().filter(picture -> !picture.isEmpty()).toList();
        if (drawn.size() == 1) {
            sheet.paragraph(drawn.get(0));
            return;
        }
        if (drawn.isEmpty()) {
            return;
        }
        Grid grid = new Grid(PICTURES_PER_ROW, java.util.Collections.nCopies(PICTURES_PER_ROW, ""));
        for (int i = 0; i < drawn.size(); i += PICTURES_PER_ROW) {
            List<String> row = new ArrayList<>(drawn.subList(i, Math.min(i + PICTURES_PER_ROW, drawn.size())));
            while (row.size() < PICTURES_PER_ROW) {
                row.add("");
            }
            grid.add(row);
        }
        sheet.table(grid);
    }

    /** Mean ranks of explainers by every metric, and what they take. */
    private void glance(Sheet sheet) {
        List<BenchResult.Table> tables =
                boards.stream().flatMap(board -> board.tables().stream()).toList();
        List<Column> metrics = tables.stream()
                .flatMap(table -> Columns.metrics(study, table.comparison()).stream())
                .filter(column -> Columns.sign(column) != 0)
                .collect(Collectors.toMap(Column::name, column -> column, (one, other) -> one, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
        List<String> header = new ArrayList<>(List.of("explainer"));
        metrics.forEach(column -> header.add(Sheet.escape(column.title())));
        header.addAll(List.of("time", "calls", "learning before", "peak memory"));
        Grid grid = new Grid(1, header);
        Map<String, Map<String, Board.Place>> places = new LinkedHashMap<>();
        metrics.forEach(column -> places.put(
                column.name(),
                Board.places(tables, study, column.name()).stream()
                        .collect(Collectors.toMap(Board.Place::label, Function.identity()))));
        for (Board.Place place : Board.places(tables, study, study.rankBy())) {
            String label = place.label();
            String name = Sheet.escape(names.explainer(label));
            List<String> cells =
                    new ArrayList<>(List.of(study.baselines().contains(label) ? Sheet.italic(name) : name));
            for (Column column : metrics) {
                double rank = places.get(column.name()).get(label).meanRank();
                cells.add(Double.isNaN(rank) ? Digits.MISSING : Digits.rounded(rank, 1));
            }
            cells.addAll(Cost.medians(tables, label));
            grid.add(cells);
        }
        sheet.heading(3, "By every metric (" + Names.study(study) + ")");
        sheet.paragraph("Mean rank over " + Words.count(tables.size(), "table")
                + " (1 is best); medians over tables of time and forward passes per explanation (a recorded pass counts"
                + " three), of the time of learning before, and of the peak of native memory.");
        sheet.table(grid.withoutEmptyColumns());
    }
}
