package org.aitia.datasets.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.aitia.api.AitiaException;
import org.aitia.api.CancelledException;
import org.aitia.api.DataUnavailableException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetCache;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.dataset.DatasetProvider;
import org.aitia.api.dataset.Datasets.DatasetEntry;
import org.aitia.api.dataset.Datasets.FileCheck;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.option.OptionSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DatasetRegistryTest {
    private static final FakeReference FIRST = new FakeReference(1, 0);
    private static final FakeReference SECOND = new FakeReference(2, 0);

    /** What was asked of the cache. */
    private final List<String> asked = new ArrayList<>();

    private final DatasetCache cache = new DatasetCache() {
        @Override
        public List<Path> fetch(DatasetInfo dataset, List<RemoteFile> files, TaskMonitor monitor) {
            throw new AssertionError("triangles have no files");
        }

        @Override
        public List<FileCheck> verify(String dataset, TaskMonitor monitor) {
            asked.add("verify " + dataset);
            return List.of(
                    new FileCheck("x", 1, FileCheck.Status.UNPINNED, Optional.empty(), Optional.of("0123456789")));
        }

        @Override
        public void refresh(String dataset, TaskMonitor monitor) {
            asked.add("refresh " + dataset);
        }
    };

    private final DatasetRegistry registry = new DatasetRegistry(cache);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    /** Offers triangles. */
    private static class Triangles implements DatasetProvider {
        final AtomicInteger loads = new AtomicInteger();
        Task task = Task.NODE;
        boolean generated = true;
        private final String title;
        private final List<String> names;

        Triangles(String title, String... names) {
            this.title = title;
            this.names = List.of(names);
        }

        DatasetInfo info(String name) {
            return new DatasetInfo(name, title, "a triangle", task, "made here", "", "none", generated);
        }

        @Override
        public List<DatasetInfo> datasets() {
            return names.stream().map(this::info).toList();
        }

        @Override
        public List<OptionSpec> options(String name) {
            return List.of(new OptionSpec(
                    "size", List.of("scale"), OptionSpec.Type.INTEGER, "3", "", List.of(), "its size", ""));
        }

        @Override
        public Dataset load(String name, Map<String, String> options, TaskMonitor monitor) {
            loads.incrementAndGet();
            Graph graph = Graph.builder(3)
                    .undirectedEdge(0, 1)
                    .undirectedEdge(1, 2)
                    .undirectedEdge(2, 0)
                    .features(DenseFeatures.constant(3, 1, 1))
                    .build();
            return Dataset.builder(info(name))
                    .graph(graph)
                    .classes(1)
                    .options(options)
                    .build();
        }
    }

    private Dataset load(String name) {
        return registry.load(name, Map.of(), TaskMonitor.NONE);
    }

    @Test
    void listsWhatAllProvidersOfferByName() {
        registry.addProvider(new Triangles("A", "zebra", "ant"), FIRST);
        registry.addProvider(new Triangles("B", "mole"), SECOND);
        assertThat(registry.list()).extracting(entry -> entry.info().name()).containsExactly("ant", "mole", "zebra");
        DatasetEntry mole = registry.find("mole");
        assertThat(mole.info().title()).isEqualTo("B");
        assertThat(mole.options()).extracting(OptionSpec::name).startsWith("size");
    }

    @Test
    void unknownNameSuggestsTheNearest() {
        registry.addProvider(new Triangles("A", "cora", "pubmed"), FIRST);
        assertThatThrownBy(() -> load("coar"))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("unknown dataset 'coar'; did you mean 'cora'?");
        assertThatThrownBy(() -> registry.find("x"))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("unknown dataset 'x'; there are: cora, pubmed");
    }

    @Test
    void withoutProvidersThereAreNone() {
        assertThat(registry.list()).isEmpty();
        assertThatThrownBy(() -> load("cora")).hasMessage("unknown dataset 'cora'; there are none");
    }

    @Test
    void unknownOptionIsRefusedEvenIfTheProviderWouldNotLook() {
        Triangles provider = new Triangles("A", "cora");
        registry.addProvider(provider, FIRST);
        assertThatThrownBy(() -> registry.load("cora", Map.of("sise", "4"), TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("data set 'cora' has no option 'sise'; did you mean 'size'?");
        assertThat(provider.loads).hasValue(0);
        assertThat(registry.load("cora", Map.of("scale", "4"), TaskMonitor.NONE).options())
                .containsEntry("scale", "4");
    }

    @Test
    void olderProviderKeepsANameAndTheClashIsLoggedOnce() {
        Logger logger = (Logger) LoggerFactory.getLogger(DatasetRegistry.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            registry.addProvider(new Triangles("new", "cora"), SECOND);
            registry.addProvider(new Triangles("old", "cora"), FIRST);
            assertThat(registry.find("cora").info().title()).isEqualTo("old");
            assertThat(registry.list()).hasSize(1);
            assertThat(log.list)
                    .singleElement()
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .asString()
                    .contains("offers data set 'cora', which");
        } finally {
            logger.detachAppender(log);
        }
    }

    @Test
    void providerOfHigherRankingHasAName() {
        registry.addProvider(new Triangles("plain", "cora"), FIRST);
        FakeReference ranked = new FakeReference(3, 10);
        Triangles better = new Triangles("better", "cora");
        registry.addProvider(better, ranked);
        assertThat(load("cora").info().title()).isEqualTo("better");
        registry.removeProvider(better, ranked);
        assertThat(load("cora").info().title()).isEqualTo("plain");
    }

    @Test
    void providerThatFailsHidesNobodyElse() {
        registry.addProvider(
                new Triangles("broken", "x") {
                    @Override
                    public List<DatasetInfo> datasets() {
                        throw new IllegalStateException("broken");
                    }
                },
                FIRST);
        registry.addProvider(new Triangles("whole", "cora"), SECOND);
        assertThat(registry.list()).hasSize(1);
    }

    @Test
    void dataAreLoadedOnceForEachSetOfOptions() {
        Triangles provider = new Triangles("A", "cora", "pubmed");
        registry.addProvider(provider, FIRST);
        Dataset cora = load("cora");
        assertThat(load("cora")).isSameAs(cora);
        assertThat(load("pubmed")).isNotSameAs(cora);
        assertThat(registry.load("cora", Map.of("size", "4"), TaskMonitor.NONE)).isNotSameAs(cora);
        assertThat(provider.loads).hasValue(3);
    }

    @Test
    void dataGoWithTheirProvider() {
        Triangles provider = new Triangles("A", "cora");
        registry.addProvider(provider, FIRST);
        Dataset before = load("cora");
        registry.removeProvider(provider, FIRST);
        assertThatThrownBy(() -> load("cora")).isInstanceOf(NotFoundException.class);
        registry.addProvider(provider, SECOND);
        assertThat(load("cora")).isNotSameAs(before);
    }

    /** A provider whose loads wait to be let go. */
    private static final class Slow extends Triangles {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch go = new CountDownLatch(1);

        Slow() {
            super("slow", "cora");
        }

        @Override
        public Dataset load(String name, Map<String, String> options, TaskMonitor monitor) {
            Dataset dataset = super.load(name, options, monitor);
            entered.countDown();
            while (go.getCount() > 0) {
                monitor.checkCancelled();
                Thread.onSpinWait();
            }
            return dataset;
        }
    }

    @Test
    void loadThatHasBegunEndsThoughItsProviderGoes() throws Exception {
        Slow provider = new Slow();
        registry.addProvider(provider, FIRST);
        Future<Dataset> loading = threads.submit(() -> load("cora"));
        provider.entered.await();
        registry.removeProvider(provider, FIRST);
        provider.go.countDown();
        assertThat(loading.get().info().name()).isEqualTo("cora");
        registry.addProvider(provider, SECOND);
        assertThat(load("cora")).isNotSameAs(loading.get());
    }

    @Test
    void loadsOfTheSameDataAtOnceHappenOnce() throws Exception {
        Slow provider = new Slow();
        registry.addProvider(provider, FIRST);
        Future<Dataset> first = threads.submit(() -> load("cora"));
        provider.entered.await();
        Future<Dataset> second = threads.submit(() -> load("cora"));
        Future<Dataset> third = threads.submit(() -> load("cora"));
        provider.go.countDown();
        assertThat(second.get()).isSameAs(first.get());
        assertThat(third.get()).isSameAs(first.get());
        assertThat(provider.loads).hasValue(1);
    }

    @Test
    void cancellingOneWhoWaitsDoesNotStopTheOthers() throws Exception {
        Slow provider = new Slow();
        registry.addProvider(provider, FIRST);
        Future<Dataset> first = threads.submit(() -> load("cora"));
        provider.entered.await();
        RecordingMonitor monitor = new RecordingMonitor();
        Future<Dataset> waiting = threads.submit(() -> registry.load("cora", Map.of(), monitor));
        monitor.cancel();
        assertThatThrownBy(waiting::get).hasCauseInstanceOf(CancelledException.class);
        provider.go.countDown();
        assertThat(first.get()).isNotNull();
    }

    @Test
    void cancellingTheOneWhoLoadsLetsAnotherLoad() throws Exception {
        Slow provider = new Slow();
        registry.addProvider(provider, FIRST);
        RecordingMonitor monitor = new RecordingMonitor();
        Future<Dataset> first = threads.submit(() -> registry.load("cora", Map.of(), monitor));
        provider.entered.await();
        Future<Dataset> second = threads.submit(() -> load("cora"));
        monitor.cancel();
        assertThatThrownBy(first::get).hasCauseInstanceOf(CancelledException.class);
        provider.go.countDown();
        assertThat(second.get()).isNotNull();
        assertThat(provider.loads).hasValue(2);
    }

    @Test
    void failureIsNotRemembered() {
        AtomicInteger calls = new AtomicInteger();
        registry.addProvider(
                new Triangles("A", "cora") {
                    @Override
                    public Dataset load(String name, Map<String, String> options, TaskMonitor monitor) {
                        if (calls.incrementAndGet() == 1) {
                            throw new DataUnavailableException("no network");
                        }
                        return super.load(name, options, monitor);
                    }
                },
                FIRST);
        assertThatThrownBy(() -> load("cora"))
                .isInstanceOf(DataUnavailableException.class)
                .hasMessage("no network");
        assertThat(load("cora")).isNotNull();
    }

    @Test
    void mistakeOfAProviderIsNamedWithItsBundle() {
        registry.addProvider(
                new Triangles("A", "cora") {
                    @Override
                    public Dataset load(String name, Map<String, String> options, TaskMonitor monitor) {
                        throw new IllegalStateException("oops");
                    }
                },
                FIRST);
        assertThatThrownBy(() -> load("cora"))
                .isInstanceOf(AitiaException.class)
                .hasMessage("data set 'cora' cannot be loaded: bundle (gone) failed with"
                        + " java.lang.IllegalStateException: oops");
    }

    @Test
    void refreshForgetsWhatWasLoadedOfOneDataSet() {
        Triangles provider = new Triangles("A", "cora", "pubmed");
        provider.generated = false;
        registry.addProvider(provider, FIRST);
        Dataset cora = load("cora");
        Dataset pubmed = load("pubmed");
        Dataset links = registry.load("cora", LINKS, TaskMonitor.NONE);
        registry.refresh("cora", TaskMonitor.NONE);
        assertThat(load("cora")).isNotSameAs(cora);
        assertThat(registry.load("cora", LINKS, TaskMonitor.NONE)).isNotSameAs(links);
        assertThat(load("pubmed")).isSameAs(pubmed);
        assertThat(asked).containsExactly("refresh cora");
    }

    @Test
    void dataOnTheirWayDuringARefreshAreNotKept() throws Exception {
        Slow provider = new Slow();
        registry.addProvider(provider, FIRST);
        Future<Dataset> loading = threads.submit(() -> load("cora"));
        provider.entered.await();
        registry.refresh("cora", TaskMonitor.NONE);
        provider.go.countDown();
        assertThat(loading.get()).isNotNull();
        assertThat(load("cora")).isNotSameAs(loading.get());
    }

    @Test
    void onlyFilesOfDataThatAreDownloadedAreVerified() {
        Triangles made = new Triangles("A", "triangle");
        Triangles fetched = new Triangles("B", "cora");
        fetched.generated = false;
        registry.addProvider(made, FIRST);
        registry.addProvider(fetched, SECOND);
        assertThat(registry.verify("triangle", TaskMonitor.NONE)).isEmpty();
        assertThat(registry.verify("cora", TaskMonitor.NONE))
                .singleElement()
                .extracting(FileCheck::name)
                .isEqualTo("x");
        registry.refresh("triangle", TaskMonitor.NONE);
        assertThat(asked).containsExactly("verify cora");
    }

    @Test
    void unknownNamesAreNeitherVerifiedNorRefreshed() {
        registry.addProvider(new Triangles("A", "cora"), FIRST);
        assertThatThrownBy(() -> registry.verify("coar", TaskMonitor.NONE)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> registry.refresh("coar", TaskMonitor.NONE)).isInstanceOf(NotFoundException.class);
    }

    // links ------------------------------------------------------------------------------------------------------

    private static final Map<String, String> LINKS = Map.of("task", "link", "negatives", "0");

    @Test
    void everyDataSetOfOneGraphCanBeOneOfLinks() {
        Triangles provider = new Triangles("A", "cora");
        registry.addProvider(provider, FIRST);
        assertThat(registry.find("cora").options())
                .extracting(OptionSpec::name)
                .containsExactly(
                        "size", "task", "linkSeed", "validationFraction", "testFraction", "negatives", "candidates");
        Dataset nodes = load("cora");
        Dataset links = registry.load("cora", LINKS, TaskMonitor.NONE);
        assertThat(links.info().task()).isEqualTo(Task.LINK);
        assertThat(links.info().name()).isEqualTo("cora");
        assertThat(links.options()).isEqualTo(LINKS);
        assertThat(links.instanceCount()).isEqualTo(3);
        assertThat(registry.load("cora", LINKS, TaskMonitor.NONE)).isSameAs(links);
        assertThat(registry.load("cora", Map.of("task", "node"), TaskMonitor.NONE))
                .isSameAs(nodes);
        assertThat(provider.loads).hasValue(1);
    }

    @Test
    void optionsOfTheProviderGoWithThoseOfLinks() {
        registry.addProvider(
                new Triangles("A", "cora") {
                    @Override
                    public Dataset load(String name, Map<String, String> options, TaskMonitor monitor) {
                        assertThat(options).isEqualTo(Map.of("size", "4"));
                        return super.load(name, options, monitor);
                    }
                },
                FIRST);
        Map<String, String> options = Map.of("task", "link", "negatives", "0", "size", "4");
        assertThat(registry.load("cora", options, TaskMonitor.NONE).options()).isEqualTo(options);
    }

    @Test
    void optionsOfLinksNeedTheTask() {
        registry.addProvider(new Triangles("A", "cora"), FIRST);
        assertThatThrownBy(() -> registry.load("cora", Map.of("linkSeed", "1"), TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("option 'linkSeed' of data set 'cora' needs task=link");
        assertThatThrownBy(() -> registry.load("cora", Map.of("task", "graph"), TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("option 'task' takes one of node, link, not 'graph'");
    }

    @Test
    void dataSetOfGraphsHasNoLinksToPredict() {
        Triangles provider = new Triangles("A", "mutag");
        provider.task = Task.GRAPH;
        registry.addProvider(provider, FIRST);
        assertThat(registry.find("mutag").options())
                .extracting(OptionSpec::name)
                .containsExactly("size");
        assertThatThrownBy(() -> registry.load("mutag", LINKS, TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("data set 'mutag' consists of many graphs, each with a class; task=link needs a data set"
                        + " of one graph");
        assertThat(provider.loads).hasValue(0);
    }

    @Test
    void dataSetOfLinksIsOneAlready() {
        Triangles provider = new Triangles("A", "friends");
        provider.task = Task.LINK;
        registry.addProvider(provider, FIRST);
        assertThatThrownBy(() -> registry.load("friends", LINKS, TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("data set 'friends' is one of links already; leave task=link out");
    }

    @Test
    void providerThatUsesTheseNamesKeepsItsMeaning() {
        registry.addProvider(
                new Triangles("A", "own") {
                    @Override
                    public List<OptionSpec> options(String name) {
                        return List.of(new OptionSpec(
                                "task", List.of(), OptionSpec.Type.TEXT, "", "", List.of(), "its own", ""));
                    }
                },
                FIRST);
        assertThat(registry.find("own").options()).hasSize(1);
        Dataset own = registry.load("own", Map.of("task", "link"), TaskMonitor.NONE);
        assertThat(own.info().task()).isEqualTo(Task.NODE);
    }
}
