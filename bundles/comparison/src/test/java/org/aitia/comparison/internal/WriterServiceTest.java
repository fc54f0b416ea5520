package org.aitia.comparison.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aitia.api.DataFormatException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.StorageException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Sweep;
import org.aitia.api.render.Chart;
import org.aitia.api.render.ChartRenderer;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriterServiceTest {
    private static final RecursiveComparisonConfiguration NAN_IS_NAN = RecursiveComparisonConfiguration.builder()
            .withComparatorForType(Double::compare, Double.class)
            .build();

    private final WriterService writer = new WriterService();

    private String written(Comparison comparison, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(comparison, format, out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private String written(Sweep sweep, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(sweep, format, out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = WriterServiceTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"txt", "md", "csv"})
    void comparisonsReadLikeThis(String format) throws IOException {
        assertThat(written(Results.comparison(), format)).isEqualTo(resource("comparison." + format));
    }

    @Test
    void ofManyTestsThoseAreListedThatTellSomething() {
        String text = written(Results.withManyTests(), "txt");
        assertThat(text).contains("1 of 22 tests are listed: pairs without baseline that differ;");
        assertThat(text.lines().filter(line -> line.contains("Wilcoxon")))
                .singleElement()
                .asString()
                .contains("0.002");
        assertThat(written(Results.withManyTests(), "csv").lines().filter(line -> line.contains("0.001")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"txt", "md", "csv"})
    void sweepsReadLikeThis(String format) throws IOException {
        assertThat(written(Results.sweep(), format)).isEqualTo(resource("sweep." + format));
    }

    @Test
    void jsonHoldsEverything() {
        String comparison = written(Results.comparison(), "json");
        String sweep = written(Results.sweep(), "json");

        assertThat(ResultJson.read(comparison).comparison())
                .usingRecursiveComparison(NAN_IS_NAN)
                .isEqualTo(Results.comparison());
        assertThat(ResultJson.read(sweep).sweep())
                .usingRecursiveComparison(NAN_IS_NAN)
                .isEqualTo(Results.sweep());
        assertThat(ResultJson.read(sweep).kind()).isEqualTo("sweep");
    }

    @Test
    void jsonOfWhatServicesReturnIsReadAsItWas() {
        World world = new World();
        Comparison comparison = new ComparisonService(world, world, List.of(World.ARCHITECTURE))
                .compare(
                        org.aitia.api.compare.CompareRequest.of(
                                        org.aitia.api.compare.Subject.of("m", World.TARGETS),
                                        List.of(
                                                org.aitia.api.compare.Contestant.of("learner"),
                                                org.aitia.api.compare.Contestant.of("moody")))
                                .withRandomised(true),
                        TaskMonitor.NONE);

        String text = written(comparison, "json");

        assertThat(ResultJson.read(text).comparison())
                .usingRecursiveComparison(NAN_IS_NAN)
                .isEqualTo(comparison);
        assertThat(written(ResultJson.read(text).comparison(), "json")).isEqualTo(text);
    }

    @Test
    void aComparisonIsReadAsItWasWritten() {
        String json = written(Results.comparison(), "json");

        assertThat(writer.read(json)).isEqualTo(Results.comparison());
    }

    @Test
    void whatIsNoComparisonIsNotReadAsOne() {
        assertThatThrownBy(() -> writer.read(written(Results.sweep(), "json")))
                .isInstanceOf(DataFormatException.class)
                .hasMessage("a comparison cannot be read: it should be of kind 'comparison' and is of 'sweep'; write it"
                        + " with the format json");
        assertThatThrownBy(() -> writer.read("")).hasMessageContaining("is of nothing");
        assertThatThrownBy(() -> writer.read("{\"kind\": "))
                .isInstanceOf(DataFormatException.class)
                .hasMessageStartingWith("a comparison cannot be read: ");
        assertThatThrownBy(() -> writer.read("{\"kind\": \"comparison\", \"version\": 1, \"comparison\": {}}"))
                .isInstanceOf(DataFormatException.class)
                .hasMessage("a comparison cannot be read: something of it is missing or not what it should be");
        assertThatThrownBy(() -> writer.read(
                        written(Results.comparison(), "json").replace("\"version\": 1,", "\"version\": 9,")))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("version 9 of the format");
    }

    @Test
    void jsonIsStrictSoThatNumbersThatAreNoneAreNull() {
        JsonObject json =
                JsonParser.parseString(written(Results.comparison(), "json")).getAsJsonObject();

        assertThat(json.keySet()).containsExactly("kind", "version", "comparison");
        assertThat(json.getAsJsonObject("comparison")
                        .getAsJsonArray("rows")
                        .get(1)
                        .getAsJsonObject()
                        .getAsJsonArray("scores")
                        .get(0)
                        .getAsJsonObject()
                        .getAsJsonObject("overSeeds")
                        .get("mean")
                        .isJsonNull())
                .isTrue();
        assertThat(written(Results.comparison(), "json")).doesNotContain("NaN");
    }

    @Test
    void csvHoldsNumbersAtFullPrecision() throws IOException {
        List<NamedCsvRecord> records = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> reader =
                CsvReader.builder().ofNamedCsvRecord(written(Results.comparison(), "csv"))) {
            reader.forEach(records::add);
        }

        assertThat(records.stream()
                        .filter(record -> record.getField("level").equals("lift"))
                        .map(record -> Double.valueOf(record.getField("low"))))
                .containsExactly(-0.25 - 0.021);
        assertThat(records.stream()
                        .filter(record -> record.getField("level").equals("target")
                                && record.getField("row").equals("gnn")
                                && record.getField("seed").equals("1"))
                        .map(record -> record.getField("value")))
                .containsExactly("0.12", "", "0.13");
        assertThat(records.stream().filter(record -> record.getField("row").equals("ig")))
                .allSatisfy(record ->
                        assertThat(record.getField("reason")).isIn("model 'shapes' has no gradients, \"sorry\"", ""));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void filesHaveThePermissionsThatFilesOfTheUserHave(@TempDir Path directory) throws IOException {
        Path usual = Files.createFile(directory.resolve("usual"));
        Path table = directory.resolve("a.csv");
        writer.write(Results.comparison(), table);
        assertThat(Files.getPosixFilePermissions(table)).isEqualTo(Files.getPosixFilePermissions(usual));
    }

    @Test
    void filesTakeTheirFormatFromTheirExtension(@TempDir Path directory) throws IOException {
        writer.write(Results.comparison(), directory.resolve("a.MD"));
        writer.write(Results.sweep(), directory.resolve("b.json"));

        assertThat(directory.resolve("a.MD")).hasContent(written(Results.comparison(), "md"));
        assertThat(directory.resolve("b.json")).hasContent(written(Results.sweep(), "json"));
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void unknownFormatsAndMissingDirectoriesAreNamed(@TempDir Path directory) {
        Path picture = directory.resolve("a.xls");
        Path nowhere = directory.resolve("none").resolve("a.csv");

        assertThatThrownBy(() -> writer.write(Results.comparison(), picture))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("xls")
                .hasMessageContaining("csv, json, md, txt");
        assertThatThrownBy(() -> writer.write(Results.sweep(), nowhere))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("cannot write " + nowhere + ": there is no such directory");
        assertThat(picture).doesNotExist();
    }

    @Test
    void chartsAreWrittenWhereSomethingDrawsThem() throws IOException {
        List<Chart> drawn = new ArrayList<>();
        WriterService drawing = new WriterService(new ChartRenderer() {
            @Override
            public List<String> formats() {
                return List.of("svg");
            }

            @Override
            public void render(Chart chart, String format, OutputStream out) throws IOException {
                drawn.add(chart);
                out.write(format.getBytes(StandardCharsets.UTF_8));
            }
        });
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        drawing.write(Results.comparison(), "svg", out);
        drawing.write(Results.sweep(), "svg", out);

        assertThat(drawing.formats()).containsExactly("txt", "md", "csv", "json", "svg");
        assertThat(writer.formats()).containsExactly("txt", "md", "csv", "json");
        assertThat(drawn)
                .containsExactly(
                        drawing.charts(Results.comparison()).get(0),
                        drawing.charts(Results.sweep()).get(0));
        assertThat(out).hasToString("svgsvg");
    }

    @Test
    void aChartWithoutContentIsRefused() {
        WriterService drawing = new WriterService(new ChartRenderer() {
            @Override
            public List<String> formats() {
                return List.of("svg");
            }

            @Override
            public void render(Chart chart, String format, OutputStream out) {
                throw new AssertionError("there is nothing to draw");
            }
        });
        Sweep sweep = Results.sweep();
        Sweep aimless = new Sweep(
                sweep.setting(),
                sweep.explainer(),
                sweep.axes(),
                sweep.columns(),
                sweep.rows(),
                List.of(),
                List.of(),
                sweep.cells(),
                sweep.notes(),
                0);

        assertThatThrownBy(() -> drawing.write(aimless, "svg", OutputStream.nullOutputStream()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "there is nothing to draw as svg: a chart of a sweep needs two goals that were measured, one of"
                                + " a comparison a score; choose one of txt, md, csv, json");
    }

    @Test
    void barsOfComparisonsHaveTheIntervalsOfTheirTable() {
        List<Chart> charts = writer.charts(Results.comparison());

        assertThat(charts).extracting(Chart::kind).containsOnly(Chart.Kind.BAR);
        assertThat(charts)
                .extracting(Chart::title)
                .containsExactly("Explainers on shapes", "fidelity- (less is better)", "s/target (less is better)");
        assertThat(charts.get(0).series()).extracting(Chart.Series::name).containsExactly("gnn", "random");
        assertThat(charts.get(0).series().get(0).points())
                .extracting(Chart.Point::label)
                .containsExactly("fidelity- ↓");
        // what could not be measured has no bar
        assertThat(charts.get(1).series().get(0).points())
                .extracting(Chart.Point::label)
                .containsExactly("gnn", "random");
        assertThat(charts.get(1).series().get(0).points().get(0).error())
                .isCloseTo(0.0127, org.assertj.core.api.Assertions.within(1e-12));
    }

    @Test
    void pointsOfSweepsAreBestOrOthers() {
        Chart chart = writer.charts(Results.sweep()).get(0);

        assertThat(chart.kind()).isEqualTo(Chart.Kind.SCATTER);
        assertThat(chart.series()).extracting(Chart.Series::name).containsExactly("best", "others");
        assertThat(chart.series().get(0).points()).singleElement().satisfies(point -> {
            assertThat(point.label()).isEqualTo("beta1=0.1");
            assertThat(point.x()).isEqualTo(0.25);
            assertThat(point.y()).isEqualTo(0.1);
        });
    }
}
