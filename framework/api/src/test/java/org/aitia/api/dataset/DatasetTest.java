package org.aitia.api.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.Task;
import org.aitia.api.dataset.GroundTruth.Alternative;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Features;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.api.graph.SparseFeatures;
import org.junit.jupiter.api.Test;

class DatasetTest {
    private static DatasetInfo info(String name, Task task) {
        return new DatasetInfo(name, "Title", "text", task, "here", "", "none", true);
    }

    private static GraphBuilder path() {
        return Graph.builder(3).undirectedEdge(0, 1).undirectedEdge(1, 2).features(DenseFeatures.constant(3, 1, 1));
    }

    private static Dataset.Builder of(GraphBuilder graph) {
        return Dataset.builder(info("path", Task.NODE)).graph(graph.build()).classes(2);
    }

    private static Split split(int train) {
        return new Split(new int[] {train}, new int[0], new int[] {2});
    }

    @Test
    void digestIsOfContentOnly() {
        Dataset plain =
                of(path().labels(new int[] {0, 1, 0})).split("a", split(0)).build();
        Dataset same = Dataset.builder(info("other-name", Task.NODE))
                .graph(path().labels(new int[] {0, 1, 0})
                        .nodeNames(List.of("x", "y", "z"))
                        .build())
                .classNames(List.of("yes", "no"))
                .options(Map.of("seed", "0"))
                .suggestedTargets("0..1")
                .split("a", split(0))
                .build();
        assertThat(plain.digest()).matches("sha256:[0-9a-f]{64}").isEqualTo(same.digest());
    }

    @Test
    void anyDifferenceInContentIsADifferentDigest() {
        int[] labels = {0, 1, 0};
        Features sparse = new SparseFeatures(1, new int[] {0, 1, 2, 3}, new int[3], new float[] {1, 1, 1});
        Map<String, Dataset.Builder> variants = new LinkedHashMap<>();
        variants.put("plain", of(path()));
        variants.put("edge", of(path().edge(2, 0)));
        variants.put("weight", of(path().edge(2, 0, 0.5f)));
        variants.put("loop", of(path().edge(0, 0)));
        variants.put("labels", of(path().labels(labels)));
        variants.put("other labels", of(path().labels(new int[] {0, 1, 1})));
        variants.put("features", of(path().features(DenseFeatures.constant(3, 1, 2))));
        variants.put("more features", of(path().features(DenseFeatures.constant(3, 2, 1))));
        variants.put("sparse features", of(path().features(sparse)));
        variants.put("split", of(path()).split("a", split(0)));
        variants.put("other split", of(path()).split("a", split(1)));
        variants.put("name of split", of(path()).split("b", split(0)));
        variants.put("two splits", of(path()).split("a", split(0)).split("b", split(0)));
        variants.put("order of splits", of(path()).split("b", split(0)).split("a", split(0)));
        variants.put(
                "no labels but an empty split", of(path()).split("", new Split(new int[0], new int[0], new int[0])));
        variants.put("labels like an empty split", of(path().labels(new int[3])));
        variants.put(
                "graphs",
                Dataset.builder(info("graphs", Task.GRAPH))
                        .graphs(List.of(path().build()), new int[] {0})
                        .classes(2));
        variants.put(
                "label of a graph",
                Dataset.builder(info("graphs", Task.GRAPH))
                        .graphs(List.of(path().build()), new int[] {1})
                        .classes(2));
        Map<String, String> byDigest = new HashMap<>();
        variants.forEach(
                (name, variant) -> assertThat(byDigest.put(variant.build().digest(), name))
                        .as(name)
                        .isNull());
    }

    @Test
    void digestNeverChanges() {
        // models remember the digest of what they were trained on
        assertThat(of(path().labels(new int[] {0, 1, 0}))
                        .split("a", split(0))
                        .build()
                        .digest())
                .isEqualTo("sha256:3b4693cf1c5f4ec2757b446c0f636fe749dc24d786405cfa9d6ac28b4683d3a5");
    }

