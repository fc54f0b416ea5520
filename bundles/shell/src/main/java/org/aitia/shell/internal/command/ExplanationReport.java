package org.aitia.shell.internal.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.Cost;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.graph.Graph;
import org.aitia.shell.internal.console.Bar;
import org.aitia.shell.internal.console.Console;
import org.aitia.shell.internal.console.Table;
import org.aitia.shell.internal.console.Text;

/** Explanations for people. */
final class ExplanationReport {
    static final int FULL = 10;

    private static final int TABLE_ROWS = 100;
    private static final int TOP_EDGES = 10;
    private static final int TOP_OTHERS = 5;
    private static final int BAR_COLUMNS = 24;
    private static final int WEIGHT_COLUMNS = 6;

    /** Below this largest importance two decimals would show nothing. */
    private static final double SMALL = 0.05;

    /** A line with a bar. */
    private record Weighted(String name, float weight, Optional<Float> deviation) {
        Weighted(String name, float weight) {
            this(name, weight, Optional.empty());
        }
    }

    private final ExplanationResult result;
    private final Dataset dataset;
    private final OptionalInt top;
    private final Console console;

    /**
     * @param top how many edges, nodes and features; a few unless given
     */
    ExplanationReport(ExplanationResult result, Dataset dataset, OptionalInt top, Console console) {
        this.result = result;
        this.dataset = dataset;
        this.top = top;
        this.console = console;
    }

    /** Prints each target, the first ones fully. */
    void printTargets() {
        List<Explanation> explanations = result.explanations();
        for (Explanation explanation : explanations.subList(0, Math.min(FULL, explanations.size()))) {
            print(explanation);
            console.println("");
        }
        if (explanations.size() > FULL) {
            printTable(explanations.subList(FULL, explanations.size()));
            console.println("");
        }
    }

    /** Prints one target. */
    void print(Explanation explanation) {
        ExplanationTarget target = explanation.target();
        console.println(kind() + " " + InstanceText.name(dataset, target.id()) + ": " + prediction(target));
        if (target.explainedClass() != target.predictedClass()) {
            console.println("  explained is " + className(target.explainedClass()));
        }
        console.println("  computation graph of " + Text.count(explanation.nodes().length) + " nodes and "
                + Text.count(explanation.edgeCount()) + " edges");
        printBars("top edges", edges(explanation));
        float[] nodes = explanation.nodeImportance();
        if (nodes.length > 0) {
            printBars("top nodes", nodes(explanation, nodes));
        } else {
            printBars("top nodes, by their strongest edge", nodes(explanation, strongestEdges(explanation)));
        }
        printBars("top features", features(explanation));
        if (isEmpty(explanation)) {
            console.println("  nothing is important: every value is 0");
        }
        printDiagnostics(explanation);
    }

    private static boolean isEmpty(Explanation explanation) {
        return isZero(explanation.edgeMask())
                && isZero(explanation.nodeImportance())
                && isZero(explanation.featureImportance());
    }

    private static boolean isZero(float[] values) {
        return IntStream.range(0, values.length).allMatch(i -> values[i] == 0);
    }

    private void printDiagnostics(Explanation explanation) {
        String diagnostics = new TreeMap<>(explanation.masks().diagnostics())
                .entrySet().stream()
                        .map(entry -> entry.getKey() + " " + Text.significant(entry.getValue(), 3))
                        .collect(Collectors.joining(", "));
        if (!diagnostics.isEmpty()) {
            Text.wrap("diagnostics: " + diagnostics, console.width() - 2).forEach(line -> console.println("  " + line));
        }
    }

    private String kind() {
        return InstanceText.kind(dataset);
    }

    private String prediction(ExplanationTarget target) {
        String text = "predicted " + className(target.predictedClass()) + " with "
                + Text.percent(target.probabilities()[target.predictedClass()]);
        if (target.label() < 0) {
            return text + ", no label";
        }
        return target.label() == target.predictedClass()
                ? text + ", which is right"
                : text + ", which is wrong: the label is " + className(target.label());
    }

    private String className(int number) {
        String name = InstanceText.className(dataset, number);
        return name.equals(Integer.toString(number)) ? "class " + number : name + " (class " + number + ")";
    }

    private Graph graph(Explanation explanation) {
        return dataset.info().task() == Task.GRAPH
                ? dataset.graphs().get(explanation.target().id())
                : dataset.graph();
    }

    private static String nodeName(int number, Graph graph) {
        Optional<String> name = graph.nodeName(number);
        return number + name.map(n -> " (" + n + ")").orElse("");
    }

    private List<Weighted> edges(Explanation explanation) {
        Graph graph = graph(explanation);
        return explanation.topEdges(top.orElse(TOP_EDGES)).stream()
                .map(e -> new Weighted(
                        nodeName(explanation.edgeSources()[e], graph) + " -> "
                                + nodeName(explanation.edgeTargets()[e], graph),
                        explanation.edgeMask()[e],
                        explanation
                                .masks()
                                .deviation()
                                .map(deviation -> deviation.edges()[e])))
                .toList();
    }

    private List<Weighted> nodes(Explanation explanation, float[] importance) {
        Graph graph = graph(explanation);
        return greatest(importance).stream()
                .map(i -> new Weighted(nodeName(explanation.nodes()[i], graph), importance[i]))
                .toList();
    }

    private List<Weighted> features(Explanation explanation) {
        float[] importance = explanation.featureImportance();
        return greatest(importance).stream()
                .map(f -> new Weighted(dataset.featureName(f), importance[f]))
                .toList();
    }

