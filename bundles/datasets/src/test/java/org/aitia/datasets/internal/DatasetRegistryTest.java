package org.aitia.datasets.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
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
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.dataset.DatasetProvider;
import org.aitia.api.dataset.Datasets.DatasetEntry;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.api.graph.Graph;
import org.aitia.api.option.OptionSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DatasetRegistryTest {
    private static final FakeReference FIRST = new FakeReference(1, 0);
    private static final FakeReference SECOND = new FakeReference(2, 0);

    private final DatasetRegistry registry = new DatasetRegistry();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    /** Offers triangles. */
    private static class Triangles implements DatasetProvider {
        final AtomicInteger loads = new AtomicInteger();
        private final String title;
        private final List<String> names;

        Triangles(String title, String... names) {
            this.title = title;
            this.names = List.of(names);
        }

        DatasetInfo info(String name) {
            return new DatasetInfo(name, title, "a triangle", Task.NODE, "made here", "", "none", true);
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
        assertThat(mole.options()).extracting(OptionSpec::name).containsExactly("size");
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
}
