package org.aitia.visualization.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.Threshold;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.render.RenderRequest;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class SvgRendererTest {
    private final SvgRenderer renderer = new SvgRenderer();
    private final Dataset houses = Samples.houses();

    @Test
    void isWellFormedAndNamesWhatItShows() throws Exception {
        Rendered picture = Rendered.by(renderer, houses, Samples.house(houses, 64, false));
        Element root = picture.document().getDocumentElement();
        assertThat(root.getTagName()).isEqualTo("svg");
        assertThat(root.getAttribute("role")).isEqualTo("img");
        assertThat(picture.texts("title")).contains("Why node 64 is predicted top");
        assertThat(picture.texts("desc").get(0)).contains("node 64", "probability 92.0 %", "label top, right");
    }

    @Test
    void sameInputGivesSameBytes() {
        byte[] first =
                Rendered.by(renderer, houses, Samples.house(houses, 76, false)).bytes();
        Dataset again = Samples.houses();
        byte[] second = Rendered.by(new SvgRenderer(), again, Samples.house(again, 76, false))
                .bytes();
        assertThat(second).isEqualTo(first);
    }

    @Test
    void legendListsTheClassesInThePictureAndNoOther() throws Exception {
        Rendered picture = Rendered.by(
                renderer, new RenderRequest(Samples.result(houses, Samples.house(houses, 64, false)), houses, 6, 10));
        assertThat(picture.texts("text"))
                .contains("middle", "bottom", "top", "target", "ground truth")
                .doesNotContain("base");
    }

    @Test
    void widthAndOpacityGrowWithImportance() throws Exception {
        Graph graph = Graph.builder(5)
                .undirectedEdge(0, 1)
                .undirectedEdge(0, 2)
                .undirectedEdge(0, 3)
                .undirectedEdge(0, 4)
                .build();
        Dataset star = Dataset.builder(Samples.info("star", Task.NODE))
                .graph(graph)
                .classes(2)
                .build();
        Rendered picture =
                Rendered.by(renderer, star, Samples.explain(star, 0, 1, (s, t) -> 0.2 * Math.max(s, t), false));
        List<Double> widths = new ArrayList<>();
        List<Double> opacities = new ArrayList<>();
        for (int leaf = 1; leaf <= 4; leaf++) {
            Element line = picture.hinted("line", leaf + " – 0");
            widths.add(Double.valueOf(line.getAttribute("stroke-width")));
            String opacity = line.getAttribute("opacity");
            opacities.add(opacity.isEmpty() ? 1 : Double.parseDouble(opacity));
        }
        assertThat(widths).isSorted().doesNotHaveDuplicates();
        assertThat(opacities).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void undirectedPairsAreDrawnOnceWithoutArrows() throws Exception {
        Rendered picture = Rendered.by(renderer, houses, Samples.house(houses, 62, false));
        List<String> hints = picture.elements("line").stream()
                .map(Element::getTextContent)
                .filter(hint -> !hint.isEmpty())
                .toList();
        assertThat(hints).hasSize(7).allMatch(hint -> hint.contains(" – "));
        assertThat(picture.elements("polygon")).isEmpty();
    }

    @Test
    void directedEdgesHaveArrows() throws Exception {
        Dataset papers = Samples.papers();
        Rendered picture = Rendered.by(renderer, papers, Samples.explain(papers, 20, 2, (s, t) -> .5, false));
        assertThat(picture.elements("polygon")).isNotEmpty();
        assertThat(picture.text()).contains(" → 20");
    }

    @Test
    void negativeImportancesHaveTheirOwnColour() throws Exception {
        Dataset papers = Samples.papers();
        Rendered picture =
                Rendered.by(renderer, papers, Samples.explain(papers, 20, 2, (s, t) -> s % 3 == 0 ? .5 : -.5, false));
        assertThat(picture.texts("text"))
                .contains("edge supports Genetic algorithms, 0 to 0.500", "edge speaks against Genetic algorithms");
        assertThat(picture.elements("line").stream().map(line -> line.getAttribute("stroke")))
                .contains(Colour.NEGATIVE.hex(), Colour.SUPPORTS.hex())
                .doesNotContain(Colour.EDGE.hex());
    }

    @Test
    void signedEdgesAreAsThickAsTheirAbsoluteImportance() throws Exception {
        Rendered picture = Rendered.by(
                renderer, houses, Samples.explain(houses, 62, 3, (s, t) -> Math.min(s, t) == 60 ? -.5 : .25, false));
        double against = width(picture, "60 – 61");
        double supports = width(picture, "61 – 62");
        assertThat(against).isEqualTo(Picture.width(1));
        assertThat(supports).isEqualTo(Picture.width(.5));
    }

    private static double width(Rendered picture, String hint) throws Exception {
        return Double.parseDouble(picture.elements("line").stream()
                .filter(line -> line.getTextContent().matches("(" + hint + "|" + reversed(hint) + "): .*"))
                .findFirst()
                .orElseThrow()
                .getAttribute("stroke-width"));
    }

    private static String reversed(String hint) {
        return hint.substring(hint.length() - 2) + " – " + hint.substring(0, 2);
    }

    @Test
    void signedNodesHaveRingsThatSaySo() throws Exception {
        Explanation explanation = Samples.house(houses, 62, true);
        explanation.featureMask()[1] *= -1;
        Rendered picture = Rendered.by(renderer, houses, explanation);
        assertThat(picture.texts("text")).contains("node supports", "node speaks against");
        assertThat(picture.elements("circle").stream()
                        .filter(circle -> circle.getAttribute("stroke").equals(Colour.NEGATIVE.hex())))
                .hasSize(2); // the node and the legend
    }

    @Test
    void withoutNegativeImportancesNothingIsSigned() throws Exception {
        Rendered picture = Rendered.by(renderer, houses, Samples.house(houses, 62, true));
        assertThat(picture.text()).doesNotContain(Colour.SUPPORTS.hex()).doesNotContain(Colour.NEGATIVE.hex());
    }

    @Test
    void edgesBelowAThresholdAreFaint() throws Exception {
        Explanation cut = Threshold.parse("top-k:3:undirected").apply(Samples.house(houses, 62, false), Task.NODE);
        Rendered picture = Rendered.by(renderer, houses, cut);
        assertThat(picture.texts("text")).anyMatch(text -> text.startsWith("the 3 edges with an importance, of "));
        for (Element line : picture.elements("line")) {
            if (line.getTextContent().endsWith("importance 0.000")) {
                assertThat(line.getAttribute("stroke-width")).isEqualTo("1");
                assertThat(Double.parseDouble(line.getAttribute("opacity"))).isLessThan(.4);
            }
        }
    }

    @Test
    void hintsNameTheFeaturesThatMatterMost() throws Exception {
        Dataset papers = Samples.papers();
        Explanation explanation = Samples.explainStored(papers, 20, 1);
        Rendered picture = Rendered.by(renderer, papers, explanation);
        assertThat(picture.hinted("circle", "node 20").getTextContent())
                .matches(".*the target; features: word \\w+ = [01] \\(0.300 ± 0.010\\), word .*, word [^,]*");
    }

    @Test
    void importantNodesAreLarger() throws Exception {
        Rendered picture = Rendered.by(renderer, houses, Samples.house(houses, 64, true));
        double target = Double.parseDouble(picture.hinted("circle", "node 64").getAttribute("r"));
        double other = Double.parseDouble(picture.hinted("circle", "node 61").getAttribute("r"));
        assertThat(target).isGreaterThan(other);
        assertThat(picture.texts("text")).contains("importance of nodes");
    }

    @Test
    void theTargetIsShownEvenIfNoImportantEdgeTouchesIt() throws Exception {
        Explanation far =
                Samples.explain(houses, 62, 3, (s, t) -> Math.min(s, t) == 60 && Math.max(s, t) == 64 ? 1 : 0, false);
        Rendered picture = Rendered.by(renderer, houses, far);
        assertThat(picture.hinted("circle", "node 62").getTextContent()).endsWith("the target");
        // and connected, by a path that is only context
        assertThat(picture.texts("text")).contains("other edges");
    }

    @Test
    void withoutEdgeMaskTheSurroundingsAreShown() throws Exception {
        Rendered picture = Rendered.by(renderer, houses, Samples.withoutMasks(houses, 62, 3));
        assertThat(picture.texts("text")).contains("62", "60").doesNotContain("other edges");
        assertThat(picture.texts("desc").get(0)).endsWith("Edges: 7 edges, none with an importance.");
        assertThat(picture.elements("line")).isNotEmpty();
    }

    @Test
    void anIsolatedTargetIsOneNode() throws Exception {
        Graph graph = Graph.builder(2).features(DenseFeatures.constant(2, 1, 1)).build();
        Dataset lonely = Dataset.builder(Samples.info("lonely", Task.NODE))
                .graph(graph)
                .classes(2)
                .build();
        Rendered picture = Rendered.by(renderer, lonely, Samples.withoutMasks(lonely, 1, 3));
        assertThat(picture.elements("line")).isEmpty();
        // no label: the colour is that of the prediction
        assertThat(picture.hinted("circle", "node 1").getTextContent()).isEqualTo("node 1, class 0, the target");
        assertThat(picture.text()).contains("no edges");
    }

    @Test
    void graphTasksShowEveryNodeAndNoTarget() throws Exception {
        Dataset molecules = Samples.molecules();
        Rendered picture = Rendered.by(
                renderer, molecules, Samples.explain(molecules, 0, 0, (s, t) -> Math.min(s, t) == 6 ? .9 : 0, false));
        for (int atom = 0; atom < 14; atom++) {
            int id = atom;
            assertThat(picture.texts("text")).anyMatch(text -> text.matches("[CNOH]" + id));
        }
        assertThat(picture.texts("text")).contains("C", "H", "N", "O").doesNotContain("target");
        assertThat(picture.texts("title")).contains("Why graph 0 is predicted mutagenic");
    }

    @Test
    void selfLoopsAreRings() throws Exception {
        Graph graph = Graph.builder(2).undirectedEdge(0, 1).edge(0, 0).build();
        Dataset loop = Dataset.builder(Samples.info("loop", Task.NODE))
                .graph(graph)
                .classes(2)
                .build();
        Rendered picture = Rendered.by(renderer, loop, Samples.explain(loop, 0, 1, (s, t) -> 1, false));
        assertThat(picture.hinted("circle", "0 – 0").getAttribute("fill")).isEqualTo("none");
    }

    @Test
    void hostileNamesStayText() throws Exception {
        String hostile = "<script>alert('\"&')</script>\u0000";
        Graph graph = Graph.builder(2)
                .undirectedEdge(0, 1)
                .labels(new int[] {0, 1})
                .nodeNames(List.of(hostile, "]]>"))
                .build();
        Dataset dataset = Dataset.builder(Samples.info("hostile", Task.NODE))
                .graph(graph)
                .classNames(List.of(hostile, "b"))
                .build();
        Rendered picture = Rendered.by(renderer, dataset, Samples.explain(dataset, 0, 1, (s, t) -> 1, false));
        assertThat(picture.elements("script")).isEmpty();
        assertThat(picture.text()).doesNotContain("<script");
        assertThat(picture.texts("title")).contains("Why node 0 is predicted <script>alert('\"&')</script>\uFFFD");
    }

    @Test
    void refusesSeveralExplanations() {
        assertThatThrownBy(() -> Rendered.by(
                        renderer, houses, Samples.house(houses, 62, false), Samples.house(houses, 64, false)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "a svg picture shows exactly one explanation, but there are 2; explain one target, or choose"
                                + " the format html");
        assertThatThrownBy(() -> Rendered.by(renderer, houses))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("but there is none");
        assertThat(renderer.holdsSeveral()).isFalse();
    }

    @Test
    void refusesDataThatTheExplanationIsNotAbout() {
        Explanation explanation = Samples.house(houses, 64, false);
        Dataset small = Dataset.builder(Samples.info("small", Task.NODE))
                .graph(Graph.builder(3).undirectedEdge(0, 1).build())
                .classes(2)
                .build();
        assertThatThrownBy(() -> Rendered.by(renderer, small, explanation))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "node 64 is explained, but data set 'small' has 0..2; show it with the data that it was made"
                                + " with");
    }
}