    private List<Integer> greatest(float[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(values[i])))
                .limit(top.orElse(TOP_OTHERS))
                .toList();
    }

    private static float[] strongestEdges(Explanation explanation) {
        float[] mask = explanation.edgeMask();
        if (mask.length == 0) {
            return mask;
        }
        Map<Integer, Float> strongest = new HashMap<>();
        for (int e = 0; e < mask.length; e++) {
            float weight = Math.abs(mask[e]);
            strongest.merge(explanation.edgeSources()[e], weight, Math::max);
            strongest.merge(explanation.edgeTargets()[e], weight, Math::max);
        }
        float[] values = new float[explanation.nodes().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = strongest.getOrDefault(explanation.nodes()[i], 0f);
        }
        return values;
    }

    private void printBars(String title, List<Weighted> lines) {
        List<Weighted> important = lines.stream().filter(l -> l.weight() != 0).toList();
        if (important.isEmpty()) {
            return;
        }
        console.println("  " + title);
        int names = important.stream().mapToInt(l -> Text.width(l.name())).max().orElse(0);
        double greatest =
                important.stream().mapToDouble(l -> Math.abs(l.weight())).max().orElse(1);
        // masks are shares of 1; sums and gradients have no such bound
        double whole = greatest < SMALL ? greatest : Math.max(1, greatest);
        for (Weighted line : important) {
            String weight = greatest < SMALL ? Text.significant(line.weight(), 2) : Text.decimal(line.weight(), 2);
            weight += line.deviation()
                    .map(deviation -> (console.unicode() ? " ± " : " +- ") + Text.decimal(deviation, 2))
                    .orElse("");
            String bar = Bar.of(Math.abs(line.weight()) / whole, BAR_COLUMNS, console.unicode());
            console.println(("    " + Text.pad(line.name(), names)
                            + " ".repeat(Math.max(1, WEIGHT_COLUMNS - weight.length())) + weight + "  " + bar)
                    .stripTrailing());
        }
    }

    private void printTable(List<Explanation> explanations) {
        Table table = new Table(
                        kind().toUpperCase(java.util.Locale.ROOT),
                        "PREDICTED",
                        "PROBABILITY",
                        "LABEL",
                        "NODES",
                        "EDGES",
                        "TOP EDGE")
                .right(2, 4, 5);
        for (Explanation explanation : explanations.subList(0, Math.min(TABLE_ROWS, explanations.size()))) {
            ExplanationTarget target = explanation.target();
            table.row(
                    InstanceText.name(dataset, target.id()),
                    InstanceText.className(dataset, target.predictedClass()),
                    Text.percent(target.probabilities()[target.predictedClass()]),
                    target.label() < 0 ? "-" : InstanceText.className(dataset, target.label()),
                    Text.count(explanation.nodes().length),
                    Text.count(explanation.edgeCount()),
                    edges(explanation).stream()
                            .findFirst()
                            .map(edge -> edge.name() + " " + Text.decimal(edge.weight(), 2))
                            .orElse("-"));
        }
        table.print(console);
        if (explanations.size() > TABLE_ROWS) {
            console.println(
                    "... and " + Text.count(explanations.size() - TABLE_ROWS) + " more; --out writes all of them");
        }
    }

    /** Prints what can be said of all targets together. */
    void printSummary(List<Path> files) {
        List<Explanation> explanations = result.explanations();
        String what = explanations.size() == 1 ? kind() : kind() + "s";
        console.println("Explained " + Text.count(explanations.size()) + " " + what + " of "
                + result.provenance().dataset() + " with " + result.provenance().explainer() + " and model "
                + result.provenance().model() + ".");
        Facts facts = new Facts()
                .add(
                        "time",
                        Text.seconds(result.seconds()) + ", " + Text.seconds(result.secondsPerTarget())
                                + " per target");
        Cost cost = result.cost();
        if (cost.trainingSeconds() > 0) {
            facts.add("learning before", Text.seconds(cost.trainingSeconds()));
        }
        if (cost.oracleCalls() > 0) {
            facts.add(
                    "calls of the model",
                    Text.count(cost.oracleCalls()) + ", " + Text.count(cost.recordedCalls())
                            + " of them with gradients");
        }
        if (cost.peakNativeBytes() > 0) {
            facts.add("native memory", Text.bytes(cost.peakNativeBytes()) + " at most");
        }
        if (explanations.size() > 1) {
            facts.add("predictions", predictions(explanations));
            facts.add("computation graphs", sizes(explanations));
        }
        List<String> names = new ArrayList<>(files.stream().map(Path::toString).toList());
        for (int i = 0; i < names.size(); i++) {
            facts.add(names.size() == 1 ? "written" : "written " + (i + 1), names.get(i));
        }
        facts.print(console);
    }

    private static String predictions(List<Explanation> explanations) {
        long labelled =
                explanations.stream().filter(e -> e.target().label() >= 0).count();
        long right = explanations.stream()
                .filter(e -> e.target().label() == e.target().predictedClass())
                .count();
        return labelled == 0
                ? ""
                : Text.count(right) + " of " + Text.count(labelled) + " right ("
                        + Text.percent((double) right / labelled) + ")";
    }

    private static String sizes(List<Explanation> explanations) {
        double nodes =
                explanations.stream().mapToInt(e -> e.nodes().length).average().orElse(0);
        double edges =
                explanations.stream().mapToInt(Explanation::edgeCount).average().orElse(0);
        int most = explanations.stream().mapToInt(e -> e.nodes().length).max().orElse(0);
        return Text.decimal(nodes, 1) + " nodes and " + Text.decimal(edges, 1) + " edges on average, "
                + Text.count(most) + " nodes at most";
    }
}
