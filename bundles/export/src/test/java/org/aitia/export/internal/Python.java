package org.aitia.export.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Python as the reader of what was written, on machines that have it. */
final class Python {
    private Python() {}

    /** Runs a script that begins with an import and prints; skips the test where the import fails. */
    static List<String> run(Path directory, String module, String file, byte[] contents, String... script)
            throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                run(directory, "import " + module) == 0, () -> "there is no Python with " + module + " here");
        Files.write(directory.resolve(file), contents);
        int status = run(directory, "import " + module + "\n" + String.join("\n", script));
        String errors = Files.readString(directory.resolve("err"));
        assertThat(status).as(errors).isZero();
        return Arrays.asList(Files.readString(directory.resolve("out"), StandardCharsets.UTF_8)
                .split("\n"));
    }

    private static int run(Path directory, String script) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("script.py"), script);
        try {
            Process python = new ProcessBuilder("python3", "script.py")
                    .directory(directory.toFile())
                    .redirectOutput(directory.resolve("out").toFile())
                    .redirectError(directory.resolve("err").toFile())
                    .start();
            if (!python.waitFor(2, TimeUnit.MINUTES)) {
                python.destroyForcibly();
                return -1;
            }
            return python.exitValue();
        } catch (IOException e) {
            return -1; // there is no Python
        }
    }
}