    @Test
    void instancesAreNodesOrGraphs() {
        Dataset nodes = of(path().labels(new int[] {0, -1, 1})).build();
        assertThat(nodes.instanceCount()).isEqualTo(3);
        assertThat(nodes.label(1)).isEqualTo(-1);
        assertThat(nodes.label(2)).isEqualTo(1);
        Dataset graphs = Dataset.builder(info("graphs", Task.GRAPH))
                .graphs(List.of(path().build(), path().build()), new int[] {1, 0})
                .classes(2)
                .build();
        assertThat(graphs.instanceCount()).isEqualTo(2);
        assertThat(graphs.label(0)).isEqualTo(1);
    }

    @Test
    void whatDoesNotFitItsTaskIsRefused() {
        Consumer<Dataset.Builder> nothing = builder -> assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("data set 'x' has no graph");
        nothing.accept(Dataset.builder(info("x", Task.NODE)));
        nothing.accept(Dataset.builder(info("x", Task.GRAPH)));
        assertThatThrownBy(() -> Dataset.builder(info("x", Task.NODE))
                        .graphs(List.of(path().build(), path().build()), new int[2])
                        .build())
                .hasMessage("data set 'x' needs exactly one graph for node and link tasks");
        assertThatThrownBy(() -> Dataset.builder(info("x", Task.GRAPH))
                        .graphs(List.of(path().build(), path().build()), new int[1])
                        .build())
                .hasMessage("data set 'x' has 2 graphs but 1 labels");
    }

    @Test
    void namesFallBackToNumbers() {
        Dataset plain = of(path()).build();
        assertThat(plain.classNames()).containsExactly("0", "1");
        assertThat(plain.featureName(0)).isEqualTo("feature 0");
        Dataset named = of(path())
                .classNames(List.of("a", "b"))
                .featureNames(List.of("word"))
                .build();
        assertThat(named.classNames()).containsExactly("a", "b");
        assertThat(named.featureName(0)).isEqualTo("word");
    }

    @Test
    void firstSplitIsTheDefault() {
        Split first = split(0);
        Dataset dataset =
                of(path()).split("public", first).split("random", split(1)).build();
        assertThat(dataset.split()).isSameAs(first);
        assertThat(dataset.splits().keySet()).containsExactly("public", "random");
        assertThatThrownBy(() -> of(path()).build().split())
                .isInstanceOf(NotFoundException.class)
                .hasMessage("data set 'path' has no split");
    }

    @Test
    void splitIsSortedAndCannotBeChanged() {
        int[] train = {5, 1, 3};
        Split split = new Split(train, new int[] {4, 2}, new int[] {0});
        train[0] = 9;
        split.train()[0] = 9;
        split.validation()[0] = 9;
        split.test()[0] = 9;
        assertThat(split.train()).containsExactly(1, 3, 5);
        assertThat(split.validation()).containsExactly(2, 4);
        assertThat(split.test()).containsExactly(0);
    }

    @Test
    void alternativeCannotBeChanged() {
        BitSet edges = new BitSet();
        edges.set(3);
        Alternative alternative = new Alternative(edges, new BitSet());
        edges.clear();
        alternative.edges().clear();
        alternative.nodes().set(1);
        assertThat(alternative.edges().cardinality()).isEqualTo(1);
        assertThat(alternative.nodes().isEmpty()).isTrue();
    }

    private static Dataset.Builder links(int... labels) {
        return Dataset.builder(info("links", Task.LINK))
                .graph(path().build())
                .links(new int[] {0, 2}, new int[] {1, 0}, labels)
                .classNames(List.of("absent", "present"));
    }

    @Test
    void instancesOfALinkTaskAreCandidateLinks() {
        Dataset links = links(1, -1).split("a", split(0)).build();
        assertThat(links.instanceCount()).isEqualTo(2);
        assertThat(links.linkSource(1)).isEqualTo(2);
        assertThat(links.linkTarget(1)).isZero();
        assertThat(links.label(0)).isEqualTo(1);
        assertThat(links.label(1)).isEqualTo(-1);
        assertThat(links.graph().edgeCount()).isEqualTo(4);
    }

