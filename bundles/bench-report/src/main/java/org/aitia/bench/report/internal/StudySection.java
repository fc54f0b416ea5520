package org.aitia.bench.report.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.bench.Suite;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.Estimate;
import org.aitia.api.compare.Score;
import org.aitia.api.explain.ExplanationType;

/** What the report tells of one study. */
final class StudySection {
    private static final int PICTURES_PER_ROW = 2;

    /** So many tables are shown with all their columns, so many boards one by one. */
    private static final int FEW = 4;

    private final BenchResult result;
    private final Suite.Study study;
    private final List<Board> boards;
    private final Names names;
    private final Pictures pictures;
    private final Effects effects;

    StudySection(BenchResult result, Suite.Study study, Names names, Pictures pictures) {
        this.result = result;
        this.study = study;
        this.boards = Board.of(result, study);
        this.names = names;
        this.pictures = pictures;
        this.effects = new Effects(result, study, boards, names);
    }

    List<Board> boards() {
        return boards;
    }

    String verdict() {
        String effect = effects.isAsked() ? effects.verdict() : "";
        return effect.isEmpty() ? new Verdict(study, boards, names).text() : effect;
    }

    /** One table per model and type; of many models one per type, with models side by side. */
    Sheet leaderboards(int level) {
        Sheet sheet = new Sheet();
        if (boards.size() > FEW) {
            return matrices(level);
        }
        Set<String> told = new HashSet<>();
        for (Board board : boards) {
            if (board.rankColumn().isPresent()) {
                sheet.heading(level, rankTitle() + ", " + names.board(board) + suffix());
                sheet.paragraph(told.add(board.model()) ? modelText(board) : "");
                sheet.table(new Leaderboard(board, names).grid());
            }
        }
        return sheet.paragraph(rankLegend());
    }

    private String rankTitle() {
        return rankColumn().map(Columns::title).orElse(study.rankBy());
    }

    private Optional<Column> rankColumn() {
        return boards.stream().flatMap(board -> board.rankColumn().stream()).findFirst();
    }

    private String rankLegend() {
        return rankColumn().map(column -> Columns.legend(List.of(column))).orElse("");
    }

    /** Headings are alike between studies; the name tells their anchors apart. */
    private String suffix() {
        return result.request().suite().studies().size() > 1 ? " (" + Names.study(study) + ")" : "";
    }

    private Sheet matrices(int level) {
        Sheet sheet = new Sheet();
        for (ExplanationType type : study.types()) {
            List<Board> ofType =
                    boards.stream().filter(board -> board.type() == type).toList();
            if (ofType.isEmpty()) {
                continue;
            }
            List<String> header = new ArrayList<>(List.of("explainer"));
            ofType.forEach(board -> header.add(Sheet.escape(names.model(board.model()))));
            Grid grid = new Grid(1, header);
            for (String label : ofType.get(0).labels()) {
                List<String> cells = new ArrayList<>(List.of(name(label)));
                ofType.forEach(board -> cells.add(Digits.score(board.mean(label))));
                grid.add(cells);
            }
            sheet.heading(level, rankTitle() + " by model, " + Names.type(type) + " explained" + suffix());
            long datasets = ofType.get(0).tables().size();
            sheet.paragraph(datasets > 1 ? "Means over " + Words.count(datasets, "data set") + "." : "");
            sheet.table(grid);
        }
        return sheet.paragraph(rankLegend());
    }

    private String name(String label) {
        String name = Sheet.escape(names.explainer(label));
        return study.baselines().contains(label) ? Sheet.italic(name) : name;
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
        if (withLeaderboards) {
            sheet.paragraph(verdict());
        }
        if (effects.isAsked()) {
            effects(sheet);
        }
        if (withLeaderboards && isRanked()) {
            sheet.add(leaderboards(3));
        }
        if (isShownSmall()) {
            small(sheet);
        }
        charts(sheet);
        if (!isShownSmall()) {
            glance(sheet);
        }
        String tables = TablesSheet.FILE + "#" + Sheet.anchor(TablesSheet.heading(study));
        return sheet.paragraph("Every number of this study: " + Sheet.link("tables", tables) + ".");
    }

    /** Whether leaderboards tell more than tables with all columns. */
    boolean isRanked() {
        return !isShownSmall()
                || boards.stream().anyMatch(board -> board.tables().size() > 1);
    }

    /** Of a few tables there is room for all columns. */
    private boolean isShownSmall() {
        return boards.stream().mapToInt(board -> board.tables().size()).sum() <= FEW;
    }

    private void effects(Sheet sheet) {
        Grid grid = effects.grid();
        if (!grid.isEmpty()) {
            sheet.heading(3, "What a change does" + suffix());
            sheet.paragraph("Difference of " + Sheet.escape(rankTitle())
                    + " that each change makes, the greatest first; ± from the confidence intervals of both."
                    + (boards.size() > 1
                            ? " Unless it says otherwise, " + Sheet.escape(names.board(boards.get(0))) + "."
                            : ""));
            sheet.table(grid);
        }
    }

