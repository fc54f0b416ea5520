package org.aitia.bench.report.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.bench.Suite;
import org.aitia.api.compare.Estimate;
import org.aitia.api.explain.ExplanationType;

/**
 * What one change does to the column that ranks: of a setting of the explainer, of the model, of what is explained. A
 * setting or type is compared with the first of its kind in the study, all else equal; a model with the one before it that
 * differs least.
 */
final class Effects {
    private static final String ABLATION = "ablation";
    private static final int NAMED = 3;

    private final BenchResult result;
    private final Suite.Study study;
    private final List<Board> boards;
    private final Names names;

    Effects(BenchResult result, Suite.Study study, List<Board> boards, Names names) {
        this.result = result;
        this.study = study;
        this.boards = boards;
        this.names = names;
    }

    /** A change and what it does on each data set. */
    private record Effect(String of, String change, Map<String, Estimate> differences) {
        double mean() {
            return differences.values().stream()
                    .filter(Estimate::isPresent)
                    .mapToDouble(Estimate::mean)
                    .average()
                    .orElse(Double.NaN);
        }
    }

    /** Whether the study is made to tell the effect of changes: it says so, or all its explainers are variants of one. */
    boolean isAsked() {
        List<String> contestants = contestants();
        long families = contestants.stream().map(this::family).distinct().count();
        return study.label().startsWith(ABLATION)
                || contestants.size() > 1 && families == 1
                || contestants.size() == 1
                        && study.models().size() > 1
                        && study.datasets().size() > 1;
    }

    private List<String> contestants() {
        return study.explainers().stream()
                .filter(label -> !study.baselines().contains(label))
                .toList();
    }

    private String family(String label) {
        return result.request().suite().explainers().stream()
                .filter(one -> one.label().equals(label))
                .map(Suite.Contender::explainer)
                .findFirst()
                .orElse(label);
    }

    private List<Effect> effects() {
        List<Effect> effects = new ArrayList<>();
        if (!boards.isEmpty()) {
            settings(effects);
            models(effects);
            types(effects);
        }
        effects.removeIf(effect -> Double.isNaN(effect.mean()));
        effects.sort(Comparator.comparingDouble(effect -> -Math.abs(effect.mean())));
        return effects;
    }

    /** The greatest effects in a sentence; empty if there is none. */
    String verdict() {
        List<Effect> effects = effects();
        String column = boards.stream()
                .flatMap(board -> board.rankColumn().stream())
                .map(Columns::shortTitle)
                .findFirst()
                .orElse(study.rankBy());
        return effects.isEmpty()
                ? ""
                : "What moves " + Sheet.escape(column) + " most, of " + Words.count(effects.size(), "change")
                        + ": "
                        + Words.list(effects.stream()
                                .limit(NAMED)
                                .map(effect -> effect.change() + " instead of " + effect.of() + " by "
                                        + Digits.signedScore(plain(effect.mean())))
                                .toList())
                        + ".";
    }

    private static Estimate plain(double value) {
        return new Estimate(value, Double.NaN, Double.NaN, Double.NaN, 1);
    }

    /** Greatest effect first. */
    Grid grid() {
        List<String> datasets = boards.stream()
                .flatMap(board -> board.datasets().stream())
                .distinct()
                .toList();
        List<String> header = new ArrayList<>(List.of("compared with", "changed"));
        datasets.forEach(dataset -> header.add(Sheet.escape(names.dataset(dataset))));
        if (datasets.size() > 1) {
            header.add("mean");
        }
        Grid grid = new Grid(2, header);
        for (Effect effect : effects()) {
            List<String> cells = new ArrayList<>(List.of(effect.of(), effect.change()));
            datasets.forEach(dataset ->
                    cells.add(Digits.signedScore(effect.differences().getOrDefault(dataset, Estimate.NONE))));
            if (datasets.size() > 1) {
                cells.add(Digits.signedScore(plain(effect.mean())));
            }
            grid.add(cells);
        }
        return grid;
    }

    /** Each variant against the first of its family, on the first model and type. */
    private void settings(List<Effect> effects) {
        Map<String, List<String>> families = contestants().stream()
                .collect(Collectors.groupingBy(this::family, LinkedHashMap::new, Collectors.toList()));
        for (Board board : boards.subList(0, 1)) {
            families.forEach((family, variants) -> variants.stream()
                    .skip(1)
                    .forEach(variant -> effects.add(new Effect(
                            Sheet.escape(names.explainer(variants.get(0))),
                            Sheet.escape(names.explainer(variant))
                                    + changes(options(variants.get(0)), options(variant)),
                            differences(board, variant, board, variants.get(0))))));
        }
    }

