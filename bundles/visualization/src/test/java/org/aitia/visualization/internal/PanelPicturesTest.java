package org.aitia.visualization.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.explain.Explanation;
import org.aitia.api.graph.Graph;
import org.aitia.api.render.PanelRequest;
import org.aitia.api.render.PanelRequest.Panel;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class PanelPicturesTest {
    private final Dataset houses = houses();

    /** The graph of houses, with the house of each target as its truth. */
    private static Dataset houses() {
        Dataset all = Samples.houses();
        Graph graph = all.graph();
        BitSet walls = all.groundTruth().orElseThrow().edges(0);
        GroundTruth truth = new GroundTruth() {
            @Override
            public BitSet edges(int index) {
                return (BitSet) walls.clone();
            }

            @Override
            public BitSet nodes(int index) {
                return new BitSet();
            }

            @Override
            public List<Alternative> alternatives(int target) {
                int start = target - target % 5;
                BitSet own = new BitSet();
                walls.stream()
                        .filter(edge -> graph.source(edge) >= start && graph.source(edge) < start + 5)
                        .forEach(own::set);
                return target < Samples.BASE ? List.of() : List.of(new Alternative(own, new BitSet()));
            }
        };
        return Dataset.builder(Samples.info("ba-shapes", Task.NODE))
                .graph(graph)
                .classNames(all.classNames())
                .groundTruth(truth)
                .build();
    }

    private Explanation right(int target) {
        return Samples.house(houses, target, false);
    }

    /** Says that edges between nodes of small numbers matter, which are in no house. */
    private Explanation wrong(int target) {
        return Samples.explain(
                houses, target, 3, (s, t) -> Math.min(s, t) < Samples.BASE ? 1.0 / (1 + s + t) : 0, false);
    }

    private Panel panel(String title, Explanation explanation) {
        return new Panel(title, Samples.result(houses, explanation));
    }

    private static Rendered draw(PanelRequest request) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new PanelPictures().render(request, "svg", out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new Rendered(out.toByteArray());
    }

    private PanelRequest request(boolean truth) {
        return new PanelRequest(
                "Node 64", houses, List.of(panel("good one", right(64)), panel("bad one", wrong(64))), truth, 0);
    }

    @Test
    void showsTheTruthFirstThenEveryExplanation() throws Exception {
        assertThat(draw(request(true)).texts("text"))
                .containsSubsequence("Node 64", "Ground truth", "6 edges", "good one", "bad one")
                .contains("true edge", "target");
        assertThat(draw(request(false)).texts("text")).contains("good one").doesNotContain("Ground truth");
    }

    @Test
    void tellsHowManyOfTheMostImportantEdgesAreTrue() throws Exception {
        assertThat(draw(request(true)).texts("text"))
                .contains("6 of its 6 most important edges are true")
                .anyMatch(text -> text.startsWith("0 of its "));
    }

    @Test
    void putsEveryNodeAtTheSamePlaceInEveryPanel() throws Exception {
        Rendered picture = draw(request(true));
        List<List<Double>> panels = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            panels.add(new ArrayList<>());
        }
        double step = 290 + 24;
        for (Element disc : picture.elements("circle")) {
            if (!disc.getTextContent().isEmpty()) {
                double x = Double.parseDouble(disc.getAttribute("cx"));
                int panel = (int) ((x - 20) / step);
                panels.get(panel).add(x - panel * step);
            }
        }
        assertThat(panels.get(0)).isNotEmpty();
        for (List<Double> panel : panels) {
            assertThat(panel).hasSameSizeAs(panels.get(0));
            for (int i = 0; i < panel.size(); i++) {
                assertThat(panel.get(i)).isCloseTo(panels.get(0).get(i), offset(0.2));
            }
        }
    }

    @Test
    void withoutTruthShowsTheUsualNumberOfEdges() throws Exception {
        PanelRequest request = new PanelRequest("Node 5", houses, List.of(panel("one", wrong(5))), true, 0);
        assertThat(draw(request).texts("text"))
                .doesNotContain("Ground truth", "true edge")
                .anyMatch(text -> text.startsWith("its 12 most important of"));
    }

    @Test
    void showsExplanationsOfNodesAlone() throws Exception {
        Explanation nodes = Samples.withoutMasks(houses, 64, 3);
        PanelRequest request = new PanelRequest("Node 64", houses, List.of(panel("nodes", nodes)), true, 0);
        assertThat(draw(request).texts("text")).contains("explains nodes: the larger, the more important");
    }

    @Test
    void signsAreToldApart() throws Exception {
        Explanation signed = Samples.explain(houses, 64, 3, (s, t) -> (s + t) % 2 == 0 ? 1 : -1, false);
        assertThat(draw(new PanelRequest("Node 64", houses, List.of(panel("one", signed)), true, 0))
                        .texts("text"))
                .contains("among the most important, by width: supports the class", "speaks against it");
        assertThat(draw(request(true)).texts("text")).doesNotContain("speaks against it");
    }

    @Test
    void drawsWholeMolecules() throws Exception {
        Dataset molecules = Samples.molecules();
        Explanation explanation = Samples.explain(molecules, 0, 3, (s, t) -> s > 5 && t > 5 ? 1 : 0.1, false);
        Rendered picture = draw(new PanelRequest(
                "Graph 0", molecules, List.of(new Panel("one", Samples.result(molecules, explanation))), true, 2));
        assertThat(picture.elements("circle").stream()
                        .filter(disc -> !disc.getTextContent().isEmpty())
                        .count())
                .isEqualTo(14);
    }

    @Test
    void isSmallAndTheSameEveryTime() {
        byte[] bytes = draw(request(true)).bytes();
        assertThat(bytes).isEqualTo(draw(request(true)).bytes()).hasSizeLessThan(60_000);
    }

    @Test
    void refusesExplanationsOfDifferentTargets() {
        List<Panel> panels = List.of(panel("one", right(64)), panel("other", right(65)));
        assertThatThrownBy(() -> new PanelRequest("Two", houses, panels, true, 0))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("panels show explanations of the same target, not of [64, 65]");
    }

    @Test
    void refusesUnknownFormats() {
        assertThatThrownBy(() -> new PanelPictures().render(request(true), "gif", new ByteArrayOutputStream()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("panels come as svg or png, not as 'gif'");
    }

    @Test
    void manyPanelsStandInRows() throws Exception {
        List<Panel> panels =
                IntStream.range(0, 5).mapToObj(i -> panel("p" + i, right(64))).toList();
        Element root = draw(new PanelRequest("Many", houses, panels, true, 0))
                .document()
                .getDocumentElement();
        assertThat(Double.parseDouble(root.getAttribute("width"))).isLessThan(1000);
    }
}
