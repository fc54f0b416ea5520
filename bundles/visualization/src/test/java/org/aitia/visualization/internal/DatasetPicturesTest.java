package org.aitia.visualization.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetPicturesTest {
    private final DatasetPictures pictures = new DatasetPictures();
    private final Dataset houses = Samples.houses();
    private final Dataset molecules = Samples.molecules();

    private Rendered svg(String picture, Dataset dataset) {
        return new Rendered(bytes(picture, dataset, "svg"));
    }

    private byte[] bytes(String picture, Dataset dataset, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            pictures.render(picture, dataset, format, out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    /** A star of four leaves and a node apart: classes 0, 1, 1, 0, 0 and none. */
    private static Dataset star() {
        GraphBuilder graph = Graph.builder(6).labels(new int[] {0, 1, 1, 0, 0, -1});
        for (int leaf = 1; leaf < 5; leaf++) {
            graph.undirectedEdge(0, leaf);
        }
        return Dataset.builder(Samples.info("star", Task.NODE))
                .graph(graph.build())
                .classNames(List.of("hub", "leaf"))
                .build();
    }

    @Test
    void degreeDistributionHasAPointForEachDegree() throws Exception {
        Rendered picture = svg("degrees", star());
        assertThat(picture.elements("circle")).hasSize(3);
        assertThat(picture.texts("title"))
                .contains("0 in-degree: 1 nodes", "1 in-degree: 4 nodes", "4 in-degree: 1 nodes");
    }

    @Test
    void logarithmicAxesLeaveOutDegreeZeroAndSaySo() throws Exception {
        Rendered picture = svg("degrees-log", star());
        assertThat(picture.elements("circle")).hasSize(2);
        assertThat(picture.texts("text")).contains("in-degree (1 node of degree 0 left out)");
    }

    @Test
    void classBalanceShowsNamesAndCounts() throws Exception {
        assertThat(svg("classes", star()).texts("text")).contains("hub", "leaf", "3", "2", "nodes");
        assertThat(svg("classes", molecules).texts("text")).contains("graphs");
    }

    @Test
    void homophilyIsTheShareOfNeighboursOfTheSameClass() throws Exception {
        // the hub has two of four neighbours in its class, its two leaves of that class one of one; the others none
        assertThat(svg("homophily", star()).texts("text")).contains("0.667", "0");
    }

    @Test
    void drawingShowsEveryNodeLargerWithItsDegree() throws Exception {
        Rendered picture = svg("graph", star());
        double hub = Double.parseDouble(
                picture.hinted("circle", "node 0, hub, degree 4").getAttribute("r"));
        double leaf = Double.parseDouble(
                picture.hinted("circle", "node 1, leaf, degree 1").getAttribute("r"));
        assertThat(hub).isGreaterThan(1.5 * leaf);
        assertThat(picture.elements("line")).hasSize(4);
        assertThat(picture.texts("text")).contains("hub", "leaf", "no class");
    }

    @Test
    void largeGraphsAreDrawnInPart() throws Exception {
        GraphBuilder ring = Graph.builder(2 * DatasetDrawing.MOST_NODES);
        for (int v = 0; v < 2 * DatasetDrawing.MOST_NODES; v++) {
            ring.undirectedEdge(v, (v + 1) % (2 * DatasetDrawing.MOST_NODES));
        }
        Dataset large = Dataset.builder(Samples.info("ring", Task.NODE))
                .graph(ring.build())
                .classes(1)
                .build();
        Rendered picture = svg("graph", large);
        assertThat(picture.elements("circle")).hasSize(DatasetDrawing.MOST_NODES);
        assertThat(picture.texts("title").get(0))
                .contains("3000 of 6,000 nodes, those nearest to the one of highest degree");
    }

    @Test
    void severalGraphsStandSideBySideTheirNodesColouredByKind() throws Exception {
        Rendered picture = svg("graph", molecules);
        assertThat(picture.texts("text"))
                .anyMatch(text -> text.startsWith("graph 0"))
                .contains("C", "N", "O");
        assertThat(picture.elements("circle").stream()
                        .map(circle -> circle.getAttribute("fill"))
                        .distinct())
                .hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void noSpaceIsLeftBelowAGraphThatIsWiderThanHigh() throws Exception {
        GraphBuilder path = Graph.builder(12).labels(new int[12]);
        for (int v = 0; v < 11; v++) {
            path.undirectedEdge(v, v + 1);
        }
        Dataset wide = Dataset.builder(Samples.info("path", Task.NODE))
                .graph(path.build())
                .classes(1)
                .build();
        double height =
                Double.parseDouble(svg("graph", wide).elements("svg").get(0).getAttribute("height"));
        assertThat(height).isLessThan(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"degrees", "degrees-log", "classes", "homophily", "graph"})
    void everyPictureComesInBothFormatsAndTheSameEachTime(String picture) throws Exception {
        assertThat(pictures.pictures(houses)).contains(picture);
        assertThat(ImageIO.read(new ByteArrayInputStream(bytes(picture, houses, "png"))))
                .isNotNull();
        assertThat(bytes(picture, houses, "svg")).isEqualTo(bytes(picture, Samples.houses(), "svg"));
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> pictures.render("tree", houses, "svg", new ByteArrayOutputStream()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "there is no picture 'tree' of data set 'ba-shapes'; there are degrees, degrees-log, classes,"
                                + " homophily, graph");
        assertThatThrownBy(() -> pictures.render("graph", houses, "bmp", new ByteArrayOutputStream()))
                .hasMessage("pictures of data sets come as svg or png, not as 'bmp'");
    }
}
