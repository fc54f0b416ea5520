package org.aitia.shell.internal.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.aitia.api.compare.CompareRequest;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Comparisons;
import org.aitia.api.explain.ExplanationIo;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.MetricSelections;
import org.aitia.shell.internal.Services;
import org.aitia.shell.internal.UserPath;
import org.aitia.shell.internal.WorkArguments;
import org.aitia.shell.internal.WorkCommand;
import org.aitia.shell.internal.console.Console;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code score}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=score"})
public final class ScoreCommand extends WorkCommand<ScoreCommand.Given> {

    @Command(
            name = "score",
            header = "Measures explanations that 'explain --out' has written.",
            description = {
                "Files of one label are runs of one explainer with different seeds; without a label each file is a row,"
                        + " called as its explainer."
            },
            sortOptions = false,
            footer = {
                "",
                "Examples:",
                "  score -e houses.json",
                "  score -e a=gnn-0.json -e a=gnn-1.json -e b=ig.json --baselines b -M fidelity-plus,roc-auc --out t.md"
            })
    static final class Given extends WorkArguments {
        @Option(
                names = {"-e", "--explanations"},
                required = true,
                order = 1,
                paramLabel = "FILE",
                description = "Explanations, as FILE or LABEL=FILE; may be repeated.")
        List<String> explanations;

        @Option(
                names = {"-M", "--metric"},
                order = 2,
                paramLabel = "METRIC",
                description = "What is measured: names with commas, or one metric with options"
                        + " (fidelity-plus:removal=hard); may be repeated; a choice by what model and data allow unless"
                        + " given.")
        List<String> metrics;

        @Option(
                names = "--baselines",
                order = 3,
                paramLabel = "LABEL",
                split = ",",
                description = "Labels that the others are compared with.")
        List<String> baselines;

        @Option(
                names = "--seed",
                order = 4,
                paramLabel = "N",
                description = "Seed of random choices of metrics; 0 unless given.")
        long seed;

        @Option(
                names = "--confidence",
                order = 5,
                paramLabel = "P",
                description = "Level of the intervals, between 0 and 1; 0.95 unless given.")
        double confidence = CompareRequest.DEFAULT_CONFIDENCE;

        @Option(
                names = "--out",
                order = 6,
                paramLabel = "FILE",
                description = "Writes the table; the ending says how: txt, md, csv, json, svg or png; may be repeated.")
        List<String> out;
    }

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public ScoreCommand(@Reference Services services) {
        super(services, Group.EXPLANATIONS, Given::new);
    }

    /** A file, with the label that it was given or an empty one. */
    private record Labelled(String label, String file) {
        static Labelled parse(String text) {
            int equals = text.indexOf('=');
            boolean isPath = equals < 0 || text.substring(0, equals).contains("/");
            return isPath
                    ? new Labelled("", text)
                    : new Labelled(text.substring(0, equals).strip(), text.substring(equals + 1));
        }
    }

    /** The explainer's name is enough where no other file needs it. */
    private static String label(int at, List<Labelled> inputs, List<ExplanationResult> results) {
        Labelled input = inputs.get(at);
        if (!input.label().isEmpty()) {
            return input.label();
        }
        String explainer = results.get(at).provenance().explainer();
        long namesakes = IntStream.range(0, inputs.size())
                .filter(i -> inputs.get(i).label().isEmpty())
                .filter(i -> results.get(i).provenance().explainer().equals(explainer))
                .count();
        return namesakes == 1 ? explainer : explainer + " " + input.file();
    }

    private record Outcome(Comparison comparison, List<Path> files) {}

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        Comparisons comparisons = services().comparisons();
        ExplanationIo io = services().explanationIo();
        TableFiles files = new TableFiles(name(), given.out, services().comparisonWriter(), console.directory());
        List<Comparisons.Entry> entries = new ArrayList<>();
        List<Labelled> inputs = given.explanations.stream().map(Labelled::parse).toList();
        List<ExplanationResult> results = inputs.stream()
                .map(input -> io.read(UserPath.resolve(input.file(), console.directory())))
                .toList();
        for (int i = 0; i < inputs.size(); i++) {
            entries.add(new Comparisons.Entry(label(i, inputs, results), results.get(i)));
        }
        Outcome outcome = work(given, console, String.join(" ", given.explanations), monitor -> {
            Comparisons.ScoringRequest request = new Comparisons.ScoringRequest(
                    entries,
                    MetricSelections.parse(given.metrics),
                    given.seed,
                    given.baselines == null ? List.of() : given.baselines,
                    given.confidence);
            Comparison comparison = comparisons.score(request, monitor);
            return new Outcome(comparison, files.write((w, format, out) -> w.write(comparison, format, out)));
        });
        files.print(
                (w, format, out) -> w.write(outcome.comparison(), format, out), given.json(), outcome.files(), console);
    }
}
