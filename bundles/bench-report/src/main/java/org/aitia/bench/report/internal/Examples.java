package org.aitia.bench.report.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.aitia.api.AitiaException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.bench.Suite;
import org.aitia.api.compare.Setting;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationIo;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.render.PanelRenderer;
import org.aitia.api.render.PanelRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Explanations beside the true ones: for each data set the targets that the suite names, explained by the best explainers
 * and those that goals are about. Used by one thread.
 */
final class Examples {
    private static final Logger LOG = LoggerFactory.getLogger(Examples.class);

    private static final int TARGETS = 3;
    private static final int EXPLAINERS = 3;

    private final BenchResult result;
    private final Names names;
    private final Pictures pictures;
    private final Tools tools;
    private final Map<Path, Optional<ExplanationResult>> read = new HashMap<>();

    Examples(BenchResult result, Names names, Pictures pictures, Tools tools) {
        this.result = result;
        this.names = names;
        this.pictures = pictures;
        this.tools = tools;
    }

    /** What examples take; without any of it there are none. */
    record Tools(Optional<PanelRenderer> panels, Optional<ExplanationIo> io, Optional<Datasets> datasets) {
        /** For reports without examples. */
        static final Tools NONE = new Tools(Optional.empty(), Optional.empty(), Optional.empty());

        boolean areThere() {
            return panels.filter(renderer -> renderer.formats().contains(Pictures.FORMAT))
                            .isPresent()
                    && io.isPresent()
                    && datasets.isPresent();
        }
    }

    Sheet sheet() {
        Map<String, BenchResult.Table> tables = new LinkedHashMap<>();
        // the study with most explainers shows most; variants of one look alike
        result.tables().stream()
                .filter(table -> !table.examples().isEmpty())
                .forEach(table -> tables.merge(
                        table.dataset(), table, (one, other) -> families(other) > families(one) ? other : one));
        Sheet sheet = new Sheet();
        if (!tools.areThere() || tables.isEmpty()) {
            return sheet;
        }
        tables.values().forEach(table -> add(sheet, table));
        return sheet.isEmpty()
                ? sheet
                : new Sheet()
                        .heading(2, "Examples")
                        .paragraph(
                                "Targets that the suite names or the first ones, explained with the first seed; nodes are"
                                        + " at the same place in all panels of a picture. Each explainer shows as many of its most"
                                        + " important edges as are true, or twelve where the truth is not known.")
                        .add(sheet);
    }

    private long families(BenchResult.Table table) {
        return table.examples().stream()
                .map(example -> explainer(example.explainer()))
                .distinct()
                .count();
    }

    private void add(Sheet sheet, BenchResult.Table table) {
        Setting setting = table.comparison().setting();
        Dataset dataset;
        try {
            dataset =
                    tools.datasets().orElseThrow().load(setting.dataset(), setting.datasetOptions(), TaskMonitor.NONE);
        } catch (AitiaException e) {
            LOG.warn("examples of {} are not drawn: {}", setting.dataset(), e.getMessage());
            pictures.leftOut("the examples of " + names.dataset(table.dataset()) + ": " + e.getMessage());
            return;
        }
        List<String> drawn = new ArrayList<>();
        List<BenchResult.Example> shown = shown(table);
        for (int target : targets(shown)) {
            String picture = picture(table, dataset, shown, target);
            if (!picture.isEmpty()) {
                drawn.add(picture);
            }
        }
        if (!drawn.isEmpty()) {
            sheet.heading(
                    3,
                    names.dataset(table.dataset()) + ": " + names.model(table.model()) + ", " + Names.type(table.type())
                            + " explained");
            drawn.forEach(sheet::paragraph);
        }
    }