    private void small(Sheet sheet) {
        Set<String> told = new HashSet<>();
        for (Board board : boards) {
            for (BenchResult.Table table : board.tables()) {
                sheet.heading(3, names.dataset(table.dataset()) + ", " + names.board(board) + suffix());
                sheet.paragraph(told.add(board.model()) ? modelText(board) : "");
                sheet.table(allColumns(table));
            }
        }
        String sorted = rankColumn()
                .map(column -> "Sorted by " + Sheet.escape(Columns.shortTitle(column)) + "; ")
                .orElse("");
        sheet.paragraph(
                sorted + "**bold**: best of a column; ± over targets where values are means over targets, else over"
                        + " seeds.");
        sheet.paragraph(Columns.legend(shownColumns(boards.get(0).tables().get(0))));
    }

    private List<Column> shownColumns(BenchResult.Table table) {
        return table.comparison().columns().stream()
                .filter(column -> Columns.fraction(study, column).isEmpty())
                .toList();
    }

    private Grid allColumns(BenchResult.Table table) {
        List<Column> columns = shownColumns(table);
        List<String> header = new ArrayList<>(List.of("explainer"));
        Columns.titles(columns).forEach(title -> header.add(Sheet.escape(title)));
        Grid grid = new Grid(1, header);
        for (Board.Place place : Board.places(List.of(table), study, study.rankBy())) {
            List<String> cells = new ArrayList<>(List.of(name(place.label())));
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
        boolean best = !Columns.isCost(column)
                && Ranking.of(table.comparison(), column.name())
                        .filter(ranking -> ranking.isBest(label))
                        .isPresent();
        return best && estimate.isPresent() ? Sheet.bold(text) : text;
    }

    private void charts(Sheet sheet) {
        if (!pictures.hasCharts()) {
            return;
        }
        StudyCharts charts = new StudyCharts(study, boards, names);
        boolean few = boards.size() <= FEW; // bars of many models are for no one
        List<String> bars = !few
                ? List.of()
                : charts.bars().stream()
                        .map(chart -> pictures.chart(chart.name(), chart.chart()))
                        .toList();
        List<String> times = few ? times(charts) : List.of();
        // one of each stand side by side
        boolean pair = bars.size() == 1 && times.size() == 1;
        gallery(sheet, pair ? List.of(bars.get(0), times.get(0)) : bars);
        if (few
                && charts.isSelected()
                && boards.stream().anyMatch(board -> board.tables().size() > 1)) {
            sheet.paragraph(
                    "Bars and lines show the explainers of best mean rank over all tables, and the first baseline;"
                            + " whiskers are confidence intervals over seeds.");
        }
        Board first = boards.get(0);
        List<List<StudyCharts.Named>> curves = charts.curves(first);
        if (!curves.isEmpty()) {
            sheet.paragraph("By the share of elements that is left out, " + Sheet.escape(names.board(first)) + ":");
        }
        // with one data set, its metrics stand side by side
        boolean single = curves.stream().allMatch(metric -> metric.size() == 1);
        for (List<StudyCharts.Named> metric :
                single ? List.of(curves.stream().flatMap(List::stream).toList()) : curves) {
            gallery(
                    sheet,
                    metric.stream()
                            .map(chart -> pictures.chart(chart.name(), chart.chart()))
                            .toList());
        }
        gallery(sheet, pair ? List.of() : times);
    }

    /** One per model: what is explained hardly matters for the time. */
    private List<String> times(StudyCharts charts) {
        Map<String, Board> onePerModel = boards.stream()
                .collect(Collectors.toMap(Board::model, Function.identity(), (one, other) -> one, LinkedHashMap::new));
        return onePerModel.values().stream()
                .map(charts::time)
                .flatMap(Optional::stream)
                .map(chart -> pictures.chart(chart.name(), chart.chart()))
                .toList();
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
        Columns.titles(metrics).forEach(title -> header.add(Sheet.escape(title)));
        header.addAll(List.of("time", "calls", "learning before", "peak memory"));
        Grid grid = new Grid(1, header);
        Map<String, Map<String, Board.Place>> places = new LinkedHashMap<>();
        metrics.forEach(column -> places.put(
                column.name(),
                Board.places(tables, study, column.name()).stream()
                        .collect(Collectors.toMap(Board.Place::label, Function.identity()))));
        for (Board.Place place : Board.places(tables, study, study.rankBy())) {
            String label = place.label();
            List<String> cells = new ArrayList<>(List.of(name(label)));
            for (Column column : metrics) {
                double rank = places.get(column.name()).get(label).meanRank();
                cells.add(Double.isNaN(rank) ? Digits.MISSING : Digits.rounded(rank, 1));
            }
            cells.addAll(Cost.medians(tables, label));
            grid.add(cells);
        }
        sheet.heading(3, "By every metric" + suffix());
        sheet.paragraph("Mean rank over " + Words.count(tables.size(), "table")
                + " (1 is best); medians over tables of time and forward passes per explanation (a recorded pass counts"
                + " three), of the time of learning before, and of the peak of native memory.");
        sheet.table(grid.withoutEmptyColumns());
        sheet.paragraph(Columns.legend(metrics));
    }
}
