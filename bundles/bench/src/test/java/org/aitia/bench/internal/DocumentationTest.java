package org.aitia.bench.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.compare.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentationTest {
    private static final Path TEXT = Path.of("../../framework/docs/benchmarking.md");

    @Test
    void theSuiteInTheDocumentationRunsAsItStands(@TempDir Path directory) throws IOException {
        Matcher block = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(TEXT));
        assertThat(block.find()).isTrue();

        BenchResult result = new World(directory.resolve("home")).run(block.group(1), directory.resolve("out"));

        assertThat(result.failures()).isEmpty();
        assertThat(result.tables())
                .singleElement()
                .satisfies(table -> assertThat(table.comparison().rows())
                        .extracting(Row::label)
                        .containsExactly("gnnexplainer", "gnnexplainer-tuned", "degree", "random"));
        assertThat(result.choices()).hasSize(1);
        assertThat(result.goals())
                .singleElement()
                .satisfies(goal -> assertThat(goal.met()).isTrue());
    }
}
