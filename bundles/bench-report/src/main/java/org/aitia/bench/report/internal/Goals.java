package org.aitia.bench.report.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.aitia.api.bench.BenchResult.Reached;
import org.aitia.api.bench.Suite;
import org.aitia.api.explain.ExplanationType;

/** What should be reached and what was. */
final class Goals {
    private static final String MET = "✓";
    private static final String MISSED = "✗";

    private final List<Reached> goals;
    private final Names names;

    Goals(List<Reached> goals, Names names) {
        this.goals = goals;
        this.names = names;
    }

    boolean isEmpty() {
        return goals.isEmpty();
    }

    long met() {
        return goals.stream().filter(Reached::met).count();
    }

    int count() {
        return goals.size();
    }

    /** What goals have in common that stand in one line. */
    private record Line(
            String study,
            List<String> explainers,
            String model,
            Optional<ExplanationType> type,
            String column,
            Optional<String> above,
            double by,
            String source) {
        static Line of(Reached reached) {
            Suite.Goal goal = reached.goal();
            return new Line(
                    reached.study(),
                    goal.explainers(),
                    reached.model(),
                    goal.any() ? Optional.empty() : Optional.of(reached.type()),
                    goal.column(),
                    goal.above(),
                    goal.by(),
                    goal.source());
        }
    }

    /** A line per goal, model and type; a column per data set: the best value, and the bound in parentheses. */
    Grid overview() {
        Set<String> datasets = new LinkedHashSet<>();
        goals.forEach(goal -> datasets.add(goal.dataset()));
        List<String> header = new ArrayList<>(List.of("goal", "model", "explained"));
        datasets.forEach(dataset -> header.add(Sheet.escape(names.dataset(dataset))));
        Map<Line, List<Reached>> lines =
                goals.stream().collect(Collectors.groupingBy(Line::of, LinkedHashMap::new, Collectors.toList()));
        Grid grid = new Grid(3, header);
        lines.forEach((line, reached) -> {
            List<String> cells = new ArrayList<>(List.of(
                    goal(line),
                    Sheet.escape(names.model(line.model())),
                    line.type().map(Names::type).orElse("better of both")));
            for (String dataset : datasets) {
                cells.add(reached.stream()
                        .filter(one -> one.dataset().equals(dataset))
                        .map(Goals::cell)
                        .collect(Collectors.joining(", ")));
            }
            grid.add(cells);
        });
        return grid;
    }

    private String goal(Line line) {
        String what = line.above()
                .map(baseline -> "above " + Sheet.escape(names.explainer(baseline))
                        + (line.by() > 0 ? " by " + Digits.number(line.by()) : ""))
                .orElse("at least");
        String source = line.source().isBlank() ? "" : " (" + Sheet.escape(line.source()) + ")";
        return explainers(line.explainers()) + " " + what + source;
    }

    private String explainers(List<String> labels) {
        List<String> titles = labels.stream()
                .map(names::explainer)
                .map(Sheet::escape)
                .distinct()
                .toList();
        if (titles.size() < 2) {
            return String.join("", titles);
        }
        List<String> families = titles.stream()
                .map(title -> title.split("[,:(]", 2)[0].strip())
                .distinct()
                .toList();
        return families.size() == 1 ? families.get(0) + ", best of " + titles.size() : String.join(" or ", titles);
    }

    private static String cell(Reached reached) {
        return (reached.met() ? MET : MISSED) + " " + Digits.scoreAgainst(reached.value(), reached.bound()) + " ("
                + Digits.scoreAgainst(reached.bound(), reached.value()) + ")";
    }

    /** What is missed by most first. */
    Goals missed(int most) {
        return new Goals(
                goals.stream()
                        .filter(reached -> !reached.met())
                        .sorted(Comparator.comparingDouble(reached -> distance(reached)))
                        .limit(most)
                        .toList(),
                names);
    }

    /** NaN is as far as can be. */
    private static double distance(Reached reached) {
        double distance = reached.value() - reached.bound();
        return Double.isNaN(distance) ? Double.NEGATIVE_INFINITY : distance;
    }

    /** Every goal in a line of its own. */
    Grid list() {
        Grid grid = new Grid(
                5, List.of("goal", "data set", "model", "explained", "best", "reached", "bound", "difference", "met"));
        for (Reached reached : goals) {
            grid.add(
                    goal(Line.of(reached)),
                    Sheet.escape(names.dataset(reached.dataset())),
                    Sheet.escape(names.model(reached.model())),
                    Names.type(reached.type()),
                    reached.explainer().map(names::explainer).map(Sheet::escape).orElse("none was measured"),
                    Digits.scoreAgainst(reached.value(), reached.bound()),
                    Digits.scoreAgainst(reached.bound(), reached.value()),
                    difference(reached),
                    reached.met() ? MET : MISSED);
        }
        return grid;
    }

    private static String difference(Reached reached) {
        double distance = distance(reached);
        return Double.isInfinite(distance) ? Digits.MISSING : (distance > 0 ? "+" : "") + Digits.score(distance);
    }
}
