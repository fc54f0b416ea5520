package org.aitia.shell.internal.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.dataset.Datasets.DatasetEntry;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.dataset.Split;
import org.aitia.api.graph.Graph;
import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.KeyValue;
import org.aitia.shell.internal.Services;
import org.aitia.shell.internal.WorkArguments;
import org.aitia.shell.internal.WorkCommand;
import org.aitia.shell.internal.console.Console;
import org.aitia.shell.internal.console.Json;
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
            footer = {"", "Examples:", "  dataset cora", "  dataset ba-shapes -o seed=3 --json"})
    static final class Given extends WorkArguments {
        @Parameters(paramLabel = "DATASET", description = "Name of a data set, as 'datasets' lists it.")
        String name;

        @Option(
                names = {"-o", "--option"},
                paramLabel = "KEY=VALUE",
                description = "Option of the data set; may be repeated. Without it, the output lists what there is.")
        List<KeyValue> options;
    }

    /** What is counted: the same numbers for people and for scripts. */
    private record Summary(
            long nodes, long edges, boolean undirected, Degrees degrees, long truthEdges, long truthNodes) {
        static Summary of(Dataset dataset) {
            long nodes = 0;
            long edges = 0;
            boolean undirected = true;
            for (Graph graph : dataset.graphs()) {
                nodes += graph.nodeCount();
                edges += graph.edgeCount();
                undirected &= graph.isUndirected();
            }
            long truthEdges = 0;
            long truthNodes = 0;
            for (int g = 0;
                    dataset.groundTruth().isPresent() && g < dataset.graphs().size();
                    g++) {
                GroundTruth truth = dataset.groundTruth().get();
                truthEdges += truth.edges(g).cardinality();
                truthNodes += truth.nodes(g).cardinality();
            }
            return new Summary(nodes, edges, undirected, Degrees.of(dataset.graphs()), truthEdges, truthNodes);
        }
    }

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
        Dataset dataset = work(given, console, given.name, monitor -> datasets.load(given.name, options, monitor));
        Summary summary = Summary.of(dataset);
        if (given.json()) {
            json(dataset, summary, entry).print(console.out());
        } else {
            print(dataset, summary, entry, console);
        }
    }

    private static Json json(Dataset dataset, Summary summary, DatasetEntry entry) {
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
                .put("undirected", summary.undirected())
                .put("degree", summary.degrees().json())
                .put("splits", splits)
                .put("groundTruth", truth)
                .put("suggestedTargets", dataset.suggestedTargets())
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

    private static void print(Dataset dataset, Summary summary, DatasetEntry entry, Console console) {
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
        facts.add("features", Text.count(dataset.featureCount()));
        facts.add("classes", classes(dataset));
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
        facts.add("explained in papers", dataset.suggestedTargets());
        facts.add("origin", dataset.info().origin());
        facts.add("citation", dataset.info().citation());
        facts.add("licence", dataset.info().licence());
        facts.add("digest", dataset.digest());
        facts.add("bundle", entry.bundle());
        facts.print(console);
        if (!entry.options().isEmpty()) {
            console.println("");
            OptionTable.print(entry.options(), console);
        }
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
