package org.aitia.datasets.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.dataset.Split;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBuilder;

/**
 * Makes a data set of candidate links from one graph, as PyG's RandomLinkSplit does: the links of validation and test
 * are taken out of the graph, and each part gets pairs of nodes without a link as negative examples.
 *
 * <p>Candidates are, in this order: all links of the graph without loops, by the order of its edges; pairs without a
 * link; those that the user asks about. A link of an undirected graph is one candidate, from the lesser node to the
 * greater.
 */
final class LinkDataset {
    private static final Pattern PAIR = Pattern.compile("\\s*(\\d{1,10})\\s*-\\s*(\\d{1,10})\\s*");
    private static final int LINKED = 1;
    private static final int NOT_LINKED = 0;
    private static final int ASKED = -1;

    // streams that are derived from the seed
    private static final int DIVISION = 0;
    private static final int NEGATIVES = 1;
    private static final int NEGATIVES_DIVISION = 2;

    private final Dataset base;
    private final Graph graph;
    private final LinkOptions options;
    private final boolean undirected;
    private final NodePairs pairs;

    private LinkDataset(Dataset base, LinkOptions options) {
        this.base = base;
        this.graph = base.graph();
        this.options = options;
        this.undirected = graph.isUndirected();
        this.pairs = new NodePairs(graph.nodeCount(), undirected);
    }

    /**
     * Derives the data set.
     *
     * @param base of {@link Task#NODE}
     * @param given all options, for the record
     */
    static Dataset of(Dataset base, LinkOptions options, Map<String, String> given, TaskMonitor monitor) {
        return new LinkDataset(base, options).build(given, monitor);
    }

    /** How many instances each part has. */
    private record Sizes(int train, int validation, int test) {
        long sum() {
            return (long) train + validation + test;
        }
    }

    private Dataset build(Map<String, String> given, TaskMonitor monitor) {
        List<int[]> asked = asked();
        int[] links = links();
        Sizes positive = positiveSizes(links.length);
        Sizes negative = negativeSizes(positive, links.length);
        monitor.checkCancelled();

        int[] division = shuffled(links.length, DIVISION);
        long[] linked = new long[links.length];
        int count = Math.toIntExact(links.length + negative.sum() + asked.size());
        int[] sources = new int[count];
        int[] targets = new int[count];
        int[] labels = new int[count];
        for (int i = 0; i < links.length; i++) {
            sources[i] = graph.source(links[i]);
            targets[i] = graph.target(links[i]);
            labels[i] = LINKED;
            linked[i] = pairs.number(sources[i], targets[i]);
        }
        long[] notLinked = pairs.draw(linked, (int) negative.sum(), generator(NEGATIVES));
        for (int i = 0; i < notLinked.length; i++) {
            sources[links.length + i] = pairs.source(notLinked[i]);
            targets[links.length + i] = pairs.target(notLinked[i]);
            labels[links.length + i] = NOT_LINKED;
        }
        int at = links.length + notLinked.length;
        for (int[] pair : asked) {
            sources[at] = pair[0];
            targets[at] = pair[1];
            labels[at] = ASKED;
            at++;
        }
        monitor.checkCancelled();
        Split split = split(division, positive, shuffled(notLinked.length, NEGATIVES_DIVISION), negative, links.length);
        BitSet hidden = hidden(links, division, positive.train());
        return Dataset.builder(info())
                .options(given)
                .graph(without(hidden))
                .links(sources, targets, labels)
                .classNames(List.of("no link", "link"))
                .featureNames(featureNames())
                .edgeFeatureNames(edgeFeatureNames())
                .split("random", split)
                .build();
    }

    /** The edges to predict: each link once, no loops; ascending. */
    private int[] links() {
        int[] targets = graph.targets();
        int[] links = IntStream.range(0, graph.edgeCount())
                .filter(e -> undirected ? graph.source(e) < targets[e] : graph.source(e) != targets[e])
                .toArray();
        if (links.length == 0) {
            throw new InvalidRequestException("data set '" + name() + "' has no links between different nodes, so"
                    + " task=link has nothing to predict");
        }
        return links;
    }

    private Sizes positiveSizes(int links) {
        int validation = part(links, options.validationFraction());
        int test = part(links, options.testFraction());
        if (validation + test >= links) {
            throw new InvalidRequestException("data set '" + name() + "' has " + links + " links; validationFraction="
                    + options.validationFraction() + " and testFraction=" + options.testFraction() + " take "
                    + validation + " and " + test + " of them and leave none to learn from");
        }
        return new Sizes(links - validation - test, validation, test);
    }

    private static int part(int links, double fraction) {
        return fraction == 0 ? 0 : Math.max(1, (int) (links * fraction));
    }

