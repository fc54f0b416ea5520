package org.aitia.shell.internal.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.StorageException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.explain.ExplanationIo;
import org.aitia.api.explain.ExplanationRequest;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.explain.Explanations;
import org.aitia.api.model.StoredModel;
import org.aitia.api.render.RenderRequest;
import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.InstanceArguments;
import org.aitia.shell.internal.KeyValue;
import org.aitia.shell.internal.OutputFile;
import org.aitia.shell.internal.Services;
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
    static final class Given extends InstanceArguments {
        @Option(
                names = {"-x", "--explainer"},
                required = true,
                order = 2,
                paramLabel = "EXPLAINER",
                description = "What explains them; 'explainer NAME' lists its options.")
        String explainer;

        @Option(
                names = "--type",
                order = 6,
                paramLabel = "TYPE",
                description =
                        "model: why the model predicts what it predicts (default); phenomenon: why the label is what"
                                + " it is, as the model sees it.")
        ExplanationType type = ExplanationType.MODEL;

        @Option(
                names = "--seed",
                order = 7,
                paramLabel = "N",
                description = "Seed of every random choice; 0 unless given.")
        long seed;

        @Option(
                names = {"-o", "--option"},
                order = 8,
                paramLabel = "KEY=VALUE",
                description = "Option of the explainer; may be repeated.")
        List<KeyValue> options;

        @Option(
                names = "--top",
                order = 9,
                paramLabel = "N",
                description = "How many edges, nodes and features are shown.")
        Integer top;

        @Option(
                names = "--batch-size",
                order = 10,
                paramLabel = "N",
                description = "Targets per batch; as many as memory allows unless given. Never changes a result.")
        Integer batchSize;

        @Option(
                names = "--lanes",
                order = 11,
                paramLabel = "N",
                description = "Lanes of the device to compute on at once; all unless given.")
        Integer lanes;

        @Option(
                names = "--device",
                order = 12,
                paramLabel = "DEVICE",
                description = "Where to compute, as 'devices' lists it; the best there is unless given.")
        String device;

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

        void checkCounts() {
            checkCount("--top", top);
            checkCount("--batch-size", batchSize);
            checkCount("--lanes", lanes);
        }

        private static void checkCount(String option, Integer count) {
            if (count != null && count < 1) {
                throw new InvalidRequestException("explain: option '" + option + "' must be 1 or more, not " + count);
            }
        }

        ExplanationRequest request(Chosen chosen, StoredModel stored) {
            ExplanationRequest request = request(chosen.indices());
            boolean usual = givenDataset().isEmpty() && chosen.options().equals(stored.datasetOptions());
            return usual ? request : request.onDataset(givenDataset().orElse(stored.dataset()), chosen.options());
        }

        ExplanationRequest request(List<Integer> targets) {
            return new ExplanationRequest(
                    model,
                    explainer,
                    targets,
                    type,
                    KeyValue.map(options),
                    seed,
                    batchSize == null ? 0 : batchSize,
                    lanes == null ? 0 : lanes,
                    Optional.ofNullable(device));
        }

        RenderRequest render(ExplanationResult result, Dataset dataset) {
            return top == null ? RenderRequest.of(result, dataset) : new RenderRequest(result, dataset, top, top);
        }
    }

    /** A file to be written at the end. */
    private record Output(OutputFile file, Writer writer) {}

    @FunctionalInterface
    private interface Writer {
        void write(ExplanationResult result, Dataset dataset, java.io.OutputStream out) throws IOException;
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
        given.checkChoice("explain");
        given.checkCounts();
        given.request(List.of());
        List<Output> outputs = outputs(given, console.directory());
        Explanations explanations = services().explanations();
        Datasets datasets = services().datasets();
        StoredModel model = services().models().find(given.model);
        explanations.explainer(given.explainer);
        given.checkFits(model);
        if (given.json()) {
            services().explanationIo();
        }

        String description = given.explainer + " on " + given.model + ", " + given.choiceText();
        Outcome outcome = work(given, console, description, monitor -> {
            InstanceArguments.Chosen chosen = given.load(model, datasets, monitor);
            ExplanationResult result = explanations.explain(given.request(chosen, model), monitor);
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
            outputs.add(new Output(
                    OutputFile.check(given.out, directory), (result, dataset, out) -> io.write(result, out)));
        }
        addPicture(outputs, "html", given.html, given, directory);
        addPicture(outputs, "svg", given.svg, given, directory);
        addPicture(outputs, "png", given.png, given, directory);
        if (outputs.stream().map(Output::file).distinct().count() < outputs.size()) {
            throw new InvalidRequestException("explain: two results would be written to the same file");
        }
        return outputs;
    }

    private void addPicture(List<Output> outputs, String format, String file, Given given, Path directory) {
        if (file == null) {
            return;
        }
        org.aitia.api.render.Renderer renderer = services().renderer(format);
        if (!given.isSingle() && !renderer.holdsSeveral()) {
            throw new InvalidRequestException("explain: --" + format + " shows a single target; choose one with -n,"
                    + " -g or -l, or write all of them with --html");
        }
        outputs.add(new Output(
                OutputFile.check(file, directory),
                (result, dataset, out) -> renderer.render(given.render(result, dataset), out)));
    }

    private static List<Path> write(
            List<Output> outputs, ExplanationResult result, Dataset dataset, TaskMonitor monitor) {
        List<Path> files = new ArrayList<>();
        for (Output output : outputs) {
            monitor.checkCancelled();
            monitor.progress("writing", files.size(), outputs.size());
            files.add(output.file().write(out -> output.writer().write(result, dataset, out)));
        }
        return files;
    }
}
