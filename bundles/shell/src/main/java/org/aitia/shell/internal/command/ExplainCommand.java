package org.aitia.shell.internal.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.StorageException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationIo;
import org.aitia.api.explain.ExplanationRequest;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.ExplanationSubgraph;
import org.aitia.api.explain.Explanations;
import org.aitia.api.explain.Threshold;
import org.aitia.api.model.StoredModel;
import org.aitia.api.render.RenderRequest;
import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.ExplainerArguments;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.InstanceArguments;
import org.aitia.shell.internal.OutputFile;
import org.aitia.shell.internal.Services;
import org.aitia.shell.internal.UserPath;
import org.aitia.shell.internal.WorkCommand;
import org.aitia.shell.internal.console.Console;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code explain}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=explain"})
public final class ExplainCommand extends WorkCommand<ExplainCommand.Given> {

    @Command(
            name = "explain",
            header = "Explains predictions of a model.",
            description = {
                "Prints for each target the prediction, its most important edges, nodes and features. NODES and GRAPHS"
                        + " are numbers and ranges with commas: 5 or 5,7 or 400..699:5 (from..to:step)."
            },
            sortOptions = false,
            footer = {
                "",
                "Examples:",
                "  explain -m cora-gcn -x gnnexplainer -n 0,42,1358 --html out.html",
                "  explain -m cora-gcn -x gnnexplainer --all --out cora.json",
                "  explain -m cora-gcn -x gnnexplainer -n 5 -o epochs=200 --svg node5.svg"
            })
    static final class Given extends ExplainerArguments {
        @Option(
                names = "--trained",
                order = 8,
                paramLabel = "TRAINED",
                description = "Trained explainer of 'trained-explainers' to use; without one, an explainer that learns"
                        + " does so first, from the targets.")
        String trained;

        @Option(
                names = "--initial",
                order = 8,
                paramLabel = "FILE",
                description = "Explanations of --out whose masks the explainer begins with.")
        String initial;

        @Option(
                names = "--threshold",
                order = 9,
                paramLabel = "THRESHOLD",
                description = "What is left of the masks in everything that is printed and written: hard:0.5, top-k:10,"
                        + " top-k-hard:10, fraction:0.2 or connected-top-k:6; with :undirected behind it the two"
                        + " directions of an edge count once.")
        String threshold = "none";

        @Option(
                names = "--top",
                order = 9,
                paramLabel = "N",
                description = "How many edges, nodes and features are shown.")
        Integer top;

        @Option(
                names = "--part",
                order = 9,
                paramLabel = "PART",
                description = "What pictures and exports show: whole, the computation graph (default); explanation, the"
                        + " subgraph of the edges with an importance, best after --threshold; complement, the rest.")
        Part part = Part.WHOLE;

        @Option(
                names = "--measure-memory",
                order = 12,
                description = "Measures the peak of native memory, which takes some time.")
        boolean measureMemory;

        @Option(names = "--out", order = 13, paramLabel = "FILE", description = "Writes all masks as JSON.")
        String out;

        @Option(
                names = "--html",
                order = 14,
                paramLabel = "FILE",
                description = "Writes a page with pictures that needs no other file.")
        String html;

        @Option(names = "--svg", order = 15, paramLabel = "FILE", description = "Writes a picture of a single target.")
        String svg;

        @Option(names = "--png", order = 16, paramLabel = "FILE", description = "Writes a picture of a single target.")
        String png;

        @Option(
                names = "--export",
                order = 17,
                paramLabel = "FILE",
                description =
                        "Writes the explanations as the ending of the file says: graphml, gexf, dot, npz and others;"
                                + " may be repeated.")
        List<String> exports;

        @Override
        public void check(String command) {
            super.check(command);
            checkCount(command, "--top", top);
            cut();
        }

        Threshold cut() {
            return Threshold.parse(threshold);
        }

        RenderRequest render(ExplanationResult whole, Dataset dataset) {
            ExplanationResult result = whole.withExplanations(whole.explanations().stream()
                    .map(explanation -> part.of(explanation, dataset))
                    .toList());
            return top == null ? RenderRequest.of(result, dataset) : new RenderRequest(result, dataset, top, top);
        }
    }

    /** What of a computation graph is shown. */
    enum Part {
        WHOLE,
        EXPLANATION,
        COMPLEMENT;

        Explanation of(Explanation explanation, Dataset dataset) {
            if (this == WHOLE) {
                return explanation;
            }
            ExplanationSubgraph parts = ExplanationSubgraph.of(explanation, dataset);
            return (this == EXPLANATION ? parts.explanation() : parts.complement()).of(explanation);
        }
    }

