package org.aitia.visualization.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.model.FeatureMaskType;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class HtmlRendererTest {
    private final HtmlRenderer renderer = new HtmlRenderer();
    private final Dataset houses = Samples.houses();

    private Rendered three() {
        return Rendered.by(
                renderer,
                houses,
                Samples.house(houses, 62, false),
                Samples.house(houses, 64, true),
                Samples.house(houses, 76, false));
    }

    @Test
    void hasACardWithPictureForEachExplanationAndAnOverview() throws Exception {
        Rendered page = three();
        assertThat(page.elements("svg")).hasSize(3);
        assertThat(page.elements("article")).hasSize(3);
        assertThat(page.texts("h2"))
                .containsExactly("Overview", "Node 62", "Node 64", "Node 76", "Where this comes from");
        assertThat(page.elements("a").stream().map(link -> link.getAttribute("href")))
                .contains("#e1", "#e2", "#e3");
    }

    @Test
    void saysWhatIsRightAndWrong() throws Exception {
        List<String> badges = three().elements("span").stream()
                .filter(span -> span.getAttribute("class").startsWith("badge"))
                .map(Element::getTextContent)
                .toList();
        // in the overview, then in the cards
        assertThat(badges).containsExactly("✗ wrong", "✓ right", "✗ wrong", "✗ wrong", "✓ right", "✗ wrong");
        assertThat(three().texts("dd")).contains("1 of 3", "3 nodes");
    }

    @Test
    void oneExplanationNeedsNoOverview() throws Exception {
        Rendered page = Rendered.by(renderer, houses, Samples.house(houses, 62, false));
        assertThat(page.texts("h2")).containsExactly("Node 62", "Where this comes from");
    }

    @Test
    void identifiersAreUnique() throws Exception {
        Rendered page = three();
        List<String> ids = page.elements("*").stream()
                .map(element -> element.getAttribute("id"))
                .filter(id -> !id.isEmpty())
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
        for (Element svg : page.elements("svg")) {
            assertThat(ids).contains(svg.getAttribute("aria-labelledby"), svg.getAttribute("aria-describedby"));
        }
    }

    @Test
    void listsEdgesNodesFeaturesAndDiagnostics() throws Exception {
        Dataset papers = Samples.papers();
        Rendered page =
                Rendered.by(renderer, papers, Samples.explainFeatures(papers, 20, 2, (s, t) -> s % 3 == 0 ? -.4 : .1));
        assertThat(page.texts("caption"))
                .containsExactly(
                        "Probabilities",
                        "How it went",
                        "Most important edges",
                        "Most important nodes",
                        "Most important features, summed over nodes");
        List<String> rows = page.texts("th");
        assertThat(rows).contains("loss", "epochs", "seed").anyMatch(row -> row.startsWith("word "));
        assertThat(page.texts("td")).contains("-0.400");
    }

    @Test
    void withoutNodeMaskNodesRankByTheirBestEdge() throws Exception {
        assertThat(Rendered.by(renderer, houses, Samples.house(houses, 62, false))
                        .texts("caption"))
                .contains("Most important nodes, by their best edge");
    }

    @Test
    void withoutMasksThereAreNoEmptyTables() throws Exception {
        assertThat(Rendered.by(renderer, houses, Samples.withoutMasks(houses, 62, 3))
                        .texts("caption"))
                .containsExactly("Probabilities", "How it went");
    }

    @Test
    void tellsWhereItComesFromAndHowToMakeItAgain() throws Exception {
        Rendered page = three();
        assertThat(page.texts("td"))
                .contains(
                        "org.aitia.explainer.gnnexplainer 0.1.0",
                        "epochs = 100, lr = 0.01, node-mask = object",
                        "sha256:5f1d7a8c0b9e4d6f2a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8091",
                        houses.digest(),
                        "3 hops",
                        "cpu (2 lanes)",
                        "aitia = 0.1.0, djl = 0.35.1, pytorch = 2.7.1",
                        "2026-11-21T09:00:00Z");
        assertThat(page.texts("code"))
                .containsExactly(
                        "bin/aitia -c 'explain -m ba-shapes-gcn -x gnnexplainer -d ba-shapes -n 62,64,76 --seed"
                                + " 0"
                                + " -o epochs=100 -o lr=0.01 -o node-mask=object --html again.html'");
    }

    @Test
    void needsNoNetworkAndRunsNothing() throws Exception {
        Rendered page = three();
        assertThat(page.text().replace("http://www.w3.org/2000/svg", ""))
                .doesNotContain("http:", "https:", "//", "url(");
        assertThat(page.elements("script")).isEmpty();
        assertThat(page.elements("link")).isEmpty();
        assertThat(page.elements("img")).isEmpty();
        assertThat(page.elements("*")).noneMatch(element -> element.hasAttribute("src"));
        assertThat(page.elements("meta").stream().map(meta -> meta.getAttribute("content")))
                .contains("default-src 'none'; style-src 'unsafe-inline'");
    }

    @Test
    void styleSheetReachesThePageUnchanged() {
        // the parts of a style sheet that markup would escape
        assertThat(three().text())
                .contains("prefers-color-scheme: dark", "@media print")
                .doesNotContain("&gt; div");
    }

    @Test
    void picturesTakeTheirColoursFromTheTheme() throws Exception {
        assertThat(three().elements("line").stream().map(line -> line.getAttribute("style")))
                .contains("stroke:var(--edge)");
    }

    @Test
    void sameInputGivesSameBytes() {
        assertThat(three().bytes()).isEqualTo(three().bytes());
    }

    @Test
    void elementsThatHtmlDoesNotKnowAsEmptyAreClosed() {
        // a browser reads <span/> as an element that stays open
        assertThat(three().text()).doesNotContainPattern("<(span|div|td|th|p|a|tr|table)( [^>]*)?/>");
    }

    @Test
    void hostileNamesStayText() throws Exception {
        String hostile = "</title></style><script>alert(1)</script>\" onload=\"x' &amp;";
        Graph graph = Graph.builder(2)
                .undirectedEdge(0, 1)
                .labels(new int[] {0, 1})
                .nodeNames(List.of(hostile, "b"))
                .features(DenseFeatures.constant(2, 1, 1))
                .build();
        Dataset dataset = Dataset.builder(Samples.info(hostile, Task.NODE))
                .graph(graph)
                .classNames(List.of(hostile, "b"))
                .featureNames(List.of(hostile))
                .build();
        Explanation explanation = new Explanation(
                new ExplanationTarget(0, 0, 0, 0, new float[] {.5f, .5f}, 1),
                new int[] {0, 1},
                new int[] {1},
                new int[] {0},
                new MaskValues(new float[] {1}, FeatureMaskType.FEATURE, new float[] {1}, Map.of(hostile, 1.0)));
        Rendered page = Rendered.by(renderer, dataset, explanation, explanation);
        assertThat(page.elements("script")).isEmpty();
        assertThat(page.elements("*")).noneMatch(element -> element.hasAttribute("onload"));
        assertThat(page.text()).doesNotContain("<script");
        assertThat(page.texts("th")).contains(hostile);
    }

    @Test
    void hundredsOfExplanationsGiveABoundedPageThatSaysSo() throws Exception {
        Explanation[] many = IntStream.range(0, 120)
                .mapToObj(v -> Samples.house(houses, v, 2, false))
                .toArray(Explanation[]::new);
        Rendered page = Rendered.by(renderer, houses, many);
        assertThat(page.elements("svg")).hasSize(HtmlPage.MOST_PICTURES);
        assertThat(page.texts("th")).contains("node 0", "node 119");
        assertThat(page.texts("p"))
                .contains("Pictures and details follow for the first 50 of 120 explanations. All are in the JSON file"
                        + " of the same request (--out).");
    }

    @Test
    void graphTasksAreShownToo() throws Exception {
        Dataset molecules = Samples.molecules();
        Rendered page =
                Rendered.by(renderer, molecules, Samples.explain(molecules, 0, 0, (s, t) -> .1 * (s + t), true));
        assertThat(page.texts("h2")).contains("Graph 0");
        assertThat(page.texts("code").get(0)).contains(" -g 0 ");
        assertThat(page.texts("dd")).contains("1 graph");
    }

    @Test
    void refusesAnEmptyResult() {
        assertThatThrownBy(() -> Rendered.by(renderer, houses))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("a page needs at least one explanation, found none; explain a target");
    }
}
