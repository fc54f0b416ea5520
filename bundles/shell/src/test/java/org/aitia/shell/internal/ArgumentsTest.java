package org.aitia.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.AitiaException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.model.TrainingRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
    @TempDir
    Path directory;

    private TestShell shell;

    @BeforeEach
    void open() {
        shell = new TestShell(directory);
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train -d chain -a gcn --epoch 5 | train: unknown option '--epoch'; did you mean '--epochs'? (see 'train"
                        + " --help')",
                "train -d chain -a gcn --lr | train: option '--lr' needs a value: X (see 'train --help')",
                "train -d chain -a gcn --lr fast | train: option '--lr' takes a number, not 'fast' (see 'train --help')",
                "train -d chain -a gcn --epochs 1.5 | train: option '--epochs' takes a whole number, not '1.5' (see 'train"
                        + " --help')",
                "train -d chain -a gcn --seed 1 --seed 2 | train: option '--seed' is given twice (see 'train --help')",
                "train -d chain -a gcn quickly | train: unexpected argument 'quickly' (see 'train --help')",
                "train | train: '--dataset DATASET' and '--architecture ARCHITECTURE' are missing (see 'train --help')",
                "train -d chain | train: '--architecture ARCHITECTURE' is missing (see 'train --help')",
                "train -d chain -a gcn -o epochs | train: option '--option' takes key=value, not 'epochs' (see 'train"
                        + " --help')",
                "train -d chain -a gcn -o a=1 -o a=2 | option 'a' is given twice, as 1 and as 2; give it once",
                "train -d chain -a gcn --lr 1 -o lr=2 | option 'lr' is given twice, as 2 and as 1.0; give it once",
                "dataset | dataset: DATASET is missing (see 'dataset --help')",
                "dataset --jsn | dataset: unknown option '--jsn'; did you mean '--json'? (see 'dataset --help')",
                "train -d chain --arch=gcn | train: unknown option '--arch'; did you mean '--architecture'?"
                        + " (see 'train --help')",
                "cancel soon | cancel: JOB takes a whole number, not 'soon' (see 'cancel --help')",
                "explain -m chain-gcn -x gnnexplainer --all --type why | explain: option '--type' takes model or"
                        + " phenomenon, not 'why' (see 'explain --help')",
                "datasets --jsn | datasets: unknown option '--jsn'; did you mean '--json'? (see 'datasets --help')"
            })
    void mistakesAreOneLineThatNamesTheCommand(String line, String message) {
        assertThat(shell.error(line)).isEqualTo("aitia: " + message);
    }

    @Test
    void failuresAreOfTheFamilyOfTheApi() {
        Exception failure = shell.run("train").failure().orElseThrow();
        assertThat(failure).isInstanceOf(AitiaException.class).hasCauseInstanceOf(InvalidRequestException.class);
        assertThat(failure.getMessage()).startsWith("train: ");
    }

    @Test
    void optionsReachTheTrainer() {
        shell.ok("train -d chain -a gcn -n mine --epochs 5 --hidden 8 --layers 3 --lr 0.1 --seed 4 -o concat=true"
                + " --option=x=y=z -D seed=9 --device cpu -q");
        assertThat(shell.world.trainings)
                .containsExactly(new TrainingRequest(
                        "chain",
                        Map.of("seed", "9"),
                        "gcn",
                        Optional.of("mine"),
                        Map.of("concat", "true", "x", "y=z", "epochs", "5", "hidden", "8", "layers", "3", "lr", "0.1"),
                        4,
                        Optional.of("cpu")));
    }

    @Test
    void whatIsNotGivenIsLeftToTheTrainer() {
        shell.ok("train -d chain -a gcn");
        assertThat(shell.world.trainings)
                .containsExactly(
                        new TrainingRequest("chain", Map.of(), "gcn", Optional.empty(), Map.of(), 0, Optional.empty()));
    }

    @Test
    void argumentsMayBeObjectsOfTheShell() {
        shell.session().put("which", List.of("chain").get(0));
        assertThat(shell.ok("dataset $which")).startsWith("chain: Six people\n");
    }

    @Test
    void everyCommandHasUsageThatNamesAllItsOptions() {
        for (AitiaCommand<?> command : shell.commands) {
            if (command.group() == Group.HIDDEN) {
                continue;
            }
            String usage = shell.ok(command.name() + " --help");
            assertThat(usage).startsWith(command.spec().usageMessage().header()[0]);
            assertThat(usage).contains("Usage: " + command.name());
            command.spec().options().forEach(option -> {
                assertThat(usage).contains(option.longestName());
                assertThat(option.description()).as(option.longestName()).isNotEmpty();
            });
            assertThat(usage.lines()).allMatch(line -> line.length() <= 100, "fits the console");
        }
    }

    @Test
    void helpShowsTheSameUsage() {
        assertThat(shell.ok("help train")).isEqualTo(shell.ok("train --help"));
        assertThat(shell.ok("help aitia:train")).isEqualTo(shell.ok("train -h"));
    }
}