    /** A file to be written at the end. */
    private record Output(OutputFile file, Writer writer) {}

    @FunctionalInterface
    private interface Writer {
        Path write(OutputFile file, ExplanationResult result, Dataset dataset);
    }

    private record Outcome(ExplanationResult result, Dataset dataset, List<Path> files) {}

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public ExplainCommand(@Reference Services services) {
        super(services, Group.EXPLANATIONS, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        // Everything that can be wrong is found before anything is computed.
        given.check(name());
        List<Output> outputs = outputs(given, console.directory());
        Explanations explanations = services().explanations();
        Datasets datasets = services().datasets();
        StoredModel model = services().models().find(given.model);
        explanations.explainer(given.explainer);
        given.checkFits(model);
        if (given.json()) {
            services().explanationIo();
        }
        Optional<ExplanationResult> initial = Optional.ofNullable(given.initial)
                .map(file -> services().explanationIo().read(UserPath.resolve(file, console.directory())));
        if (given.trained != null) {
            services().trainedExplainers().find(given.trained);
        }

        String description = given.explainer + " on " + given.model + ", " + given.choiceText();
        Outcome outcome = work(given, console, description, monitor -> {
            InstanceArguments.Chosen chosen = given.load(model, datasets, monitor);
            ExplanationRequest request = given.request(chosen, model).measuringMemory(given.measureMemory);
            if (given.trained != null) {
                request = request.withTrained(given.trained);
            }
            if (initial.isPresent()) {
                request = request.beginningWith(initial.get().explanations());
            }
            ExplanationResult result = given.cut().apply(explanations.explain(request, monitor));
            return new Outcome(result, chosen.dataset(), write(outputs, result, chosen.dataset(), monitor));
        });
        if (given.json()) {
            printJson(outcome.result(), console);
        } else {
            OptionalInt top = given.top == null ? OptionalInt.empty() : OptionalInt.of(given.top);
            ExplanationReport report = new ExplanationReport(outcome.result(), outcome.dataset(), top, console);
            if (!given.all) {
                report.printTargets();
            }
            report.printSummary(outcome.files());
        }
    }

    private void printJson(ExplanationResult result, Console console) {
        try {
            services().explanationIo().write(result, console.out());
            console.out().println();
        } catch (IOException e) {
            throw new StorageException("cannot print the result: " + e.getMessage(), e);
        }
    }

    private List<Output> outputs(Given given, Path directory) {
        List<Output> outputs = new ArrayList<>();
        if (given.out != null) {
            ExplanationIo io = services().explanationIo();
            outputs.add(new Output(OutputFile.check(given.out, directory), (file, result, dataset) -> {
                io.write(result, file.path()); // writes large masks to a file beside it
                return file.path();
            }));
        }
        addPicture(outputs, "html", given.html, given, directory);
        addPicture(outputs, "svg", given.svg, given, directory);
        addPicture(outputs, "png", given.png, given, directory);
        for (String file : given.exports == null ? List.<String>of() : given.exports) {
            addPicture(outputs, format(file), file, given, directory);
        }
        if (outputs.stream().map(Output::file).distinct().count() < outputs.size()) {
            throw new InvalidRequestException("explain: two results would be written to the same file");
        }
        return outputs;
    }

    /** The renderer whose format the file's name ends with; of edges.csv and csv the longer. */
    private String format(String file) {
        List<String> formats = services().formats();
        return formats.stream()
                .filter(format -> file.endsWith("." + format))
                .max(Comparator.comparingInt(String::length))
                .orElseThrow(() -> new InvalidRequestException("explain: the ending of --export " + file
                        + " says no format; choose one of " + String.join(", ", formats)));
    }

    private void addPicture(List<Output> outputs, String format, String file, Given given, Path directory) {
        if (file == null) {
            return;
        }
        org.aitia.api.render.Renderer renderer = services().renderer(format);
        if (!given.isSingle() && !renderer.holdsSeveral()) {
            throw new InvalidRequestException(
                    "explain: a file of format " + format + " holds a single target; choose one"
                            + " with -n, -g or -l, or a format that holds several, such as html");
        }
        outputs.add(new Output(
                OutputFile.check(file, directory),
                (output, result, dataset) -> output.write(out -> renderer.render(given.render(result, dataset), out))));
    }

    private static List<Path> write(
            List<Output> outputs, ExplanationResult result, Dataset dataset, TaskMonitor monitor) {
        List<Path> files = new ArrayList<>();
        for (Output output : outputs) {
            monitor.checkCancelled();
            monitor.progress("writing", files.size(), outputs.size());
            files.add(output.writer().write(output.file(), result, dataset));
        }
        return files;
    }
}
