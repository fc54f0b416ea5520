package org.aitia.bench.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.bench.BenchResult.Table;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.Row;
import org.aitia.api.explain.ExplanationType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs with the services of the product. */
class BenchServiceTest {
    @TempDir
    private Path directory;

    private World world;

    @BeforeEach
    void wire() {
        world = new World(directory.resolve("home"));
    }

    private Path out(String name) {
        return directory.resolve(name);
    }

    /** Everything but times and memory. */
    static List<String> numbers(BenchResult result) {
        return result.tables().stream()
                .flatMap(table -> table.comparison().cells().stream()
                        .flatMap(cell -> cell.values().stream()
                                .filter(value ->
                                        !List.of(Column.SECONDS, Column.MEMORY).contains(value.column()))
                                .map(value -> table.study() + " " + table.dataset() + " " + table.model() + " "
                                        + table.type() + " " + cell.row() + " " + cell.seed() + " " + value.column()
                                        + " " + value.value() + " " + Arrays.toString(value.perTarget()) + " "
                                        + value.reason())))
                .toList();
    }

    @Test
    void aSuiteRunsToItsEnd() {
        BenchResult result = world.run(World.SMALL, out("one"));

        assertThat(result.failures()).isEmpty();
        assertThat(result.cells()).isEqualTo(10); // 2 types x (2 + 1 + 2)
        assertThat(result.reused()).isZero();
        assertThat(result.tables())
                .extracting(Table::type)
                .containsExactly(ExplanationType.PHENOMENON, ExplanationType.MODEL);
        Table table = result.tables().get(0);
        assertThat(table.comparison().rows()).extracting(Row::label).containsExactly("gnn", "degree", "random");
        assertThat(table.comparison().columns())
                .extracting(Column::name)
                .containsExactly(
                        "roc-auc", "fidelity-plus[elements=edges]", Column.SECONDS, Column.CALLS, Column.MEMORY);
        Row gnn = table.comparison().row("gnn");
        assertThat(gnn.score("roc-auc").overSeeds().count()).isEqualTo(2);
        assertThat(gnn.score("roc-auc").lift("random").difference().isPresent()).isTrue();
        assertThat(gnn.score(Column.MEMORY).overSeeds().count()).isEqualTo(1);
        assertThat(table.comparison().setting().targets()).containsExactly(400, 405, 410, 415, 420);
        assertThat(result.models()).singleElement().satisfies(model -> {
            assertThat(model.stored().name()).isEqualTo("small-house-gcn");
            assertThat(model.stored().metrics()).containsKey("testAccuracy");
        });
        assertThat(result.computed()).isPositive();
        assertThat(table.examples()).hasSize(3).allSatisfy(example -> {
            assertThat(world.services.explanationFiles().read(example.file()).explanations())
                    .extracting(explanation -> explanation.target().id())
                    .containsExactly(405, 410);
        });
        assertThat(Files.exists(out("one").resolve(Journal.FILE))).isTrue();
        assertThat(result.files()).containsExactly(out("one").resolve("report.md"));
    }

    @Test
    void theSameSuiteGivesTheSameNumbers() {
        BenchResult first = world.run(World.SMALL, out("one"));
        BenchResult second = new World(directory.resolve("other")).run(World.SMALL, out("two"));

        assertThat(numbers(second)).isNotEmpty().isEqualTo(numbers(first));
    }
}
