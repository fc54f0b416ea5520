package org.aitia.shell.internal.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.aitia.api.AitiaException;
import org.aitia.api.job.JobInfo;
import org.aitia.api.option.OptionSpec;
import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.Services;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.jline.reader.Candidate;
import org.jline.reader.ParsedLine;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Completes the word at the cursor: names of data sets, models, explainers, options and so on. What is wanted follows
 * from the label of the option or parameter at that place.
 *
 * <p>No {@link AitiaCommand}: it returns its result to the line reader and never fails.
 */
@Component(
        service = Function.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=__complete"})
public final class CompleteCommand implements Function {
    private final Services services;

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public CompleteCommand(@Reference Services services) {
        this.services = services;
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) throws Exception {
        if (!(session.get(".commandLine") instanceof ParsedLine line)) {
            return List.of();
        }
        List<String> words = line.words();
        Optional<CommandSpec> spec = spec(words.get(0));
        if (spec.isEmpty()) {
            return List.of();
        }
        String label = label(spec.get(), words, line.wordIndex()).orElse("");
        return switch (label) {
            case "FILE" -> session.execute("gogo:__files");
            case "DIR" -> session.execute("gogo:__directories");
            case "KEY=VALUE" -> pairs(options(spec.get().name(), words, line.wordIndex()), line.word());
            default -> values(label);
        };
    }

    private Optional<CommandSpec> spec(String word) {
        String name = word.startsWith("aitia:") ? word.substring("aitia:".length()) : word;
        return services.commands().stream()
                .filter(command ->
                        command.group() != Group.HIDDEN && command.name().equals(name))
                .map(command -> command.spec())
                .findFirst();
    }

    /** Finds out which option or parameter the word at an index belongs to. */
    static Optional<String> label(CommandSpec spec, List<String> words, int index) {
        String previous = words.get(index - 1);
        if (index >= 2 && takesValue(spec, previous)) {
            return Optional.of(spec.findOption(previous).paramLabel());
        }
        int position = 0;
        for (int i = 1; i < index; i++) {
            boolean isValue = i >= 2 && takesValue(spec, words.get(i - 1));
            if (!isValue && !words.get(i).startsWith("-")) {
                position++;
            }
        }
        List<PositionalParamSpec> parameters = spec.positionalParameters();
        return position < parameters.size()
                ? Optional.of(parameters.get(position)).map(ArgSpec::paramLabel)
                : Optional.empty();
    }

    private static boolean takesValue(CommandSpec spec, String word) {
        return word.startsWith("-")
                && spec.findOption(word) != null
                && spec.findOption(word).arity().max() > 0;
    }

    private List<String> values(String label) {
        return switch (label) {
            case "DATASET" ->
                names(() ->
                        services.datasets().list().stream().map(e -> e.info().name()));
            case "MODEL" -> names(() -> services.models().list().stream().map(m -> m.name()));
            case "EXPLAINER" ->
                names(() -> services.explanations().explainers().stream()
                        .map(e -> e.info().name()));
            case "ARCHITECTURE" ->
                names(() -> services.trainer().architectures().stream().map(a -> a.name()));
            case "TRAINED" ->
                names(() -> services.trainedExplainers().list().stream().map(t -> t.name()));
            case "METRIC" ->
                names(() ->
                        services.metrics().metrics().stream().map(m -> m.info().name()));
            case "DEVICE" -> names(() -> services.devices().devices().stream().map(d -> d.id()));
            case "JOB" ->
                names(() -> services.jobs().list().stream()
                        .filter(job -> job.state() == JobInfo.State.RUNNING)
                        .map(job -> Long.toString(job.id())));
            case "COMMAND" ->
                names(() -> services.commands().stream()
                        .filter(command -> command.group() != Group.HIDDEN)
                        .map(AitiaCommand::name));
            case "SUITE" -> names(() -> services.benchmarks().suites().stream().map(s -> s.name()));
            case "TASK" -> List.of("node", "graph", "link");
            case "TYPE" -> List.of("model", "phenomenon");
            default -> List.of();
        };
    }

    private static List<String> names(Supplier<Stream<String>> names) {
        try {
            return names.get().toList();
        } catch (AitiaException e) {
            // the service is not there, so it has no names; the command itself will say why
            return List.of();
        }
    }

    /** Returns the options that {@code -o} takes at this place. */
    private List<OptionSpec> options(String command, List<String> words, int index) {
        String option = words.get(index - 1);
        try {
            if (command.equals("dataset")) {
                return datasetOptions(words.get(1));
            }
            if (option.equals("-D") || option.equals("--dataset-option")) {
                return valueOf(words, "-d", "--dataset")
                        .map(this::datasetOptions)
                        .orElse(List.of());
            }
            return switch (command) {
                case "explain", "train-explainer" ->
                    valueOf(words, "-x", "--explainer")
                            .map(name -> services.explanations().explainer(name).options())
                            .orElse(List.of());
                case "train" -> trainingOptions(valueOf(words, "-a", "--architecture"));
                default -> List.of();
            };
        } catch (AitiaException e) {
            return List.of();
        }
    }

    private List<OptionSpec> datasetOptions(String name) {
        return services.datasets().find(name).options();
    }

    private List<OptionSpec> trainingOptions(Optional<String> architecture) {
        return Stream.concat(
                        services.trainer().architectures().stream()
                                .filter(entry ->
                                        architecture.isEmpty() || entry.name().equals(architecture.get()))
                                .flatMap(entry -> entry.options().stream()),
                        services.trainer().options().stream())
                .toList();
    }

    private static Optional<String> valueOf(List<String> words, String shortName, String longName) {
        for (int i = 1; i < words.size() - 1; i++) {
            if (words.get(i).equals(shortName) || words.get(i).equals(longName)) {
                return Optional.of(words.get(i + 1));
            }
        }
        return Optional.empty();
    }

    /** Completes the key first, then the value of a choice; the cursor stays behind the equals sign. */
    private static Collection<Candidate> pairs(List<OptionSpec> options, String word) {
        List<Candidate> candidates = new ArrayList<>();
        for (OptionSpec option : options) {
            String key = option.name() + "=";
            if (word.startsWith(key)) {
                option.choices().forEach(choice -> candidates.add(candidate(key + choice, choice, "", true)));
            } else {
                candidates.add(candidate(key, key, option.description(), false));
            }
        }
        return candidates;
    }

    private static Candidate candidate(String value, String shown, String description, boolean complete) {
        return new Candidate(value, shown, null, description.isEmpty() ? null : description, null, null, complete);
    }
}