    @Test
    void candidateLinksAreCopied() {
        int[] sources = {0};
        Dataset links = Dataset.builder(info("links", Task.LINK))
                .graph(path().build())
                .links(sources, new int[] {1}, new int[] {1})
                .classes(2)
                .build();
        sources[0] = 2;
        assertThat(links.linkSource(0)).isZero();
    }

    @Test
    void candidateLinksCountForTheDigest() {
        Map<String, Dataset.Builder> variants = new LinkedHashMap<>();
        variants.put("plain", links(0, 1));
        variants.put("labels", links(1, 1));
        variants.put("ends", links(0, 1).links(new int[] {2, 0}, new int[] {1, 0}, new int[] {0, 1}));
        variants.put("direction", links(0, 1).links(new int[] {1, 0}, new int[] {0, 2}, new int[] {0, 1}));
        variants.put("fewer", links(0, 1).links(new int[] {0}, new int[] {1}, new int[] {0}));
        Map<String, String> byDigest = new HashMap<>();
        variants.forEach(
                (name, variant) -> assertThat(byDigest.put(variant.build().digest(), name))
                        .as(name)
                        .isNull());
        assertThat(links(0, 1).build().digest()).isEqualTo(links(0, 1).build().digest());
    }

    @Test
    void candidateLinksThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> links(1).build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("data set 'links' has 2 sources, 2 targets and 1 labels of links");
        assertThatThrownBy(() -> Dataset.builder(info("x", Task.LINK))
                        .graphs(List.of(path().build(), path().build()), new int[2])
                        .build())
                .hasMessage("data set 'x' needs exactly one graph for node and link tasks");
    }

    @Test
    void edgeFeaturesHaveNamesAndCountForTheDigest() {
        Features kinds = DenseFeatures.of(new float[][] {{1}, {1}, {2}, {2}});
        Dataset with =
                of(path().edgeFeatures(kinds)).edgeFeatureNames(List.of("kind")).build();
        Dataset without = of(path()).build();
        assertThat(with.edgeFeatureCount()).isEqualTo(1);
        assertThat(with.edgeFeatureName(0)).isEqualTo("kind");
        assertThat(of(path().edgeFeatures(kinds)).build().edgeFeatureName(0)).isEqualTo("edge feature 0");
        assertThat(without.edgeFeatureCount()).isZero();
        assertThat(with.digest()).isNotEqualTo(without.digest());
        assertThat(of(path().edgeFeatures(DenseFeatures.constant(4, 1, 1)))
                        .build()
                        .digest())
                .isNotEqualTo(with.digest());
    }

    /** Whatever buffers the values come from: the heap, memory outside it, a file. */
    @Test
    void digestIsThatOfAllNumbersInTurn() throws Exception {
        int nodes = 3;
        int columns = 20_001; // more than go through a chunk at once
        ByteBuffer direct = ByteBuffer.allocateDirect(nodes * columns * Float.BYTES + 1)
                .position(1) // nobody promises that a mapped array is aligned
                .slice();
        FloatBuffer values = direct.asFloatBuffer();
        for (int i = 0; i < nodes * columns; i++) {
            values.put(i, i % 7 == 0 ? Float.intBitsToFloat(0x7fc00000 + i) : i / 3f); // some are not numbers
        }
        Dataset dataset =
                of(path().features(new DenseFeatures(nodes, columns, values))).build();
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        DataOutputStream numbers = new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), sha));
        // one graph; offsets, sources and weights, each with its length; features; no labels
        for (int number : new int[] {1, 4, 0, 1, 3, 4, 4, 1, 0, 2, 1, 0, nodes, columns, 0, nodes * columns}) {
            numbers.writeInt(number);
        }
        for (int i = 0; i < nodes * columns; i++) {
            numbers.writeInt(Float.floatToIntBits(values.get(i)));
        }
        for (int number : new int[] {0, 0, 0}) { // no labels of nodes, of graphs, no splits
            numbers.writeInt(number);
        }
        assertThat(dataset.digest()).isEqualTo("sha256:" + HexFormat.of().formatHex(sha.digest()));
    }
}
