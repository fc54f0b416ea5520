package org.aitia.shell.internal.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.aitia.api.DataFormatException;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.dataset.Datasets.DatasetEntry;
import org.aitia.api.dataset.Datasets.FileCheck;
import org.aitia.api.dataset.Split;
import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.KeyValue;
import org.aitia.shell.internal.Services;
import org.aitia.shell.internal.WorkArguments;
import org.aitia.shell.internal.WorkCommand;
import org.aitia.shell.internal.console.Console;
import org.aitia.shell.internal.console.Json;
import org.aitia.shell.internal.console.Table;
import org.aitia.shell.internal.console.Text;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dataset}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=dataset"})
public final class DatasetCommand extends WorkCommand<DatasetCommand.Given> {

    @Command(
            name = "dataset",
            header = "Shows one data set: its size, splits, degrees, ground truth and licence.",
            description = "Loads the data set, and downloads it first where needed.",
            sortOptions = false,
            footer = {
                "",
                "Examples:",
                "  dataset cora",
                "  dataset ba-shapes -D seed=3 --json",
                "  dataset cora --pictures cora-pictures",
                "  dataset cora --verify"
            })
    static final class Given extends WorkArguments {
        @Parameters(paramLabel = "DATASET", description = "Name of a data set, as 'datasets' lists it.")
        String name;

        @Option(
                names = {"-o", "-D", "--option", "--dataset-option"},
                order = 1,
                paramLabel = "KEY=VALUE",
                description = "Option of the data set; may be repeated. Without it, the output lists what there is.")
        List<KeyValue> options;

        @Option(
                names = "--pictures",
                order = 2,
                paramLabel = "DIR",
                description = "Writes pictures into a directory: degree distribution, class balance, homophily, the"
                        + " graph.")
        String pictures;

        @Option(names = "--format", order = 3, paramLabel = "FORMAT", description = "Format of pictures: svg or png.")
        String format = "svg";

        @Option(names = "--verify", order = 4, description = "Compares the stored files with their checksums instead.")
        boolean verify;

        @Option(
                names = "--refresh",
                order = 5,
                description = "Forgets the stored files first, so that they are fetched anew.")
        boolean refresh;
    }

    private static final int MOST_TARGET_TEXT = 160;

