package org.aitia.shell.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.model.StoredModel;
import picocli.CommandLine.Option;

/** What commands take that are about a model and some of its instances: nodes, graphs or links. */
public abstract class InstanceArguments extends WorkArguments {
    private static final String CANDIDATES = "candidates";

    @Option(
            names = {"-m", "--model"},
            required = true,
            order = 1,
            paramLabel = "MODEL",
            description = "Model of the store.")
    public String model;

    @Option(
            names = {"-n", "--nodes"},
            order = 3,
            paramLabel = "NODES",
            description = "Nodes, for models that classify nodes.")
    String nodes;

    @Option(
            names = {"-g", "--graphs"},
            order = 4,
            paramLabel = "GRAPHS",
            description = "Graphs, for models that classify graphs.")
    String graphs;

    @Option(
            names = {"-l", "--links"},
            order = 4,
            paramLabel = "LINKS",
            description = "Links as pairs of nodes (10-33,4-7), or candidates by number (5 or 0..9), for models that"
                    + " predict links.")
    String links;

    @Option(names = "--all", order = 5, description = "Every node, graph or candidate link.")
    public boolean all;

    @Option(
            names = {"-d", "--dataset"},
            order = 6,
            paramLabel = "DATASET",
            description = "Data set; the one that the model was trained on unless given.")
    String dataset;

    @Option(
            names = {"-D", "--dataset-option"},
            order = 6,
            paramLabel = "KEY=VALUE",
            description = "Option of the data set given with -d; may be repeated.")
    List<KeyValue> datasetOptions;

    /**
     * The data with the chosen instances.
     *
     * @param dataset the data
     * @param indices the instances; empty for all
     * @param options what the data was loaded with
     */
    public record Chosen(Dataset dataset, List<Integer> indices, Map<String, String> options) {}

    /** What was typed to choose instances. */
    private record Choice(Task task, String option, String text) {}

    /**
     * Checks that the choice is one, and can be read.
     *
     * @param command name of the command, for messages
     * @throws InvalidRequestException if not exactly one choice was made, or it says nothing
     */
    public void checkChoice(String command) {
        long choices = Stream.of(nodes != null, graphs != null, links != null, all)
                .filter(b -> b)
                .count();
        if (choices != 1) {
            throw new InvalidRequestException(command
                    + (choices == 0
                            ? ": say about what: -n NODES, -g GRAPHS, -l LINKS or --all"
                            : ": -n, -g, -l and --all exclude each other; give one of them"));
        }
        if (datasetOptions != null && dataset == null) {
            throw new InvalidRequestException(
                    command + ": -D is an option of the data set given with -d; name the data set too");
        }
        choice().ifPresent(choice -> {
            if (!LinkPairs.areMeant(choice.text())) {
                Targets.parse(choice.text(), name(choice.task()));
            }
        });
    }

    private Optional<Choice> choice() {
        if (nodes != null) {
            return Optional.of(new Choice(Task.NODE, "-n", nodes));
        }
        if (graphs != null) {
            return Optional.of(new Choice(Task.GRAPH, "-g", graphs));
        }
        return Optional.ofNullable(links).map(text -> new Choice(Task.LINK, "-l", text));
    }

    private static String name(Task task) {
        return task.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static String option(Task task) {
        return switch (task) {
            case NODE -> "-n";
            case GRAPH -> "-g";
            case LINK -> "-l";
        };
    }

    /**
     * Checks that the choice fits the model.
     *
     * @param stored the model
     * @throws InvalidRequestException if nodes are chosen for a model of graphs, or the like; or there is no data set
     */
    public void checkFits(StoredModel stored) {
        Task task = stored.info().shape().task();
        choice().filter(choice -> choice.task() != task).ifPresent(choice -> {
            String does = task == Task.LINK ? "predicts links" : "classifies " + name(task) + "s";
            throw new InvalidRequestException("model '" + stored.name() + "' " + does + " of " + dataset(stored)
                    + "; choose them with " + option(task));
        });
        if (dataset == null && stored.dataset().isEmpty()) {
            throw new InvalidRequestException(
                    "model '" + stored.name() + "' was imported without a data set; say which one to use with -d");
        }
    }

    private String dataset(StoredModel stored) {
        return dataset == null ? stored.dataset() : dataset;
    }

    /**
     * Returns the data set given.
     *
     * @return its name, if it was given
     */
    public Optional<String> givenDataset() {
        return Optional.ofNullable(dataset);
    }

    /**
     * Returns the options of the data set given.
     *
     * @return as typed
     */
    public Map<String, String> givenDatasetOptions() {
        return KeyValue.map(datasetOptions);
    }

    /**
     * Tells whether a single instance was chosen.
     *
     * @return true for {@code -n 5} and the like
     */
    public boolean isSingle() {
        return choice().map(choice -> LinkPairs.areMeant(choice.text())
                        ? LinkPairs.parse(choice.text()).pairs().size() == 1
                        : Targets.parse(choice.text(), name(choice.task())).isSingle())
                .orElse(false);
    }

    /**
     * Says what was chosen.
     *
     * @return for lists of jobs
     */
    public String choiceText() {
        return choice().map(choice -> name(choice.task()) + "s " + choice.text())
                .orElse("all");
    }

    /**
     * Loads the data and finds the chosen instances in it. Links that are no candidates of the data set become ones.
     *
     * @param stored the model
     * @param datasets the registry
     * @param monitor told of progress
     * @return both
     */
    public Chosen load(StoredModel stored, Datasets datasets, TaskMonitor monitor) {
        String name = dataset(stored);
        Map<String, String> options = dataset == null ? stored.datasetOptions() : givenDatasetOptions();
        Dataset data = datasets.load(name, options, monitor);
        if (choice().isEmpty()) {
            return new Chosen(data, List.of(), options);
        }
        Choice choice = choice().get();
        if (!LinkPairs.areMeant(choice.text())) {
            Targets targets = Targets.parse(choice.text(), name(choice.task()));
            return new Chosen(data, targets.indices(data.instanceCount(), name), options);
        }
        LinkPairs pairs = LinkPairs.parse(choice.text());
        pairs.check(data);
        Optional<List<Integer>> indices = pairs.indices(data);
        if (indices.isEmpty()) {
            Map<String, String> more = new LinkedHashMap<>(options);
            more.merge(CANDIDATES, pairs.toString(), (before, now) -> before + "," + now);
            options = more;
            data = datasets.load(name, more, monitor);
            indices = pairs.indices(data);
        }
        return new Chosen(
                data,
                indices.orElseThrow(() -> new InvalidRequestException(
                        "data set '" + name + "' has no candidate links " + pairs + "; choose others")),
                options);
    }
}
