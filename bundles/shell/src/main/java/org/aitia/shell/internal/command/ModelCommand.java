package org.aitia.shell.internal.command;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.aitia.api.model.StoredModel;
import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.ResultArguments;
import org.aitia.shell.internal.Services;
import org.aitia.shell.internal.console.Console;
import org.aitia.shell.internal.console.Text;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code model}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=model"})
public final class ModelCommand extends AitiaCommand<ModelCommand.Given> {

    @Command(name = "model", header = "Shows one model of the store: options, metrics, where it comes from.")
    static final class Given extends ResultArguments {
        @Parameters(paramLabel = "MODEL", description = "Name of a model, as 'models' lists it.")
        String name;
    }

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public ModelCommand(@Reference Services services) {
        super(services, Group.MODELS, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        StoredModel model = services().models().find(given.name);
        if (given.json()) {
            ModelText.json(model).print(console.out());
            return;
        }
        console.println(model.name() + ": " + model.info().architecture()
                + (model.dataset().isEmpty() ? "" : " on " + model.dataset()));
        new Facts()
                .add("accuracy", ModelText.accuracies(model))
                .add("training", ModelText.training(model))
                .add("task", ModelText.task(model))
                .add("features", Text.count(model.info().shape().inputFeatures()))
                .add("classes", Text.count(model.info().shape().classes()))
                .add("receptive field", model.info().hops() + " hops")
                .add(
                        "edge masks",
                        model.info().edgeMasks().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .add("explanations", String.join(" ", model.info().notes()))
                .add("options", text(model.info().options()))
                .add("training options", text(model.trainingOptions()))
                .add("seed", Long.toString(model.seed()))
                .add("data set options", text(model.datasetOptions()))
                .add("data set digest", model.datasetDigest())
                .add("weights digest", model.weightsDigest())
                .add("created", Text.dateTime(model.created()))
                .add("libraries", text(model.libraries()))
                .print(console);
    }

    private static String text(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }
}
