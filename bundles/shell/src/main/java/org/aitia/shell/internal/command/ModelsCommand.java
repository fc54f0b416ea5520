package org.aitia.shell.internal.command;

import java.util.List;
import org.aitia.api.model.StoredModel;
import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.ResultArguments;
import org.aitia.shell.internal.Services;
import org.aitia.shell.internal.console.Console;
import org.aitia.shell.internal.console.Json;
import org.aitia.shell.internal.console.Table;
import org.aitia.shell.internal.console.Text;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code models}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=models"})
public final class ModelsCommand extends AitiaCommand<ModelsCommand.Given> {

    @Command(name = "models", header = "Lists the models in the store.")
    static final class Given extends ResultArguments {}

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public ModelsCommand(@Reference Services services) {
        super(services, Group.MODELS, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        List<StoredModel> models = services().models().list();
        if (given.json()) {
            new Json().put("models", models, ModelText::json).print(console.out());
            return;
        }
        if (models.isEmpty()) {
            console.println("There are no models yet; 'train' makes one, for example: train -d ba-shapes -a gcn");
            return;
        }
        Table table =
                new Table("NAME", "DATASET", "ARCHITECTURE", "TASK", "TRAIN", "VAL", "TEST", "CREATED").right(4, 5, 6);
        for (StoredModel model : models) {
            table.row(
                    model.name(),
                    model.dataset().isEmpty() ? "-" : model.dataset(),
                    model.info().architecture(),
                    ModelText.task(model),
                    Text.percent(ModelText.metric(model, "trainAccuracy")),
                    Text.percent(ModelText.metric(model, "valAccuracy")),
                    Text.percent(ModelText.metric(model, "testAccuracy")),
                    Text.dateTime(model.created()));
        }
        table.print(console);
    }
}
