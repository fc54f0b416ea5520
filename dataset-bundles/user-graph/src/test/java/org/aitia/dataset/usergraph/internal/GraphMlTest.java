package org.aitia.dataset.usergraph.internal;

import static org.aitia.dataset.usergraph.internal.UserFiles.file;
import static org.aitia.dataset.usergraph.internal.UserFiles.load;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aitia.api.DataFormatException;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.graph.Graph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphMlTest {
    private static final String HEAD = """
            <?xml version="1.0" encoding="UTF-8"?>
            <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
            <key id="d0" for="node" attr.name="age" attr.type="double"><default>5</default></key>
            <key id="d1" for="node" attr.name="label" attr.type="string"/>
            <key id="d2" for="edge" attr.name="weight" attr.type="double"/>
            <key id="d3" for="edge" attr.name="kind" attr.type="string"/>
            """;
    private static final String GRAPH = """
            <graph id="G" edgedefault="undirected">
            <desc>an example</desc>
            <node id="n0"><data key="d0">1.5</data><data key="d1">x &amp; y</data></node>
            <node id="n1"><data key="d1">z</data></node>
            <node id="n2"/>
            <edge source="n0" target="n1"><data key="d2">2</data><data key="d3">a</data></edge>
            <edge source="n2" target="n1"><data key="d2">3</data><data key="d3">b</data></edge>
            </graph>
            """;

    @TempDir
    Path temp;

    private Path graphMl(String text) {
        return file(temp.resolve("my graph.graphml"), text);
    }

    @Test
    void attributesBecomeFeaturesLabelsAndWeights() {
        Dataset dataset = load(graphMl(HEAD + GRAPH + "</graphml>"));
        Graph graph = dataset.graph();
        assertThat(graph.nodeCount()).isEqualTo(3);
        assertThat(graph.edgeCount()).isEqualTo(4);
        assertThat(graph.features().value(0, 0)).isEqualTo(1.5f);
        assertThat(graph.features().value(2, 0)).isEqualTo(5); // the key's default
        assertThat(dataset.classNames()).containsExactly("x & y", "z");
        assertThat(dataset.label(2)).isEqualTo(-1);
        assertThat(graph.nodeName(1)).contains("n1");
        assertThat(graph.edgeWeight(graph.edge(1, 2))).isEqualTo(3);
        assertThat(graph.edgeFeatures().value(graph.edge(1, 2), 1)).isEqualTo(1);
    }

    @Test
    void directionIsThatOfTheFileUnlessADescriptorSaysOtherwise() {
        String text = HEAD + GRAPH.replace("undirected", "directed") + "</graphml>";
        assertThat(load(graphMl(text)).graph().edgeCount()).isEqualTo(2);
        file(temp.resolve("my graph.json"), "{\"directed\": false, \"title\": \"Mine\"}");
        Dataset described = load(graphMl(text));
        assertThat(described.graph().edgeCount()).isEqualTo(4);
        assertThat(described.info().title()).isEqualTo("Mine");
    }

    @Test
    void severalGraphsAreAGraphTaskWithIdsOfTheirOwn() {
        String key = "<key id=\"g\" for=\"graph\" attr.name=\"label\" attr.type=\"string\"/>";
        String first = GRAPH.replace("<desc>", "<data key=\"g\">good</data><desc>");
        String second = GRAPH.replace("\"G\"", "\"H\"").replace("<desc>", "<data key=\"g\">bad</data><desc>");
        Dataset dataset = load(graphMl(HEAD + key + first + second + "</graphml>"));
        assertThat(dataset.info().task()).isEqualTo(Task.GRAPH);
        assertThat(dataset.graphs()).hasSize(2);
        assertThat(dataset.graphs().get(1).edgeCount()).isEqualTo(4);
        assertThat(dataset.classNames()).containsExactly("bad", "good");
        assertThat(dataset.label(0)).isEqualTo(1);
    }

    private void assertFault(String text, String message) {
        Path path = graphMl(text);
        assertThatThrownBy(() -> load(path))
                .isInstanceOf(DataFormatException.class)
                .hasMessage("file " + path + message);
    }

    @Test
    void faultsAreNamedByLine() {
        assertFault(
                HEAD + GRAPH.replace("target=\"n1\"><data key=\"d2\">2", "target=\"n7\"><data key=\"d2\">2")
                        + "</graphml>",
                ", line 12, column 'target': expected the id of a node of " + temp.resolve("my graph.graphml")
                        + ", found 'n7'; add the node there or remove the line");
        assertFault(
                HEAD + GRAPH.replace("1.5", "old") + "</graphml>",
                ", line 9, column 'age': expected a finite number, found 'old'; declare the column \"categorical\" or"
                        + " correct the line");
        assertFault(
                HEAD + GRAPH.replace("key=\"d0\">1.5", "key=\"d9\">1.5") + "</graphml>",
                ", line 9: expected data of a declared key for nodes, found 'd9'; correct it or export it again");
        assertFault(
                HEAD + GRAPH.replace("<node id=\"n2\"/>", "<node/>") + "</graphml>",
                ", line 11: expected an attribute 'id' of <node>, found none; correct it or export it again");
        assertFault(
                HEAD + GRAPH.replace("<node id=\"n2\"/>", "<hyperedge/>") + "</graphml>",
                ", line 11: expected nodes, edges and data, found <hyperedge>; correct it or export it again");
        assertFault("<html/>", ", line 1: expected <graphml>, found <html>; correct it or export it again");
        assertFault(HEAD + "</graphml>", ": expected a graph, found none; export it again");
    }

    @Test
    void textThatIsNoXmlIsRefused() {
        for (String text :
                new String[] {"", "id,label", HEAD + GRAPH, HEAD + "<graph edgedefault=\"directed\"></node>"}) {
            Path path = graphMl(text);
            assertThatThrownBy(() -> load(path))
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageStartingWith("file " + path + ", line ")
                    .hasMessageContaining("expected GraphML, found ")
                    .hasMessageNotContaining("\n");
        }
    }

    /** Documents of strangers must neither read files nor grow without bound. */
    @Test
    void documentTypesAreRefusedWithWhateverTheyDeclare() {
        Path secret = file(temp.resolve("secret.txt"), "hunter2");
        for (String type : new String[] {
            "<!DOCTYPE graphml [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>",
            "<!DOCTYPE graphml [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\"><!ENTITY e \"&b;&b;&b;\">]>",
            "<!DOCTYPE graphml SYSTEM \"http://localhost:1/x.dtd\">"
        }) {
            String text =
                    HEAD.replace("<graphml", type + "<graphml") + GRAPH.replace("x &amp; y", "&e;") + "</graphml>";
            Path path = graphMl(text);
            assertThatThrownBy(() -> load(path))
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageContaining("document type")
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void encodingIsTheDeclaredOne() throws IOException {
        String text = (HEAD + GRAPH + "</graphml>").replace("x &amp; y", "größe");
        Path path = temp.resolve("e.graphml");
        for (Charset charset :
                new Charset[] {StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16}) {
            Files.write(path, text.replace("\"UTF-8\"", "\"" + charset + "\"").getBytes(charset));
            assertThat(load(path).classNames()).containsExactly("größe", "z");
        }
        Files.write(path, text.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> load(path)).isInstanceOf(DataFormatException.class);
        Files.writeString(path, text.replace("\"UTF-8\"", "\"klingon\""));
        assertThatThrownBy(() -> load(path))
                .hasMessage("file " + path + ", line 1: expected a known encoding, found 'klingon'; save it in UTF-8");
    }
}
