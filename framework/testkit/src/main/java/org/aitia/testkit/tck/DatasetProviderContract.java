package org.aitia.testkit.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aitia.api.CancelledException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.dataset.DatasetProvider;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.dataset.Split;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.api.option.OptionSpec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * What every {@link DatasetProvider} promises. A dataset bundle extends this class in its tests:
 *
 * <pre>{@code
 * class MyDatasetsContractTest extends DatasetProviderContract {
 *     @Override
 *     protected DatasetProvider provider() {
 *         return new MyDatasets();
 *     }
 * }
 * }</pre>
 *
 * <p>Every data set that {@link #covers} names is loaded; {@link #prepare} can skip those whose files are not there.
 */
public abstract class DatasetProviderContract {
    private static final Pattern RANGE = Pattern.compile("(\\d+)(?:\\.\\.(\\d+)(?::(\\d+))?)?");

    /** For subclasses. */
    protected DatasetProviderContract() {}

    /**
     * Creates the provider under test.
     *
     * @return a provider that is ready for use
     */
    protected abstract DatasetProvider provider();

    /**
     * Called before a data set is loaded; may use JUnit assumptions to skip it where its files are absent.
     *
     * @param name the data set
     */
    protected void prepare(String name) {
        // generated data are always there
    }

    /**
     * Says which data sets of the provider this class is about; no tests are made for the others.
     *
     * @param name a data set
     * @return true by default
     */
    protected boolean covers(String name) {
        return true;
    }

    /** Names are what users type. */
    @Test
    public void namesAreUniqueAndInLowerCase() {
        List<String> names =
                provider().datasets().stream().map(DatasetInfo::name).toList();
        assertThat(names).isNotEmpty().doesNotHaveDuplicates();
        assertThat(names).allSatisfy(name -> assertThat(name).matches("[a-z0-9][a-z0-9.-]*"));
    }

    /** Users decide by this whether they want and may use the data. */
    @Test
    public void infoSaysWhatItIsWhereItComesFromAndUnderWhichLicence() {
        assertThat(provider().datasets()).allSatisfy(info -> {
            assertThat(info.title()).isNotBlank();
            assertThat(info.description()).isNotBlank();
            assertThat(info.origin()).isNotBlank();
            assertThat(info.licence()).isNotBlank();
        });
    }

    /** The registry asks by name, the provider refuses what it does not have. */
    @Test
    public void unknownNameIsRefused() {
        assertThatThrownBy(() -> provider().load("no-such-data-set", Map.of(), TaskMonitor.NONE))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("no-such-data-set");
    }

    /**
     * Options that are not declared are an error, not ignored.
     *
     * @return a test per data set
     */
    @TestFactory
    public Stream<DynamicTest> unknownOptionIsRefused() {
        return perName(name ->
                () -> assertThatThrownBy(() -> provider().load(name, Map.of("no-such-option", "1"), TaskMonitor.NONE))
                        .isInstanceOf(InvalidRequestException.class)
                        .hasMessageContaining("no-such-option"));
    }

    /**
     * Work that is cancelled ends.
     *
     * @return a test per data set
     */
    @TestFactory
    public Stream<DynamicTest> cancelledLoadEnds() {
        return perName(name -> () -> {
            prepare(name);
            assertThatThrownBy(() -> provider().load(name, Map.of(), new Cancelled()))
                    .isInstanceOf(CancelledException.class);
        });
    }

    /**
     * The same name and options give equal data, whoever loads it and however many at once.
     *
     * @return a test per data set
     */
    @TestFactory
    public Stream<DynamicTest> loadingAgainGivesTheSameDigest() {
        return perDataset((name, dataset) -> {
            DatasetProvider shared = provider();
            List<CompletableFuture<String>> digests = IntStream.range(0, 2)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> shared.load(name, Map.of(), TaskMonitor.NONE).digest(),
                            work -> new Thread(work, "aitia-test").start()))
                    .toList();
            assertThat(dataset.digest()).matches("sha256:[0-9a-f]{64}");
            digests.forEach(digest -> assertThat(digest.join()).isEqualTo(dataset.digest()));
        });
    }

    /**
     * Defaults that are typed are the same as defaults that are left out.
     *
     * @return a test per data set
     */
    @TestFactory
    public Stream<DynamicTest> declaredDefaultsAreTheDefaults() {
        return perDataset((name, dataset) -> {
            Map<String, String> defaults = new LinkedHashMap<>();
            for (OptionSpec option : provider().options(name)) {
                defaults.put(option.name(), option.defaultValue());
            }
            Dataset explicit = provider().load(name, defaults, TaskMonitor.NONE);
            assertThat(explicit.digest()).isEqualTo(dataset.digest());
            assertThat(explicit.options()).isEqualTo(defaults);
            assertThat(dataset.options()).isEmpty();
        });
    }

    /**
     * What was announced is what is loaded.
     *
     * @return a test per data set
     */
    @TestFactory
    public Stream<DynamicTest> loadedDataIsWhatWasAnnounced() {
        return perDataset((name, dataset) -> {
            DatasetInfo announced = provider().datasets().stream()
                    .filter(info -> info.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            assertThat(dataset.info()).isEqualTo(announced);
        });
    }

    /**
     * Every graph has the same features, and all of them are numbers.
     *
     * @return a test per data set
     */
    @TestFactory
    public Stream<DynamicTest> featuresAreFiniteAndOfOneWidth() {
        return perDataset((name, dataset) -> {
            assertThat(dataset.featureCount()).isPositive();
            for (Graph graph : dataset.graphs()) {
                assertThat(graph.features().columns()).isEqualTo(dataset.featureCount());
                assertThat(graph.features().rows()).isEqualTo(graph.nodeCount());
                java.nio.FloatBuffer values = graph.features() instanceof SparseFeatures sparse
                        ? sparse.values()
                        : ((DenseFeatures) graph.features()).values();
                while (values.hasRemaining()) {
                    if (!Float.isFinite(values.get())) {
                        throw new AssertionError(name + " has a feature that is not finite");
                    }
                }
            }
        });
    }

    /**
     * Labels are classes or -1, and every class occurs.
     *
     * @return a test per data set
     */
    @TestFactory
    public Stream<DynamicTest> everyClassHasANameAndInstances() {
        return perDataset((name, dataset) -> {
            assertThat(dataset.classNames()).isNotEmpty().doesNotHaveDuplicates();
            BitSet seen = new BitSet();
            for (int i = 0; i < dataset.instanceCount(); i++) {
                int label = dataset.label(i);
                assertThat(label).isBetween(-1, dataset.classCount() - 1);
                if (label >= 0) {
                    seen.set(label);
                }
            }
            assertThat(seen.cardinality()).isEqualTo(dataset.classCount());
        });
    }

    /**
     * Parts of a split are instances with labels, each in one part at most; only a split that openly evaluates on what
     * it learns from has the same instances in every part.
     *
     * @return a test per data set
     */
    @TestFactory
    public Stream<DynamicTest> splitsDivideLabelledInstances() {
        return perDataset((name, dataset) -> {
            for (Map.Entry<String, Split> split : dataset.splits().entrySet()) {
                BitSet seen = new BitSet();
                int[] train = split.getValue().train();
                boolean oneSet = Arrays.equals(train, split.getValue().validation())
                        && Arrays.equals(train, split.getValue().test());
                for (int[] part : List.of(
                        split.getValue().train(),
                        split.getValue().validation(),
                        split.getValue().test())) {
                    assertThat(part).isSorted();
                    for (int instance : part) {
                        assertThat(instance).isBetween(0, dataset.instanceCount() - 1);
                        assertThat(dataset.label(instance)).isNotNegative();
                        assertThat(!oneSet && seen.get(instance))
                                .as("instance %s is in two parts of split %s", instance, split.getKey())
                                .isFalse();
                        seen.set(instance);
                    }
                }
                assertThat(split.getValue().train()).isNotEmpty();
                assertThat(split.getValue().test()).isNotEmpty();
            }
        });
    }

    /**
     * Truth names elements that exist, in both directions where the graph has both; alternatives are part of it.
     *
     * @return a test per data set
     */
    @TestFactory
    public Stream<DynamicTest> groundTruthIsWithinTheGraph() {
        return perDataset((name, dataset) -> {
            if (dataset.groundTruth().isEmpty()) {
                return;
            }
            GroundTruth truth = dataset.groundTruth().orElseThrow();
            for (int g = 0; g < dataset.graphs().size(); g++) {
                checkTruth(dataset.graphs().get(g), truth.edges(g), truth.nodes(g));
            }
            int explained = 0;
            for (int target = 0; target < dataset.instanceCount(); target++) {
                int g = dataset.info().task() == Task.GRAPH ? target : 0;
                for (GroundTruth.Alternative alternative : truth.alternatives(target)) {
                    checkTruth(dataset.graphs().get(g), alternative.edges(), alternative.nodes());
                    assertThat(isSubset(alternative.edges(), truth.edges(g))).isTrue();
                    assertThat(isSubset(alternative.nodes(), truth.nodes(g))).isTrue();
                    explained++;
                }
            }
            assertThat(explained).isPositive();
        });
    }

    /**
     * What the literature explains can be asked for, and has a true explanation if any target has.
     *
     * @return a test per data set
     */
    @TestFactory
    public Stream<DynamicTest> suggestedTargetsExist() {
        return perDataset((name, dataset) -> {
            for (int target : targets(dataset.suggestedTargets())) {
                assertThat(target).isBetween(0, dataset.instanceCount() - 1);
                dataset.groundTruth()
                        .ifPresent(truth -> assertThat(truth.alternatives(target))
                                .as("true explanations of target %s", target)
                                .isNotEmpty());
            }
        });
    }

    private static void checkTruth(Graph graph, BitSet edges, BitSet nodes) {
        assertThat(edges.length()).isLessThanOrEqualTo(graph.edgeCount());
        assertThat(nodes.length()).isLessThanOrEqualTo(graph.nodeCount());
        boolean undirected = graph.isUndirected();
        for (int e = edges.nextSetBit(0); e >= 0; e = edges.nextSetBit(e + 1)) {
            int from = graph.source(e);
            int to = graph.target(e);
            assertThat(nodes.get(from) && nodes.get(to))
                    .as("edge %s -> %s is true, so are its ends", from, to)
                    .isTrue();
            if (undirected) {
                assertThat(edges.get(graph.edge(to, from)))
                        .as("edge %s -> %s is true, so is its reverse", from, to)
                        .isTrue();
            }
        }
    }

    private static boolean isSubset(BitSet part, BitSet whole) {
        BitSet rest = (BitSet) part.clone();
        rest.andNot(whole);
        return rest.isEmpty();
    }

    /** Reads {@code 5}, {@code 5,7} and {@code 400..699:5}. */
    private static int[] targets(String notation) {
        List<Integer> targets = new ArrayList<>();
        for (String part : notation.isEmpty() ? new String[0] : notation.split(",")) {
            Matcher matcher = RANGE.matcher(part);
            assertThat(matcher.matches()).as("'%s' is a range of targets", part).isTrue();
            int from = Integer.parseInt(matcher.group(1));
            int to = matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2));
            int step = matcher.group(3) == null ? 1 : Integer.parseInt(matcher.group(3));
            for (int target = from; target <= to; target += step) {
                targets.add(target);
            }
        }
        return targets.stream().mapToInt(Integer::intValue).toArray();
    }

    private Stream<DynamicTest> perName(java.util.function.Function<String, Executable> test) {
        return provider().datasets().stream()
                .map(DatasetInfo::name)
                .filter(this::covers)
                .map(name -> DynamicTest.dynamicTest(name, test.apply(name)));
    }

    private Stream<DynamicTest> perDataset(DatasetTest test) {
        return perName(name -> () -> {
            prepare(name);
            test.run(name, provider().load(name, Map.of(), TaskMonitor.NONE));
        });
    }

    @FunctionalInterface
    private interface DatasetTest {
        void run(String name, Dataset dataset);
    }

    private static final class Cancelled implements TaskMonitor {
        @Override
        public void progress(String stage, long done, long total) {
            // not of interest
        }

        @Override
        public boolean isCancelled() {
            return true;
        }
    }
}