    private Map<String, String> options(String explainer) {
        return result.request().suite().explainers().stream()
                .filter(one -> one.label().equals(explainer))
                .map(Suite.Contender::options)
                .findFirst()
                .orElse(Map.of());
    }

    /** Each other model against that before it which differs least, for the first explainer of each family. */
    private void models(List<Effect> effects) {
        ExplanationType type = boards.get(0).type();
        List<Board> before = new ArrayList<>();
        for (Board board : boards.stream().filter(one -> one.type() == type).toList()) {
            Optional<Board> nearest = before.stream()
                    .min(Comparator.comparingInt(
                            other -> changed(recipe(other), recipe(board)).size()));
            nearest.ifPresent(other -> firsts().forEach(explainer -> effects.add(new Effect(
                    Sheet.escape(names.explainer(explainer) + ", model " + names.model(other.model())),
                    "model " + Sheet.escape(names.model(board.model())) + changes(recipe(other), recipe(board)),
                    differences(board, explainer, other, explainer)))));
            before.add(board);
        }
    }

    /** All that makes the model; where data sets have values of their own, all of them. */
    private Map<String, String> recipe(Board board) {
        Suite.Model model = result.request().suite().model(board.model());
        Map<String, String> made = new TreeMap<>();
        List<Suite.Recipe> recipes =
                board.datasets().stream().map(model::recipe).toList();
        Set<String> options = new TreeSet<>();
        recipes.forEach(recipe -> options.addAll(recipe.options().keySet()));
        options.forEach(option ->
                made.put(option, each(recipes, recipe -> recipe.options().getOrDefault(option, "default"))));
        made.put("architecture", each(recipes, Suite.Recipe::architecture));
        made.put("seed", each(recipes, recipe -> Long.toString(recipe.seed())));
        return made;
    }

    private static String each(List<Suite.Recipe> recipes, Function<Suite.Recipe, String> value) {
        return recipes.stream().map(value).distinct().count() == 1
                ? value.apply(recipes.get(0))
                : recipes.stream().map(value).collect(Collectors.joining("/"));
    }

    private void types(List<Effect> effects) {
        Board first = boards.get(0);
        for (Board board : boards) {
            if (board.model().equals(first.model()) && board.type() != first.type()) {
                for (String explainer : firsts()) {
                    effects.add(new Effect(
                            Sheet.escape(names.explainer(explainer)) + ", " + Names.type(first.type()) + " explained",
                            Names.type(board.type()) + " explained",
                            differences(board, explainer, first, explainer)));
                }
            }
        }
    }

    private List<String> firsts() {
        Map<String, String> firsts = new LinkedHashMap<>();
        contestants().forEach(label -> firsts.putIfAbsent(family(label), label));
        return List.copyOf(firsts.values());
    }

    private Map<String, Estimate> differences(Board board, String label, Board other, String base) {
        Map<String, Estimate> differences = new LinkedHashMap<>();
        for (BenchResult.Table table : board.tables()) {
            Optional<BenchResult.Table> reference = other.table(table.dataset());
            reference.ifPresent(found -> differences.put(
                    table.dataset(),
                    difference(
                            Columns.seeds(table.comparison(), label, study.rankBy()),
                            Columns.seeds(found.comparison(), base, study.rankBy()))));
        }
        return differences;
    }

    /** Runs of different settings are independent even where their seeds are equal numbers: variances add. */
    private static Estimate difference(Estimate one, Estimate base) {
        if (!one.isPresent() || !base.isPresent()) {
            return Estimate.NONE;
        }
        double mean = one.mean() - base.mean();
        if (!one.hasInterval() && !base.hasInterval()) {
            return new Estimate(mean, Double.NaN, Double.NaN, Double.NaN, 1);
        }
        double half = Math.hypot(half(one), half(base));
        return new Estimate(mean, Double.NaN, mean - half, mean + half, Math.min(one.count(), base.count()));
    }

    private static double half(Estimate estimate) {
        return estimate.hasInterval() ? estimate.halfWidth() : 0;
    }

    /** What differs between two sets of options, as code; nothing if nothing does. */
    private static String changes(Map<String, String> before, Map<String, String> after) {
        Map<String, String> changed = changed(before, after);
        return changed.isEmpty() ? "" : " (" + Sheet.code(Names.options(changed)) + ")";
    }

    private static Map<String, String> changed(Map<String, String> before, Map<String, String> after) {
        TreeSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        Map<String, String> changed = new TreeMap<>();
        for (String key : keys) {
            String value = after.getOrDefault(key, "default");
            if (!value.equals(before.getOrDefault(key, "default"))) {
                changed.put(key, value);
            }
        }
        return changed;
    }
}