    /** A loaded data set and the pictures made of it. */
    private record Outcome(Dataset dataset, List<Path> pictures) {}

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public DatasetCommand(@Reference Services services) {
        super(services, Group.DATA, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        Datasets datasets = services().datasets();
        Map<String, String> options = KeyValue.map(given.options);
        DatasetEntry entry = datasets.find(given.name);
        if (given.verify) {
            verify(given, datasets, entry, console);
            return;
        }
        Optional<DatasetPictures> pictures = Optional.ofNullable(given.pictures)
                .map(directory ->
                        DatasetPictures.check(services().datasetRenderer(), directory, given.format, console));
        Outcome outcome = work(given, console, given.name, monitor -> {
            if (given.refresh) {
                datasets.refresh(given.name, monitor);
            }
            Dataset dataset = datasets.load(given.name, options, monitor);
            return new Outcome(
                    dataset, pictures.map(p -> p.write(dataset, monitor)).orElse(List.of()));
        });
        DatasetSummary summary = DatasetSummary.of(outcome.dataset());
        if (given.json()) {
            json(outcome, summary, entry).print(console.out());
        } else {
            print(outcome, summary, entry, console);
        }
    }

    private void verify(Given given, Datasets datasets, DatasetEntry entry, Console console) {
        List<FileCheck> files = work(given, console, given.name, monitor -> datasets.verify(given.name, monitor));
        List<String> damaged = files.stream()
                .filter(file -> file.status() == FileCheck.Status.CHANGED || file.status() == FileCheck.Status.MISSING)
                .map(FileCheck::name)
                .toList();
        if (given.json()) {
            new Json()
                    .put("name", given.name)
                    .put("intact", damaged.isEmpty())
                    .put("files", files, DatasetCommand::json)
                    .print(console.out());
        } else if (files.isEmpty()) {
            console.println(
                    entry.info().generated()
                            ? given.name + " is generated; it has no files"
                            : "no file of " + given.name + " is stored yet; 'dataset " + given.name + "' fetches them");
        } else {
            Table table = new Table("FILE", "BYTES", "STATUS", "SHA-256").right(1);
            files.forEach(file -> table.row(
                    file.name(),
                    Text.count(file.size()),
                    file.status().name().toLowerCase(Locale.ROOT),
                    file.found().orElse("-")));
            table.print(console);
        }
        if (!damaged.isEmpty()) {
            throw new DataFormatException(damaged.size() + " of " + files.size() + " files of data set '" + given.name
                    + "' are not as they were, the first is " + damaged.get(0) + "; 'dataset " + given.name
                    + " --refresh' fetches them anew");
        }
    }

    private static Json json(FileCheck file) {
        return new Json()
                .put("name", file.name())
                .put("size", file.size())
                .put("status", file.status().name().toLowerCase(Locale.ROOT))
                .put("expected", file.expected().orElse(""))
                .put("found", file.found().orElse(""));
    }

    private static Json json(Outcome outcome, DatasetSummary summary, DatasetEntry entry) {
        Dataset dataset = outcome.dataset();
        Split split = firstSplit(dataset);
        Json splits = new Json();
        dataset.splits().forEach((name, s) -> splits.put(name, sizes(new Json(), s)));
        Json truth = new Json().put("known", dataset.groundTruth().isPresent());
        if (dataset.groundTruth().isPresent()) {
            truth.put("edges", summary.truthEdges()).put("nodes", summary.truthNodes());
        }
        Json json = new Json()
                .put("name", dataset.info().name())
                .put("title", dataset.info().title())
                .put("description", dataset.info().description())
                .put("task", task(dataset))
                .put("nodes", summary.nodes())
                .put("edges", summary.edges())
                .put("features", dataset.featureCount())
                .put("classes", dataset.classCount())
                .put("graphs", dataset.graphs().size());
        return sizes(json, split)
                .put("classNames", dataset.classNames())
                .put("classSizes", summary.classSizes())
                .put("unlabelled", summary.unlabelled())
                .put("edgeFeatures", dataset.edgeFeatureCount())
                .put("undirected", summary.undirected())
                .put("selfLoops", summary.selfLoops())
                .put("isolatedNodes", summary.isolated())
                .put("homophily", summary.homophily())
                .put("degree", summary.degrees().json())
                .put("splits", splits)
                .put("groundTruth", truth)
                .put("suggestedTargets", dataset.suggestedTargets())
                .put("pictures", outcome.pictures().stream().map(Path::toString).toList())
                .put("digest", dataset.digest())
                .put("loadedWith", dataset.options())
                .put("options", entry.options(), OptionTable::json)
                .put("generated", dataset.info().generated())
                .put("origin", dataset.info().origin())
                .put("citation", dataset.info().citation())
                .put("licence", dataset.info().licence())
                .put("bundle", entry.bundle());
    }

    private static Split firstSplit(Dataset dataset) {
        return dataset.splits().isEmpty() ? new Split(new int[0], new int[0], new int[0]) : dataset.split();
    }

    private static Json sizes(Json json, Split split) {
        return json.put("train", split.train().length)
                .put("val", split.validation().length)
                .put("test", split.test().length);
    }

    private static String task(Dataset dataset) {
        return dataset.info().task().name().toLowerCase(Locale.ROOT);
    }

    private static void print(Outcome outcome, DatasetSummary summary, DatasetEntry entry, Console console) {
        Dataset dataset = outcome.dataset();
        console.println(dataset.info().name() + ": " + dataset.info().title());
        Text.wrap(dataset.info().description(), console.width()).forEach(console::println);
        console.println("");
        Facts facts = new Facts();
        facts.add("task", task(dataset));
        if (dataset.info().task() == Task.GRAPH) {
            facts.add("graphs", Text.count(dataset.graphs().size()));
        }
        facts.add("nodes", Text.count(summary.nodes()));
        facts.add(
                "edges",
                Text.count(summary.edges()) + " directed"
                        + (summary.undirected() ? " (every edge has its reverse)" : ""));
        facts.add("self-loops", summary.selfLoops() == 0 ? "" : Text.count(summary.selfLoops()));
        facts.add("isolated nodes", summary.isolated() == 0 ? "" : Text.count(summary.isolated()));
        facts.add("features", Text.count(dataset.featureCount()));
        facts.add("edge features", dataset.edgeFeatureCount() == 0 ? "" : Text.count(dataset.edgeFeatureCount()));
        if (dataset.info().task() == Task.LINK) {
            facts.add("candidate links", Text.count(dataset.instanceCount()));
        }
        facts.add("classes", classes(dataset));
        facts.add("class balance", balance(summary));
        facts.add("homophily", Double.isNaN(summary.homophily()) ? "" : Text.decimal(summary.homophily(), 3));
        dataset.splits()
                .forEach((name, split) -> facts.add(
                        "split '" + name + "'",
                        Text.count(split.train().length) + " train, " + Text.count(split.validation().length)
                                + " validation, " + Text.count(split.test().length) + " test"));
        facts.add("in-degree", summary.degrees().text());
        facts.add(
                "ground truth",
                dataset.groundTruth().isPresent()
                        ? Text.count(summary.truthEdges()) + " directed edges, " + Text.count(summary.truthNodes())
                                + " nodes"
                        : "none");
        facts.add("explained in papers", shortened(dataset.suggestedTargets()));
        facts.add("origin", dataset.info().origin());
        facts.add("citation", dataset.info().citation());
        facts.add("licence", dataset.info().licence());
        facts.add("digest", dataset.digest());
        facts.add("bundle", entry.bundle());
        for (Path picture : outcome.pictures()) {
            facts.add("picture " + DatasetPictures.name(picture), picture.toString());
        }
        facts.print(console);
        if (!entry.options().isEmpty()) {
            console.println("");
            OptionTable.print(entry.options(), console);
        }
    }

    private static String shortened(String targets) {
        int end = targets.lastIndexOf(',', MOST_TARGET_TEXT);
        return targets.length() <= MOST_TARGET_TEXT || end < 0
                ? targets
                : targets.substring(0, end) + ", ... (--json has all)";
    }

    private static String balance(DatasetSummary summary) {
        String sizes = Arrays.stream(summary.classSizes()).mapToObj(Text::count).collect(Collectors.joining(", "));
        return sizes + (summary.unlabelled() == 0 ? "" : "; " + Text.count(summary.unlabelled()) + " without a class");
    }

    private static String classes(Dataset dataset) {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < dataset.classCount(); i++) {
            numbers.add(Integer.toString(i));
        }
        String names = numbers.equals(dataset.classNames()) ? "" : " (" + String.join(", ", dataset.classNames()) + ")";
        return dataset.classCount() + names;
    }
}
