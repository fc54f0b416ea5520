package org.aitia.datasets.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.dataset.Split;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBuilder;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkDatasetTest {
    private static final DatasetInfo INFO =
            new DatasetInfo("town", "Town", "Who knows whom.", Task.NODE, "made here", "cite", "none", true);

    private record Pair(int source, int target) {
        Pair reverse() {
            return new Pair(/* source= */ target, /* target= */ source);
        }

        Pair lesserFirst() {
            return new Pair(Math.min(source, target), Math.max(source, target));
        }
    }

    private static Dataset links(Dataset base, Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("task", "link");
        return LinkDataset.of(base, LinkOptions.parse(all, base.info().name()), all, TaskMonitor.NONE);
    }

    private static Dataset of(Graph graph) {
        return Dataset.builder(INFO)
                .graph(graph)
                .classNames(List.of("young", "old"))
                .build();
    }

    /** A random graph with loops, weights and everything; the weight and feature of an edge tell its ends. */
    private static Dataset town(int nodes, int edges, boolean undirected, long seed) {
        RandomGenerator random = Seeds.generator(seed);
        GraphBuilder builder = Graph.builder(nodes);
        Set<Pair> seen = new HashSet<>();
        for (int e = 0; e < edges; e++) {
            int a = random.nextInt(nodes);
            int b = e % 10 == 0 ? a : random.nextInt(nodes); // every tenth is a loop
            seen.add(new Pair(a, b));
            if (undirected) {
                seen.add(new Pair(b, a));
            }
        }
        float[][] edgeFeatures = new float[seen.size()][];
        int row = 0;
        for (Pair pair : seen) {
            builder.edge(pair.source(), pair.target(), weight(pair, nodes));
            edgeFeatures[row++] = new float[] {pair.source(), pair.target()};
        }
        float[][] features =
                IntStream.range(0, nodes).mapToObj(v -> new float[] {v, -v}).toArray(float[][]::new);
        return Dataset.builder(INFO)
                .graph(builder.features(DenseFeatures.of(features))
                        .edgeFeatures(DenseFeatures.of(edgeFeatures))
                        .labels(IntStream.range(0, nodes).map(v -> v % 3 - 1).toArray())
                        .nodeNames(IntStream.range(0, nodes)
                                .mapToObj(v -> "inhabitant " + v)
                                .toList())
                        .build())
                .classNames(List.of("young", "old"))
                .featureNames(List.of("plus", "minus"))
                .edgeFeatureNames(List.of("from", "to"))
                .build();
    }

    private static float weight(Pair pair, int nodes) {
        return 2 + pair.source() + nodes * pair.target();
    }

    private static Set<Pair> edges(Graph graph) {
        Set<Pair> edges = new HashSet<>();
        for (int e = 0; e < graph.edgeCount(); e++) {
            edges.add(new Pair(graph.source(e), graph.target(e)));
        }
        return edges;
    }

    private static Pair candidate(Dataset links, int instance) {
        return new Pair(links.linkSource(instance), links.linkTarget(instance));
    }

    @RepeatedTest(20)
    void everyLinkIsOneCandidateAndHiddenOnesAreNotInTheGraph(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        boolean undirected = seed % 2 == 0;
        int nodes = 12 + (int) seed;
        Dataset base = town(nodes, 5 * (int) seed, undirected, seed);
        Dataset links = links(
                base,
                Map.of("linkSeed", "" + seed, "validationFraction", "0.2", "testFraction", "0.3", "negatives", "0.5"));
        Set<Pair> all = edges(base.graph());
        Set<Pair> kept = edges(links.graph());
        Split split = links.split();

        Set<Integer> seen = new HashSet<>();
        Set<Pair> positives = new HashSet<>();
        Set<Pair> hidden = new HashSet<>();
        Map<String, int[]> parts =
                Map.of("train", split.train(), "validation", split.validation(), "test", split.test());
        parts.forEach((part, instances) -> {
            int ones = 0;
            for (int i : instances) {
                assertThat(seen.add(i)).as("parts are disjoint").isTrue();
                Pair pair = candidate(links, i);
                assertThat(pair.source()).isNotEqualTo(pair.target());
                ones += links.label(i);
                if (links.label(i) == 0) {
                    assertThat(all).doesNotContain(pair);
                    continue;
                }
                assertThat(positives.add(pair)).as("once").isTrue();
                assertThat(all).contains(pair);
                assertThat(kept.contains(pair)).isEqualTo(part.equals("train"));
                if (undirected) {
                    assertThat(pair).isEqualTo(pair.lesserFirst());
                }
                if (!part.equals("train")) {
                    hidden.add(pair);
                    if (undirected) {
                        hidden.add(pair.reverse());
                    }
                }
            }
            assertThat(instances.length - ones).isEqualTo(Math.round(0.5 * ones));
        });
        assertThat(seen).hasSize(links.instanceCount());
        long expected = all.stream()
                .filter(pair -> undirected ? pair.source() < pair.target() : pair.source() != pair.target())
                .count();
        assertThat(positives).hasSize((int) expected);
        assertThat(split.validation().length).isEqualTo(half(Math.max(1, (int) (expected * 0.2))));
        Set<Pair> remaining = new HashSet<>(all);
        remaining.removeAll(hidden);
        assertThat(kept).isEqualTo(remaining); // loops are among them
        assertThat(links.graph().isUndirected()).isEqualTo(base.graph().isUndirected());
        assertThat(IntStream.range(0, links.instanceCount())
                        .filter(i -> links.label(i) == 0)
                        .mapToObj(i -> undirected ? candidate(links, i).lesserFirst() : candidate(links, i))
                        .distinct()
                        .count())
                .as("no pair without a link twice")
                .isEqualTo(links.instanceCount() - expected);
    }

    private static int half(int positives) {
        return positives + (int) Math.round(0.5 * positives);
    }

    @Test
    void everythingElseOfTheGraphIsKept() {
        Dataset base = town(30, 150, true, 1);
        Dataset links = links(base, Map.of());
        Graph graph = links.graph();
        assertThat(graph.features()).isSameAs(base.graph().features());
        assertThat(graph.isWeighted()).isTrue();
        for (int e = 0; e < graph.edgeCount(); e++) {
            Pair pair = new Pair(graph.source(e), graph.target(e));
            assertThat(graph.edgeWeight(e)).isEqualTo(weight(pair, 30));
            assertThat(graph.edgeFeatures().value(e, 0)).isEqualTo(pair.source());
            assertThat(graph.edgeFeatures().value(e, 1)).isEqualTo(pair.target());
        }
        for (int v = 0; v < 30; v++) {
            assertThat(graph.label(v)).isEqualTo(base.graph().label(v));
            assertThat(graph.nodeName(v)).contains("inhabitant " + v);
        }
        assertThat(links.featureName(1)).isEqualTo("minus");
        assertThat(links.edgeFeatureName(1)).isEqualTo("to");
    }

    @Test
    void itIsADataSetOfLinks() {
        Dataset links = links(town(30, 150, true, 1), Map.of("linkSeed", "7"));
        assertThat(links.info())
                .isEqualTo(new DatasetInfo(
                        "town",
                        "Town, links",
                        "Who knows whom. Here it is to be predicted whether two nodes are linked.",
                        Task.LINK,
                        "made here",
                        "cite",
                        "none",
                        true));
        assertThat(links.classNames()).containsExactly("no link", "link");
        assertThat(links.options()).isEqualTo(Map.of("task", "link", "linkSeed", "7"));
        assertThat(links.splits()).containsOnlyKeys("random");
    }

    @Test
    void sameSeedGivesTheSameDataAndAnotherSeedOthers() {
        Dataset base = town(30, 150, false, 1);
        String digest = links(base, Map.of()).digest();
        assertThat(links(base, Map.of()).digest()).isEqualTo(digest);
        assertThat(links(base, Map.of("linkSeed", "0")).digest()).isEqualTo(digest);
        assertThat(links(base, Map.of("linkSeed", "1")).digest()).isNotEqualTo(digest);
        assertThat(digest).isNotEqualTo(base.digest());
    }

    @Test
    void divisionDoesNotDependOnTheNegatives() {
        Dataset base = town(30, 150, true, 1);
        Graph one = links(base, Map.of()).graph();
        Graph none = links(base, Map.of("negatives", "0")).graph();
        assertThat(edges(one)).isEqualTo(edges(none));
    }

    @Test
    void candidatesAreAppendedWithoutLabelAndBelongToNoPart() {
        Dataset base = town(30, 150, true, 1);
        Dataset without = links(base, Map.of());
        Dataset links = links(base, Map.of("candidates", "3-17, 9-4,0-1"));
        int first = without.instanceCount();
        assertThat(links.instanceCount()).isEqualTo(first + 3);
        assertThat(candidate(links, first)).isEqualTo(new Pair(3, 17));
        assertThat(candidate(links, first + 1)).isEqualTo(new Pair(9, 4));
        assertThat(IntStream.range(first, first + 3).map(links::label)).containsOnly(-1);
        assertThat(links.split().train()).isEqualTo(without.split().train());
        assertThat(links.split().test()).isEqualTo(without.split().test());
        for (int i = 0; i < first; i++) {
            assertThat(candidate(links, i)).isEqualTo(candidate(without, i));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            3         | option 'candidates' takes pairs of nodes like 3-17,4-9, not '3'
            3-4,,5-6  | option 'candidates' takes pairs of nodes like 3-17,4-9, not ''
            a-b       | option 'candidates' takes pairs of nodes like 3-17,4-9, not 'a-b'
            3-30      | candidate 3-30 of data set 'town' names a node outside 0..29
            9999999999-1 | candidate 9999999999-1 of data set 'town' names a node outside 0..29
            5-5       | candidate 5-5 of data set 'town' is a loop; name two different nodes
            """)
    void candidatesThatMakeNoSenseAreRefused(String candidates, String message) {
        Dataset base = town(30, 150, true, 1);
        assertThatThrownBy(() -> links(base, Map.of("candidates", candidates)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
    }

    @Test
    void denseGraphHasTooFewPairsWithoutALink() {
        GraphBuilder complete = Graph.builder(6);
        for (int a = 0; a < 6; a++) {
            for (int b = 0; b < a; b++) {
                complete.undirectedEdge(a, b);
            }
        }
        Dataset base = of(complete.build());
        assertThatThrownBy(() -> links(base, Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("data set 'town' has 0 pairs of nodes without a link, but negatives=1.0 for 15 links asks"
                        + " for 15; choose a smaller number of negatives");
        assertThat(links(base, Map.of("negatives", "0")).instanceCount()).isEqualTo(15);
    }

    @Test
    void allPairsWithoutALinkCanBeAskedFor() {
        // a path of 5 nodes: 4 links and 6 other pairs, which are 1.5 for each link
        Dataset base = of(Graph.builder(5)
                .undirectedEdge(0, 1)
                .undirectedEdge(1, 2)
                .undirectedEdge(2, 3)
                .undirectedEdge(3, 4)
                .build());
        Map<String, String> options = Map.of("negatives", "1.5", "validationFraction", "0", "testFraction", "0.5");
        Dataset links = links(base, options);
        assertThat(links.instanceCount()).isEqualTo(10);
        assertThat(IntStream.range(0, 10).mapToObj(i -> candidate(links, i)).distinct())
                .hasSize(10);
        assertThat(links.split().validation()).isEmpty();
    }

    @Test
    void tinyGraphMustLeaveLinksToLearnFrom() {
        Dataset base =
                of(Graph.builder(5).undirectedEdge(0, 1).undirectedEdge(1, 2).build());
        assertThatThrownBy(() -> links(base, Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("data set 'town' has 2 links; validationFraction=0.05 and testFraction=0.1 take 1 and 1 of"
                        + " them and leave none to learn from");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void graphWithoutLinksIsRefused(int nodes) {
        GraphBuilder loops = Graph.builder(nodes);
        IntStream.range(0, nodes).forEach(v -> loops.edge(v, v));
        Dataset base = of(loops.build());
        assertThatThrownBy(() -> links(base, Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("data set 'town' has no links between different nodes, so task=link has nothing to"
                        + " predict");
    }

    @Test
    void partsThatTakeEverythingAreRefused() {
        Dataset base = town(30, 150, true, 1);
        assertThatThrownBy(() -> links(base, Map.of("validationFraction", "0.5", "testFraction", "0.5")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("validationFraction=0.5 and testFraction=0.5 leave no links of data set 'town' to learn"
                        + " from; their sum must be less than 1");
    }
}
