package org.aitia.visualization.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.Cost;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.explain.Provenance;
import org.aitia.api.explain.Threshold;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.render.RenderRequest;
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
                        "Most important nodes, summed over features",
                        "Most important features, summed over nodes",
                        "Most important features of single nodes");
        List<String> rows = page.texts("th");
        assertThat(rows).contains("loss", "epochs", "seed").anyMatch(row -> row.startsWith("word "));
        assertThat(page.texts("td")).contains("-0.400");
    }

    @Test
    void listsStoredFeaturesOfSingleNodesWithTheirDeviations() throws Exception {
        Dataset papers = Samples.papers();
        Rendered page = Rendered.by(renderer, papers, Samples.explainStored(papers, 20, 1));
        assertThat(page.texts("caption")).contains("Most important features of single nodes");
        assertThat(page.texts("th")).anyMatch(row -> row.matches("20: word \\w+ = [01]"));
        assertThat(page.texts("td")).contains("0.300 ± 0.010", "-0.075 ± 0.010", "0.500 ± 0.500");
    }

    @Test
    void signedExplanationsSayWhatTheSignMeans() throws Exception {
        Dataset papers = Samples.papers();
        assertThat(Rendered.by(renderer, papers, Samples.explainStored(papers, 20, 1))
                        .texts("p"))
                .contains("Blue and positive supports Genetic algorithms, red and negative speaks against it; sums are"
                        + " net.");
        assertThat(Rendered.by(renderer, houses, Samples.house(houses, 62, true))
                        .text())
                .doesNotContain("speaks against");
    }

    @Test
    void listsFeaturesOfEdgesByName() throws Exception {
        Explanation plain = Samples.house(houses, 62, false);
        float[] features = new float[2 * plain.edgeCount()];
        features[1] = -.25f;
        features[3] = -.25f;
        MaskValues masks = plain.masks();
        Rendered page = Rendered.by(
                renderer,
                houses,
                plain.withMasks(new MaskValues(
                        masks.edges(), masks.featureType(), masks.features(), features, Optional.empty(), Map.of())));
        assertThat(page.texts("caption")).contains("Most important features of edges, summed over edges");
        assertThat(page.texts("th")).contains("edge feature 1").doesNotContain("edge feature 0");
        assertThat(page.texts("td")).contains("-0.500");
        assertThat(page.texts("title")).anyMatch(hint -> hint.endsWith("; features: edge feature 1 (-0.250)"));
    }

    @Test
    void tellsWhatItTookAndWhichTrainedExplainerWasUsed() throws Exception {
        ExplanationResult result = Samples.result(houses, Samples.house(houses, 62, false));
        Provenance was = result.provenance();
        Provenance trained = new Provenance(
                "pgexplainer",
                was.explainerBundle(),
                was.options(),
                was.type(),
                was.task(),
                was.model(),
                was.architecture(),
                was.hops(),
                was.modelDigest(),
                was.dataset(),
                was.datasetOptions(),
                was.datasetDigest(),
                was.seed(),
                was.device(),
                was.libraries(),
                was.started(),
                Optional.of("houses-pg"),
                Optional.of("sha256:abc"),
                Optional.of("sha256:def"));
        ExplanationResult costly = new ExplanationResult(
                result.explanations(),
                trained,
                .5,
                new Cost(1200, 600, 18_000, 1.25, 3 << 20),
                Threshold.parse("top-k:5"));
        Rendered page = Rendered.by(renderer, RenderRequest.of(costly, houses));
        assertThat(page.texts("td"))
                .contains(
                        "houses-pg",
                        "sha256:abc",
                        "sha256:def",
                        "1,200 forward passes, 600 of them with gradients: as much as 2,400 forward passes",
                        "18,000 forward passes, 1.25 s",
                        "at most 3.0 MiB at once");
        assertThat(page.texts("p")).contains("It began with masks that were given: add them with --initial FILE.");
        assertThat(page.texts("code").get(0)).contains(" --trained houses-pg ", " --threshold top-k:5 ");
    }

    @Test
    void whatIsNotKnownOfTheCostIsLeftOut() throws Exception {
        assertThat(three().texts("th"))
                .doesNotContain("Model asked", "Training of the explainer", "Native memory", "Trained explainer");
    }

    @Test
    void aPredictedNumberHasNoProbabilityAndIsNotRightOrWrong() throws Exception {
        Dataset molecules = Samples.molecules();
        Explanation classified = Samples.explain(molecules, 0, 3, (s, t) -> .5 - .1 * s, false);
        ExplanationTarget number = new ExplanationTarget(0, 0, 0, 1, new float[] {-2.5f}, 7);
        Explanation explanation = new Explanation(
                number, classified.nodes(), classified.edgeSources(), classified.edgeTargets(), classified.masks());
        Rendered page = Rendered.by(renderer, molecules, explanation, explanation);
        assertThat(page.texts("span")).contains("output -2.500");
        assertThat(page.texts("title")).contains("What the output for graph 0 rests on");
        assertThat(page.texts("text")).contains("edge speaks against a higher output");
        assertThat(page.text())
                .doesNotContain(" %<")
                .doesNotContain("class=\"badge")
                .doesNotContain("Predicted right");
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
