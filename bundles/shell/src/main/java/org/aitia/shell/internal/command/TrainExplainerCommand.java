package org.aitia.shell.internal.command;

import org.aitia.api.dataset.Datasets;
import org.aitia.api.explain.Explanations;
import org.aitia.api.explain.TrainedExplainer;
import org.aitia.api.explain.TrainedExplainers;
import org.aitia.api.model.StoredModel;
import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.ExplainerArguments;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.Services;
import org.aitia.shell.internal.WorkCommand;
import org.aitia.shell.internal.console.Console;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code train-explainer}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=train-explainer"})
public final class TrainExplainerCommand extends WorkCommand<TrainExplainerCommand.Given> {

    @Command(
            name = "train-explainer",
            header = "Trains an explainer that learns, such as PGExplainer, and stores it.",
            description = {
                "It learns from the given targets and then explains any other: 'explain --trained NAME'. It belongs to"
                        + " the weights of the model; when the model is trained again, so must be the explainer."
            },
            sortOptions = false,
            footer = {
                "",
                "Examples:",
                "  train-explainer -m shapes -x pgexplainer -n 400..699:5 -o epochs=30",
                "  explain -m shapes -x pgexplainer --trained shapes-pgexplainer -n 402"
            })
    static final class Given extends ExplainerArguments {
        @Option(
                names = "--name",
                order = 9,
                paramLabel = "NAME",
                description = "Name to store it under; MODEL-EXPLAINER unless given.")
        String name = "";
    }

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public TrainExplainerCommand(@Reference Services services) {
        super(services, Group.EXPLANATIONS, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        given.check(name());
        TrainedExplainers trained = services().trainedExplainers();
        Explanations explanations = services().explanations();
        Datasets datasets = services().datasets();
        StoredModel model = services().models().find(given.model);
        explanations.explainer(given.explainer);
        given.checkFits(model);
        String description = given.explainer + " on " + given.model + ", " + given.choiceText();
        TrainedExplainer result = work(
                given,
                console,
                description,
                monitor ->
                        trained.train(given.name, given.request(given.load(model, datasets, monitor), model), monitor));
        if (given.json()) {
            TrainedExplainerText.json(result).print(console.out());
        } else {
            console.println("Trained " + result.explainer() + " for model " + result.model() + " and stored it as "
                    + result.name() + ".");
            TrainedExplainerText.facts(result).print(console);
        }
    }
}
