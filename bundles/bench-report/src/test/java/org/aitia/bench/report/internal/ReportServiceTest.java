package org.aitia.bench.report.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.aitia.api.StorageException;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.bench.Suite;
import org.aitia.api.explain.ExplanationType;
import org.aitia.visualization.internal.ChartPictures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ReportServiceTest {
    private static final Pattern LINK = Pattern.compile("(?<!\\\\)\\]\\(([^)]+)\\)");

    @TempDir
    Path directory;

    private List<Path> write(BenchResult result) {
        return new ReportService(new ChartPictures(), null, null, null).write(result, directory);
    }

    private String read(String name) {
        try {
            return Files.readString(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Document parse(String text) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null);
        return builder.parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Element> elements(Document document, String name) {
        NodeList nodes = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private Map<String, String> all() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(directory.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    // --- files

    @Test
    void writesTheReportFirstThenAllThatItLeadsTo() throws IOException {
        List<Path> written = write(Samples.small());
        assertThat(written.get(0)).isEqualTo(directory.resolve("report.md"));
        assertThat(all().keySet())
                .contains(
                        "report.md",
                        "report.html",
                        "tables.md",
                        "results.csv",
                        "summary.csv",
                        "results.json",
                        "papers.yaml",
                        "pictures/leaderboard-paper-true-label-roc-auc.svg")
                .hasSameSizeAs(written); // and nothing that is left behind
    }

    @Test
    void sameResultGivesSameFiles() throws IOException {
        write(Samples.small());
        Map<String, String> first = all();
        write(Samples.small());
        assertThat(all()).isEqualTo(first);
    }

    @Test
    void everyLinkLeadsToAFileAndAHeadingThatExist() {
        write(Samples.small());
        Map<String, Set<String>> anchors =
                Map.of("report.md", anchors(read("report.md")), "tables.md", anchors(read("tables.md")));
        for (String file : anchors.keySet()) {
            Matcher links = LINK.matcher(read(file));
            Set<String> targets = new HashSet<>();
            while (links.find()) {
                targets.add(links.group(1));
            }
            assertThat(targets).isNotEmpty();
            for (String target : targets) {
                String[] parts = target.split("#", 2);
                String to = parts[0].isEmpty() ? file : parts[0];
                assertThat(directory.resolve(to)).exists();
                if (parts.length == 2) {
                    assertThat(anchors.get(to)).contains(parts[1]);
                }
            }
        }
    }

    private static Set<String> anchors(String markdown) {
        return markdown.lines()
                .filter(line -> line.matches("#+ .*"))
                .map(line -> Sheet.anchor(line.replaceFirst("#+ ", "").replaceAll("\\\\(.)", "$1")))
                .collect(Collectors.toSet());
    }

    @Test
    void aReportThatCannotBeWrittenIsToldWithWhatToDo() throws IOException {
        Path blocked = Files.createFile(directory.resolve("file")).resolve("report");
        ReportService service = new ReportService(new ChartPictures(), null, null, null);
        assertThatThrownBy(() -> service.write(Samples.small(), blocked))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("cannot write " + blocked.resolve("report.md") + " of the report: ")
                .hasMessageEndingWith("; check the directory and the space left, and run again with --resume");
    }

    // --- the report

    @Test
    void tellsTheMostImportantFirst() {
        write(Samples.small());
        assertThat(read("report.md"))
                .startsWith("# Ground truth of the papers\n\nSix data sets")
                .containsSubsequence(
                        "## Summary",
                        "What moves ROC-AUC most, of 3 changes: model normalised",
                        " of 12 are met",
                        "### Goals",
                        "true label explained",
                        "## Leader | board",
                        "## Models",
                        "## Data",
                        "## How to make it again");
    }

    @Test
    void leaderboardsShowMeansWithIntervalsTheBestInBold() {
        write(Samples.small());
        String row = read("report.md")
                .lines()
                .filter(line -> line.startsWith("| PG \\& co | "))
                .findFirst()
                .orElseThrow();
        assertThat(row).matches("\\| PG .* \\| \\*\\*0\\.\\d{3,4} ± 0\\.\\d{3,4}\\*\\* \\| \\*\\*.* \\| 1 \\| 2/2 \\|");
        assertThat(read("report.md")).contains("| *random* | ");
    }

    @Test
    void namesAndReasonsStayText() throws Exception {
        write(Samples.small((dataset, model, explainer, seed) ->
                explainer.equals("pg-other") ? "no <script>alert(1)</script> | for *you*" : ""));
        Document page = parse(read("report.html"));
        assertThat(elements(page, "i")).isEmpty();
        assertThat(elements(page, "b")).isEmpty();
        assertThat(elements(page, "script")).hasSize(1);
        assertThat(page.getDocumentElement().getTextContent())
                .contains("BA <i>Shapes</i>", "PG <b>other</b>", "Tree|Cycles", "the *paper*")
                .contains("no <script>alert(1)</script> | for *you*");
    }

    @Test
    void linksOfASuiteRunNoScript() throws Exception {
        Suite suite = Samples.small().request().suite();
        Suite linking = new Suite(
                suite.name(),
                suite.title(),
                "[a](javascript:alert) [b](https://example.org/b) [c](tables.md#all-goals)",
                suite.confidence(),
                suite.datasets(),
                suite.models(),
                suite.explainers(),
                suite.studies(),
                suite.document());

        String page = HtmlPage.of(linking, new Sheet().text(linking.text()), List.of(), Map.of());

        assertThat(page).contains("href=\"\"", "href=\"https://example.org/b\"", "href=\"#all-goals\"");
        assertThat(page).doesNotContain("javascript:");
    }

    @Test
    void whatFailedIsToldWithItsReason() {
        write(Samples.small((dataset, model, explainer, seed) -> explainer.equals("pg-other") && dataset.equals("tree")
                ? "the model has no gradients"
                : explainer.equals("pg") && seed == 2 ? "out of memory" : ""));
        assertThat(read("report.md"))
                .contains("## What failed", "- the model has no gradients (", " and 15 others)", "- out of memory (")
                .containsPattern("\\| PG \\\\<b>other\\\\</b> \\| 0\\.\\d+ ± 0\\.\\d+( ≈)? \\| failed \\|");
        assertThat(read("tables.md"))
                .contains("- Not measured: the model has no gradients (PG \\<b>other\\</b>)")
                .contains("## All failures", "out of memory (in 1 of 4 runs)");
        assertThat(read("results.csv")).contains(",pg,2,,,out of memory\n");
    }

    @Test
    void searchesOfSettingsAreToldWhole() {
        write(Samples.small());
        assertThat(read("tables.md"))
                .contains("### Search for PG \\& co, the \\*paper\\*, true label (leaderboard)")
                .contains("| as they are | 0.910 ± 0.010 | 0.910 ± 0.010 |")
                .contains("| `lr=0.003` | **0.970 ± 0.010** | **0.970 ± 0.010** |")
                .contains("| `lr=0.1` | failed | failed |")
                .contains("- Failed on BA \\<i>Shapes\\</i> with `lr=0.1`: the loss became NaN");
    }

    @Test
    void variantsOfOneExplainerAreComparedWithTheFirst() {
        write(Samples.small());
        assertThat(read("report.md"))
                .contains("### What a change does")
                .contains("Unless it says otherwise, the \\*paper\\*, true label explained.")
                .containsPattern(
                        "\\| PG \\\\& co \\| PG \\\\<b>other\\\\</b> \\(`lr=0.1`\\) \\| -0\\.\\d+ ± 0\\.\\d+ \\|")
                .containsPattern("\\| model normalised \\(`normalization=symmetric`\\) \\| -0\\.1");
    }

    @Test
    void saysHowToMakeItAgain() {
        write(Samples.small());
        assertThat(read("report.md"))
                .contains("```sh\nbench papers --out DIR\n```")
                .contains("| seeds | leaderboard: 0 to 3 |")
                .contains("| took | 62 min on 2 lanes; 1 h 58 min of computing");
        assertThat(read("papers.yaml"))
                .isEqualTo(Samples.small().request().suite().document());
    }

    @Test
    void withoutWhatDrawsItHasNoPicturesButAllNumbers() throws IOException {
        new ReportService(null, null, null, null).write(Samples.small(), directory);
        assertThat(all().keySet()).noneMatch(name -> name.endsWith(".svg"));
        assertThat(read("report.md")).contains("mean rank").doesNotContain("![");
    }

    // --- partial results

    @Test
    void aRunOfNothingSaysSo() throws Exception {
        BenchResult all = Samples.small();
        write(Samples.result(all.request().suite(), List.of(), List.of(), List.of(), List.of()));
        assertThat(read("report.md"))
                .contains("There are no results.", "Nothing of this study was run.", "No model was trained.");
        assertThat(parse(read("report.html")).getDocumentElement().getTagName()).isEqualTo("html");
        assertThat(JsonParser.parseString(read("results.json"))
                        .getAsJsonObject()
                        .getAsJsonArray("tables"))
                .isEmpty();
    }

    @Test
    void fewTablesAreShownWithAllColumns() {
        Suite suite = Samples.suite(
                List.of(Samples.data("one", "One")),
                List.of(Samples.model("paper", "paper", "none")),
                List.of(
                        Samples.explainer("ig", "IG", "ig", Map.of()),
                        Samples.explainer("random", "random", "random", Map.of())),
                List.of(Samples.study(
                        "only",
                        "Only",
                        List.of("one"),
                        List.of("paper"),
                        List.of(ExplanationType.MODEL),
                        List.of("ig", "random"),
                        List.of("random"),
                        1,
                        false)));
        List<BenchResult.Table> tables = Samples.tables(suite, 5, (dataset, model, explainer, seed) -> "");
        write(Samples.result(suite, tables, List.of(), List.of(), List.of()));
        assertThat(read("report.md"))
                .contains("| explainer | ROC-AUC ↑ | mean ROC-AUC ↑ | unfaithfulness ↓ | time | calls |")
                .contains("By ROC-AUC, IG is first.")
                .doesNotContain("mean rank", "Goals", "What failed");
    }

    // --- the page

    @Test
    void thePageIsWellFormedAndNeedsNoOtherFile() throws Exception {
        write(Samples.small());
        Document page = parse(read("report.html"));
        assertThat(elements(page, "svg"))
                .hasSameSizeAs(all().keySet().stream()
                        .filter(name -> name.endsWith(".svg"))
                        .toList());
        assertThat(elements(page, "img")).isEmpty();
        assertThat(elements(page, "link")).isEmpty();
        assertThat(read("report.html")).doesNotContain("src=", "@import", "url(");
        Set<String> ids = new HashSet<>();
        for (Element element : elements(page, "*")) {
            String id = element.getAttribute("id");
            assertThat(id.isEmpty() || ids.add(id)).as("id %s is unique", id).isTrue();
        }
        for (Element link : elements(page, "a")) {
            String href = link.getAttribute("href");
            assertThat(href.startsWith("#") ? ids : Set.of(href)).contains(href.replaceFirst("^#", ""));
        }
    }

    @Test
    void thePageHoldsEveryTableAndTheSuite() throws Exception {
        write(Samples.small());
        Document page = parse(read("report.html"));
        long inMarkdown = Stream.of("report.md", "tables.md")
                .flatMap(name -> read(name).lines())
                .filter(line -> line.matches("\\|( -+:? \\|)+"))
                .count();
        assertThat(elements(page, "table")).hasSize((int) inMarkdown);
        assertThat(page.getDocumentElement().getTextContent()).contains("# a < b & c");
    }

    // --- files for programs

    @Test
    void everyRunAndColumnIsALine() {
        BenchResult result = Samples.small();
        write(result);
        long values = result.tables().stream()
                .flatMap(table -> table.comparison().cells().stream())
                .mapToLong(cell -> cell.values().size()
                        + (cell.cost().trainingSeconds() > 0 ? 1 : 0)
                        + (cell.cost().peakNativeBytes() > 0 ? 1 : 0))
                .sum();
        assertThat(read("results.csv").lines()).hasSize((int) values + 1);
        assertThat(read("results.csv"))
                .startsWith("study,dataset,model,type,explainer,seed,column,value,reason\n")
                .contains("\nleaderboard,ba,paper,phenomenon,pg,0,training-seconds,2.5,\n");
    }

    @Test
    void summariesHoldRanksDifferencesAndTests() {
        write(Samples.small());
        String header = read("summary.csv").lines().findFirst().orElseThrow();
        String line = read("summary.csv")
                .lines()
                .filter(text -> text.startsWith("leaderboard,ba,paper,phenomenon,random,roc-auc,"))
                .findFirst()
                .orElseThrow();
        List<String> names = List.of(header.split(","));
        List<String> fields = List.of(line.split(",", -1));
        assertThat(fields).hasSameSizeAs(names);
        assertThat(fields.get(names.indexOf("rank"))).isEqualTo("3.0");
        assertThat(Double.parseDouble(fields.get(names.indexOf("p_holm")))).isLessThan(0.01);
        assertThat(fields.get(names.indexOf("seeds"))).isEqualTo("4");
    }

    @Test
    void jsonHoldsEveryRowAndNullForWhatIsMissing() {
        write(Samples.small((dataset, model, explainer, seed) -> explainer.equals("pg-other") ? "no" : ""));
        JsonObject json = JsonParser.parseString(read("results.json")).getAsJsonObject();
        JsonArray tables = json.getAsJsonArray("tables");
        assertThat(tables).hasSize(8);
        JsonArray rows = tables.get(0).getAsJsonObject().getAsJsonArray("rows");
        assertThat(rows).hasSize(3);
        JsonObject failed = rows.get(1).getAsJsonObject();
        assertThat(failed.get("failure").getAsString()).isEqualTo("no");
        assertThat(failed.getAsJsonObject("scores")
                        .getAsJsonObject("roc-auc")
                        .get("mean")
                        .isJsonNull())
                .isTrue();
        JsonObject auc = rows.get(0).getAsJsonObject().getAsJsonObject("scores").getAsJsonObject("roc-auc");
        assertThat(auc.get("mean").getAsDouble()).isBetween(0.5, 1.0);
        assertThat(auc.get("count").getAsInt()).isEqualTo(4);
        assertThat(auc.getAsJsonObject("over")
                        .getAsJsonObject("random")
                        .get("mean")
                        .getAsDouble())
                .isPositive();
    }

    @Test
    void aReportAsLargeAsThatOfThePapersStaysReadable() throws IOException {
        write(Samples.papers());
        assertThat(read("report.md"))
                .contains(
                        "By ROC-AUC, of 24 tables (6 data sets, 2 models, label and prediction explained) Pgexplainer tuned"
                                + " is first in 24.")
                .contains(" are above Random in every table; in less than half of the tables: ");
        assertThat(read("report.md")).hasSizeLessThan(60_000);
        assertThat(read("report.html")).hasSizeLessThan(2_000_000);
        assertThat(read("results.json")).hasSizeLessThan(2_000_000);
        assertThat(read("results.csv")).hasSizeLessThan(3_000_000);
        assertThat(all().entrySet().stream()
                        .filter(file -> file.getKey().endsWith(".svg"))
                        .toList())
                .hasSizeLessThan(40)
                .allMatch(file -> file.getValue().length() < 60_000);
    }
}