    /** The best ones, those that goals are about before the others; in the order of rank. */
    private List<BenchResult.Example> shown(BenchResult.Table table) {
        List<String> ranked = study(table).stream()
                .flatMap(study -> Ranking.of(table.comparison(), study.rankBy()).stream())
                .flatMap(ranking -> ranking.order().stream())
                .toList();
        List<String> baselines = study(table).map(Suite.Study::baselines).orElse(List.of());
        Set<String> named = new LinkedHashSet<>();
        study(table).ifPresent(study -> study.goals().forEach(goal -> named.addAll(goal.explainers())));
        Stream<String> best =
                ranked.stream().filter(label -> !baselines.contains(label)).limit(1);
        // of the variants of one explainer, the best: others look alike
        Map<String, String> families = new LinkedHashMap<>();
        ranked.stream()
                .filter(label -> named.contains(label) && !baselines.contains(label))
                .forEach(label -> families.putIfAbsent(explainer(label), label));
        Stream<String> others = ranked.stream().filter(label -> !baselines.contains(label));
        List<String> unranked = table.examples().stream()
                .map(BenchResult.Example::explainer)
                .filter(label -> !baselines.contains(label))
                .toList();
        Map<String, BenchResult.Example> chosen = new LinkedHashMap<>();
        Set<String> seen = new LinkedHashSet<>();
        Stream.of(best, families.values().stream(), others, unranked.stream())
                .flatMap(labels -> labels)
                .filter(label -> chosen.size() < EXPLAINERS && !seen.contains(explainer(label)))
                .forEach(label -> example(table, label).ifPresent(example -> {
                    if (chosen.size() < EXPLAINERS) {
                        chosen.put(label, example);
                        seen.add(explainer(label));
                    }
                }));
        // variants of one explainer are what some studies compare
        Stream.concat(ranked.stream(), unranked.stream())
                .filter(label -> !baselines.contains(label))
                .forEach(label -> example(table, label).ifPresent(example -> {
                    if (chosen.size() < EXPLAINERS) {
                        chosen.putIfAbsent(label, example);
                    }
                }));
        return chosen.values().stream()
                .sorted(Comparator.comparingInt(example -> place(ranked, example.explainer())))
                .toList();
    }

    private static int place(List<String> ranked, String label) {
        int place = ranked.indexOf(label);
        return place < 0 ? Integer.MAX_VALUE : place;
    }

    private Optional<Suite.Study> study(BenchResult.Table table) {
        return result.request().suite().studies().stream()
                .filter(study -> study.label().equals(table.study()))
                .findFirst();
    }

    private String explainer(String label) {
        return result.request().suite().explainers().stream()
                .filter(one -> one.label().equals(label))
                .map(Suite.Contender::explainer)
                .findFirst()
                .orElse(label);
    }

    private Optional<BenchResult.Example> example(BenchResult.Table table, String label) {
        return table.examples().stream()
                .filter(example -> example.explainer().equals(label))
                .filter(example -> read(example).isPresent())
                .findFirst();
    }

    private Optional<ExplanationResult> read(BenchResult.Example example) {
        return read.computeIfAbsent(example.file(), file -> {
            try {
                return Optional.of(tools.io().orElseThrow().read(file));
            } catch (AitiaException e) {
                LOG.warn("example {} is left out: {}", file, e.getMessage());
                pictures.leftOut("the example in " + file.getFileName() + ": " + e.getMessage());
                return Optional.empty();
            }
        });
    }

    private List<Integer> targets(List<BenchResult.Example> shown) {
        return shown.stream()
                .limit(1)
                .flatMap(example -> read(example).stream())
                .flatMap(found -> found.explanations().stream())
                .map(explanation -> explanation.target().id())
                .limit(TARGETS)
                .toList();
    }

    private String picture(BenchResult.Table table, Dataset dataset, List<BenchResult.Example> shown, int target) {
        List<PanelRequest.Panel> panels = new ArrayList<>();
        for (BenchResult.Example example : shown) {
            read(example)
                    .flatMap(found -> one(found, target))
                    .ifPresent(
                            found -> panels.add(new PanelRequest.Panel(names.explainer(example.explainer()), found)));
        }
        if (panels.isEmpty()) {
            return "";
        }
        String title = names.dataset(table.dataset()) + ", "
                + what(dataset, target, panels.get(0).result());
        PanelRequest request = new PanelRequest(title, dataset, panels, true, 0);
        PanelRenderer renderer = tools.panels().orElseThrow();
        return pictures.add(
                "example-" + table.dataset() + "-" + target,
                title,
                out -> renderer.render(request, Pictures.FORMAT, out));
    }

    private static Optional<ExplanationResult> one(ExplanationResult all, int target) {
        List<Explanation> found = all.explanations().stream()
                .filter(explanation -> explanation.target().id() == target)
                .limit(1)
                .toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(all.withExplanations(found));
    }

    private static String what(Dataset dataset, int target, ExplanationResult explained) {
        String thing =
                switch (dataset.info().task()) {
                    case NODE -> "node ";
                    case GRAPH -> "graph ";
                    case LINK -> "candidate link ";
                };
        var about = explained.explanations().get(0).target();
        boolean wrong =
                about.label() >= 0 && about.label() != about.predictedClass() && about.probabilities().length > 1;
        return thing + target + (wrong ? " (predicted wrongly)" : "");
    }
}
