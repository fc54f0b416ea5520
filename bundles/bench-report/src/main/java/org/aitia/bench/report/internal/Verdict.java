package org.aitia.bench.report.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.bench.Suite;
import org.aitia.api.compare.Column;

/** What a study found, in sentences that are computed from its numbers. */
final class Verdict {
    private static final int NAMED = 3;

    private final Suite.Study study;
    private final List<Board> boards;
    private final Names names;

    Verdict(Suite.Study study, List<Board> boards, Names names) {
        this.study = study;
        this.boards = boards;
        this.names = names;
    }

    /** Markdown; empty if nothing was ranked. */
    String text() {
        Optional<Column> column =
                boards.stream().flatMap(board -> board.rankColumn().stream()).findFirst();
        if (column.filter(found -> Columns.sign(found) != 0).isEmpty()) {
            return "";
        }
        List<BenchResult.Table> tables =
                boards.stream().flatMap(board -> board.tables().stream()).toList();
        List<String> sentences = new ArrayList<>();
        sentences.add(winners(tables, column.get()));
        sentences.add(places(tables));
        sentences.add(chance(tables.size()));
        return String.join(" ", sentences.stream().filter(s -> !s.isEmpty()).toList());
    }

    private String name(String label) {
        return Sheet.escape(names.explainer(label));
    }

    private String winners(List<BenchResult.Table> tables, Column column) {
        Map<String, Integer> first = new LinkedHashMap<>();
        tables.stream()
                .flatMap(table -> Ranking.of(table.comparison(), column.name()).stream())
                .flatMap(ranking -> ranking.order().stream().filter(ranking::isBest))
                .forEach(best -> first.merge(best, 1, Integer::sum));
        if (first.isEmpty()) {
            return "By " + Sheet.escape(Columns.shortTitle(column)) + " nothing could be measured.";
        }
        List<Map.Entry<String, Integer>> sorted = first.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .toList();
        String by = "By " + Sheet.escape(Columns.shortTitle(column));
        if (tables.size() == 1) {
            List<String> best =
                    sorted.stream().map(Map.Entry::getKey).map(this::name).toList();
            return by + ", " + Words.list(best) + (best.size() == 1 ? " is first." : " share the first place.");
        }
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, Integer> entry : sorted.subList(0, Math.min(NAMED, sorted.size()))) {
            parts.add(name(entry.getKey()) + (parts.isEmpty() ? " is first in " : " in ") + entry.getValue());
        }
        int others = sorted.size() - parts.size();
        // a tuned explainer may have chosen its defaults
        boolean shared = first.values().stream().mapToInt(Integer::intValue).sum() > tables.size();
        return by + ", of " + Words.count(tables.size(), "table") + " (" + extent() + ") "
                + (others > 0
                        ? String.join(", ", parts) + ", and " + Words.count(others, "other")
                                + (shared ? " elsewhere" : " in the rest")
                        : Words.list(parts))
                + (shared ? ", equal ones being counted each." : ".");
    }

    private String extent() {
        long datasets = boards.stream()
                .flatMap(board -> board.datasets().stream())
                .distinct()
                .count();
        long models = boards.stream().map(Board::model).distinct().count();
        long types = boards.stream().map(Board::type).distinct().count();
        return Stream.of(
                        Words.count(datasets, "data set"),
                        models > 1 ? Words.count(models, "model") : "",
                        types > 1 ? "label and prediction explained" : "")
                .filter(part -> !part.isEmpty())
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
    }

    private String places(List<BenchResult.Table> tables) {
        List<Board.Place> places = Board.places(tables, study, study.rankBy()).stream()
                .filter(place -> place.tables() > 0)
                .toList();
        if (places.size() < 2 || tables.size() < 2) {
            return "";
        }
        List<String> parts = places.stream()
                .limit(NAMED)
                .map(place -> name(place.label()) + " (" + Digits.rounded(place.meanRank(), 1)
                        + (place.tables() < tables.size() ? " over " + place.tables() + " of them" : "") + ")")
                .toList();
        return "The best mean ranks of " + places.size() + " have " + Words.list(parts) + ".";
    }

    private boolean isMeasured(String label) {
        return boards.stream()
                .flatMap(board -> board.tables().stream())
                .anyMatch(table ->
                        Columns.seeds(table.comparison(), label, study.rankBy()).isPresent());
    }

    private String chance(int tables) {
        Optional<String> baseline = study.baselines().stream().findFirst();
        if (baseline.isEmpty()) {
            return "";
        }
        List<String> always = new ArrayList<>();
        Map<String, Long> seldom = new LinkedHashMap<>();
        for (String label : boards.stream()
                .flatMap(board -> board.labels().stream())
                .distinct()
                .filter(label -> !study.baselines().contains(label) && isMeasured(label))
                .toList()) {
            long above = boards.stream()
                    .mapToLong(board -> board.above(label, baseline.get()))
                    .sum();
            if (above == tables) {
                always.add(name(label));
            } else if (2 * above < tables) {
                seldom.put(name(label), above);
            }
        }
        String over = name(baseline.get());
        String some = seldom.isEmpty()
                ? ""
                : "in less than half of the tables: "
                        + Words.list(seldom.entrySet().stream()
                                .map(entry -> entry.getKey() + " (" + entry.getValue() + " of " + tables + ")")
                                .toList());
        if (tables == 1) {
            return (always.isEmpty() ? "None" : Words.list(always))
                    + (always.size() == 1 || always.isEmpty() ? " is" : " are") + " above " + over
                    + ", beyond the interval of the difference.";
        }
        String all = always.isEmpty()
                ? "No explainer is above " + over + " in every table"
                : Words.list(always) + (always.size() == 1 ? " is" : " are") + " above " + over + " in every table";
        return all + (some.isEmpty() ? "" : "; " + some) + ".";
    }
}
