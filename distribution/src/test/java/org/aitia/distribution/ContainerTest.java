package org.aitia.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aitia.testkit.container.Aitia;
import org.aitia.testkit.container.AitiaContainer;
import org.aitia.testkit.container.AitiaSession;
import org.aitia.testkit.container.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The launcher as a user meets it. Every installation here has a space in its path. */
@AitiaContainer
class ContainerTest {

    @Test
    void printsItsVersion(Aitia aitia) {
        assertThat(aitia.launch("--version").succeeded().out()).startsWith("Aitia 0.");
    }

    @Test
    void everyBundleStarts(Aitia aitia) {
        Outcome bundles = aitia.run("lb -s").succeeded();
        assertThat(bundles.err()).isEmpty();
        // The terminal's bundle starts with the interactive shell only.
        List<String> lines = bundles.outLines().stream()
                .filter(line -> line.contains("|") && !line.contains("gogo.jline") && !line.contains("|State"))
                .toList();
        assertThat(lines).hasSizeGreaterThan(20).allMatch(line -> line.contains("|Active "));
    }

    @Test
    void refusesAnUnknownOptionAndAnUnknownCommand(Aitia aitia) {
        Outcome option = aitia.launch("--bogus");
        assertThat(option.failedWithOneLine()).isEqualTo("aitia: unknown option '--bogus'; try 'aitia --help'");
        assertThat(option.status()).isEqualTo(2);
        Outcome command = aitia.run("bogus");
        assertThat(command.failedWithOneLine()).isEqualTo("aitia: unknown command 'bogus'; 'help' lists the commands");
        assertThat(command.status()).isEqualTo(1);
        assertThat(command.out()).isEmpty();
    }

    @Test
    void runsAScriptUpToTheFirstFailure(Aitia aitia) throws IOException {
        Files.writeString(aitia.directory().resolve("script.txt"), """
                # a comment
                echo first # another

                each [1 2] {
                  echo $it
                }
                echo one two \\
                  three | wc -w
                bogus
                echo never
                """);
        Outcome outcome = aitia.launch("-f", "script.txt");
        assertThat(outcome.failedWithOneLine()).contains("unknown command 'bogus'");
        assertThat(outcome.outLines()).containsExactly("first", "1", "2", "3");
    }

    @Test
    void settingsComeFromFileEnvironmentAndCommandLineInThisOrder(Aitia aitia) throws IOException {
        Files.writeString(
                aitia.home().resolve("etc/custom.properties"),
                "aitia.test.a=file\naitia.test.b=file\naitia.test.c=file");
        aitia.environment("AITIA_TEST_B", "environment").environment("AITIA_TEST_C", "environment");
        String show = "echo ($.context getProperty aitia.test.a) ($.context getProperty aitia.test.b)"
                + " ($.context getProperty aitia.test.c)";
        assertThat(aitia.launch("-Daitia.test.c=option", "-c", show).succeeded().outLines())
                .containsExactly("file environment option");
    }

    @Test
    void telemetryAndDownloadsAreOff(Aitia aitia) {
        String show = "s = (($.context getClass) getClassLoader) loadClass java.lang.System;"
                + " echo ($s getenv OPT_OUT_TRACKING) ($s getenv DJL_OFFLINE)";
        assertThat(aitia.run(show).succeeded().outLines()).containsExactly("true true");
    }

    @Test
    void aReadOnlyInstallationWritesToItsDataDirectoryOnly(Aitia aitia) throws IOException {
        Path data = aitia.directory().resolve("my data");
        aitia.environment("AITIA_DATA", data.toString());
        aitia.run("lb").succeeded();
        assertThat(aitia.home().resolve("data")).doesNotExist();
        assertThat(data.resolve("log/aitia.log")).exists();
        assertThat(data.resolve("cache")).isEmptyDirectory();
    }

    @Test
    void twoContainersShareADataDirectory(Aitia aitia) {
        try (AitiaSession first = aitia.open();
                AitiaSession second = aitia.open()) {
            assertThat(first.run("echo one").succeeded().outLines()).containsExactly("one");
            assertThat(second.run("echo two").succeeded().outLines()).containsExactly("two");
        }
        assertThat(aitia.data().resolve("cache")).isEmptyDirectory();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM")
    void stopsCleanlyWhenTerminated(Aitia aitia) throws InterruptedException {
        AitiaSession session = aitia.open();
        session.process().destroy(); // SIGTERM
        assertThat(session.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(session.process().exitValue()).isEqualTo(143);
        assertThat(aitia.data().resolve("cache")).isEmptyDirectory();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no kill command")
    void stopsCleanlyWhenInterruptedInTheMiddleOfACommand(Aitia aitia) throws Exception {
        Process process = aitia.start("-c", "echo started; sleep 60");
        assertThat(process.inputReader().readLine()).isEqualTo("started");
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(aitia.data().resolve("cache")).isEmptyDirectory();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM")
    void cancelsLongWorkWhenTerminated(Aitia aitia) throws Exception {
        aitia.run("train -d karate -a gcn -n club --epochs 5 -q").succeeded();
        Path out = aitia.directory().resolve("never.json");
        Process process = aitia.start("-c", "explain -m club -x gnnexplainer --all -o epochs=1000000 --out " + out);
        assertThat(process.errorReader().lines().anyMatch(line -> line.startsWith("explaining")))
                .isTrue();
        process.toHandle().destroy(); // SIGTERM, without closing the streams
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(out).doesNotExist();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows starts aitia.bat")
    void startsThroughASymbolicLink(Aitia aitia) throws Exception {
        Path link = Files.createSymbolicLink(
                aitia.directory().resolve("link to aitia"), aitia.home().resolve("bin/aitia"));
        Process process = new ProcessBuilder(link.toString(), "--version").start();
        assertThat(aitia.await(process).succeeded().out()).startsWith("Aitia ");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the fake Java is a shell script")
    void saysWhichJavaItNeeds(Aitia aitia) throws IOException {
        Path java = Files.createDirectories(aitia.directory().resolve("old java/bin"));
        Path program = Files.writeString(java.resolve("java"), "#!/bin/sh\nexit 1\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Files.writeString(java.resolveSibling("release"), "JAVA_VERSION=\"11.0.2\"\n");
        aitia.environment("JAVA_HOME", java.getParent().toString());
        assertThat(aitia.launch("--version").failedWithOneLine())
                .contains("Java 17 or newer is needed")
                .contains("11.0.2");
    }
}
