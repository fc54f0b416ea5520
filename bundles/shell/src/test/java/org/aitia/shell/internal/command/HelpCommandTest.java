package org.aitia.shell.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.TestShell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelpCommandTest {
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

    @Test
    void helpListsEveryCommandInItsGroup() {
        String help = shell.ok("help");
        assertThat(help)
                .startsWith("Aitia 1.2.3 explains the predictions of graph neural networks.\n")
                .containsSubsequence("\nData\n", "\nModels\n", "\nExplanations\n", "\nSystem\n", "\nTo begin with\n");
        for (AitiaCommand<?> command : shell.commands) {
            if (command.group() != Group.HIDDEN) {
                assertThat(help).containsPattern("\n  " + command.name() + "[ \n]");
            }
        }
        assertThat(help)
                .containsPattern("  dataset DATASET +Shows one data set")
                .doesNotContain("__start");
    }

    @Test
    void helpOfWhatDoesNotExistSuggests() {
        assertThat(shell.error("help trian"))
                .isEqualTo("aitia: unknown command 'trian'; did you mean 'train' or 'train-explainer'?");
    }

    @Test
    void unknownCommandsAreAnsweredWithTheNearest() {
        assertThat(shell.error("explian -m x --all"))
                .startsWith("aitia: unknown command 'explian'; did you mean 'explain'")
                .endsWith("? 'help' lists the commands");
        assertThat(shell.error("zzz")).isEqualTo("aitia: unknown command 'zzz'; 'help' lists the commands");
    }

    @Test
    void exitLeavesTheShellButNotAScript() {
        assertThat(shell.error("exit"))
                .isEqualTo("aitia: exit: there is no interactive shell to leave; a script ends by itself");
        assertThat(shell.exited).isFalse();
        shell.properties.put("aitia.mode", "shell");
        shell.ok("exit");
        assertThat(shell.exited).isTrue();
    }
}