    private Sizes negativeSizes(Sizes positive, int links) {
        long wanted = times(positive.train()) + times(positive.validation()) + times(positive.test());
        long free = pairs.count() - links;
        if (wanted > free || wanted > Integer.MAX_VALUE / 2) {
            throw new InvalidRequestException("data set '" + name() + "' has " + free + " pairs of nodes without a"
                    + " link, but negatives=" + options.negatives() + " for " + links + " links asks for " + wanted
                    + (wanted > free ? "" : ", more than " + Integer.MAX_VALUE / 2)
                    + "; choose a smaller number of negatives");
        }
        return new Sizes(
                (int) times(positive.train()), (int) times(positive.validation()), (int) times(positive.test()));
    }

    private long times(int positives) {
        return Math.round(positives * options.negatives());
    }

    private RandomGenerator generator(int stream) {
        return Seeds.generator(Seeds.derive(options.linkSeed(), stream));
    }

    /** 0 to n-1 in random order. */
    private int[] shuffled(int n, int stream) {
        RandomGenerator random = generator(stream);
        int[] order = new int[n];
        for (int i = 0; i < n; i++) { // Fisher and Yates, inside out
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static Split split(int[] links, Sizes positive, int[] others, Sizes negative, int firstOther) {
        int[] shifted = Arrays.stream(others).map(i -> firstOther + i).toArray();
        int trainedLinks = positive.train();
        int trainedOthers = negative.train();
        return new Split(
                both(links, 0, trainedLinks, shifted, 0, trainedOthers),
                both(links, trainedLinks, positive.validation(), shifted, trainedOthers, negative.validation()),
                both(
                        links,
                        trainedLinks + positive.validation(),
                        positive.test(),
                        shifted,
                        trainedOthers + negative.validation(),
                        negative.test()));
    }

    private static int[] both(int[] a, int aFrom, int aCount, int[] b, int bFrom, int bCount) {
        int[] both = Arrays.copyOfRange(a, aFrom, aFrom + aCount + bCount);
        System.arraycopy(b, bFrom, both, aCount, bCount);
        return both;
    }

    /** The edges that messages must not take: links of validation and test, in both directions. */
    private BitSet hidden(int[] links, int[] division, int trained) {
        BitSet hidden = new BitSet(graph.edgeCount());
        for (int i = trained; i < division.length; i++) {
            int edge = links[division[i]];
            hidden.set(edge);
            if (undirected) {
                hidden.set(graph.edge(/* source= */ graph.target(edge), /* target= */ graph.source(edge)));
            }
        }
        return hidden;
    }

    private Graph without(BitSet hidden) {
        int nodes = graph.nodeCount();
        GraphBuilder builder = Graph.builder(nodes).features(graph.features());
        int[] kept = new int[graph.edgeCount() - hidden.cardinality()];
        int at = 0;
        for (int target = 0; target < nodes; target++) {
            for (int e = graph.inOffset(target); e < graph.inOffset(target + 1); e++) {
                if (!hidden.get(e)) {
                    builder.edge(graph.source(e), target, graph.edgeWeight(e));
                    kept[at++] = e;
                }
            }
        }
        if (graph.edgeFeatures().columns() > 0) {
            builder.edgeFeatures(graph.edgeFeatures().select(kept));
        }
        if (graph.hasLabels()) {
            builder.labels(IntStream.range(0, nodes).map(graph::label).toArray());
        }
        if (nodes > 0 && graph.nodeName(0).isPresent()) {
            builder.nodeNames(IntStream.range(0, nodes)
                    .mapToObj(v -> graph.nodeName(v).orElseThrow())
                    .toList());
        }
        return builder.build();
    }

    private List<int[]> asked() {
        List<int[]> asked = new ArrayList<>();
        if (options.candidates().isBlank()) {
            return asked;
        }
        for (String text : options.candidates().split(",", -1)) {
            Matcher pair = PAIR.matcher(text);
            if (!pair.matches()) {
                throw new InvalidRequestException(
                        "option 'candidates' takes pairs of nodes like 3-17,4-9, not '" + text.strip() + "'");
            }
            long source = Long.parseLong(pair.group(1));
            long target = Long.parseLong(pair.group(2));
            if (Math.max(source, target) >= graph.nodeCount()) {
                throw new InvalidRequestException("candidate " + text.strip() + " of data set '" + name()
                        + "' names a node outside 0.." + (graph.nodeCount() - 1));
            } else if (source == target) {
                throw new InvalidRequestException("candidate " + text.strip() + " of data set '" + name()
                        + "' is a loop; name two different nodes");
            }
            asked.add(new int[] {(int) source, (int) target});
        }
        return asked;
    }

    private DatasetInfo info() {
        DatasetInfo info = base.info();
        return new DatasetInfo(
                info.name(),
                info.title() + ", links",
                info.description() + " Here it is to be predicted whether two nodes are linked.",
                Task.LINK,
                info.origin(),
                info.citation(),
                info.licence(),
                info.generated());
    }

    private List<String> featureNames() {
        return IntStream.range(0, base.featureCount())
                .mapToObj(base::featureName)
                .toList();
    }

    private List<String> edgeFeatureNames() {
        return IntStream.range(0, base.edgeFeatureCount())
                .mapToObj(base::edgeFeatureName)
                .toList();
    }

    private String name() {
        return base.info().name();
    }
}
