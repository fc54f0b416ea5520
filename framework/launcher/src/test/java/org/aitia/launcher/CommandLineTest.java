package org.aitia.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    @ParameterizedTest
    @CsvSource({"--help,HELP", "-h,HELP", "--version,VERSION", "--pipe,PIPE", "-Dx=y,SHELL"})
    void theModeFollowsFromTheOptions(String option, CommandLine.Mode mode) {
        assertThat(CommandLine.parse(option).mode()).isEqualTo(mode);
        assertThat(CommandLine.parse().mode()).isEqualTo(CommandLine.Mode.SHELL);
    }

    @Test
    void scriptsKeepTheirOrder() {
        CommandLine commandLine = CommandLine.parse("-c", "a; b", "-f", "x.txt", "-c", "-D");
        assertThat(commandLine.mode()).isEqualTo(CommandLine.Mode.SCRIPT);
        assertThat(commandLine.sources())
                .containsExactly(
                        new CommandLine.Source(Optional.of("a; b"), Optional.empty()),
                        new CommandLine.Source(Optional.empty(), Optional.of(Path.of("x.txt"))),
                        new CommandLine.Source(Optional.of("-D"), Optional.empty()));
    }

    @Test
    void propertiesMayHaveNoValueAndSeveralEqualsSigns() {
        assertThat(CommandLine.parse("-Da=b=c", "-Dflag").properties()).isEqualTo(Map.of("a", "b=c", "flag", "true"));
    }

    @ParameterizedTest
    @CsvSource({
        "--bogus, unknown option '--bogus'; try 'aitia --help'",
        "-D, unknown option '-D'; try 'aitia --help'",
        "demo, unexpected argument 'demo'; commands follow -c in one argument; try 'aitia --help'",
        "-c, option '-c' needs commands",
        "-f, option '-f' needs a file"
    })
    void wrongUsageIsExplained(String option, String message) {
        assertThatThrownBy(() -> CommandLine.parse(option))
                .isInstanceOfSatisfying(
                        LaunchException.class, e -> assertThat(e.status()).isEqualTo(LaunchException.USAGE))
                .hasMessage(message);
    }
}
