package org.aitia.bench.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.aitia.api.NotFoundException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.bench.BenchRequest;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.bench.Suite;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.explain.Explainer;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.model.ModelStore;
import org.aitia.api.model.StoredModel;
import org.aitia.api.model.Trainer;
import org.aitia.api.model.TrainingRequest;
import org.aitia.bench.internal.suite.SuiteReader;
import org.aitia.comparison.internal.ComparisonService;
import org.aitia.comparison.internal.WriterService;
import org.aitia.dataset.synthetic.internal.SyntheticDatasets;
import org.aitia.evaluation.internal.FidelityMinusMetric;
import org.aitia.evaluation.internal.FidelityPlusMetric;
import org.aitia.evaluation.internal.MetricsService;
import org.aitia.evaluation.internal.RocAucMetric;
import org.aitia.evaluation.internal.SparsityMetric;
import org.aitia.explainer.baselines.internal.DegreeExplainer;
import org.aitia.explainer.baselines.internal.RandomExplainer;
import org.aitia.explainer.gnnexplainer.internal.GnnExplainer;
import org.aitia.explainer.pgexplainer.internal.PgExplainer;
import org.aitia.explanations.internal.ExplanationJson;
import org.aitia.explanations.internal.ExplanationService;
import org.aitia.explanations.internal.TrainedStore;
import org.aitia.models.internal.Architectures;
import org.aitia.models.internal.gcn.GcnArchitecture;
import org.aitia.models.internal.store.DirectoryModelStore;
import org.aitia.models.internal.train.LeasingTrainer;
import org.aitia.testkit.tck.Workbench;
import org.osgi.framework.BundleContext;

/** The services of the product, wired as OSGi does: real data, engine, models, explainers, metrics. */
final class World {
    static final String VERSION = "1.0";

    /** A suite that takes seconds. */
    static final String SMALL = """
            title: Small
            datasets:
              house:
                dataset: ba-shapes
                targets: 400..420:5
                validation: 500..510:5
                examples: [405, 410]
            models:
              gcn:
                architecture: gcn
                options: {epochs: 30, hidden: 8, normalization: none}
            explainers:
              gnn: {explainer: gnnexplainer, options: {epochs: 8}}
              degree: {explainer: degree, seeds: 1}
              random: {explainer: random}
            studies:
              main:
                types: [phenomenon, model]
                explainers: [gnn, degree]
                baselines: random
                metrics: [roc-auc, "fidelity-plus:elements=edges"]
                rank-by: roc-auc
                seeds: 2
            """;

    final List<TrainingRequest> trained = Collections.synchronizedList(new ArrayList<>());
    final List<String> loaded = Collections.synchronizedList(new ArrayList<>());
    final List<BenchResult> written = Collections.synchronizedList(new ArrayList<>());
    final ModelStore store;
    final Services services;
    final BenchService bench;
    final ExplanationService explanations;

    World(Path directory) {
        this(directory, VERSION);
    }

    World(Path directory, String version) {
        Datasets datasets = new Generated();
        Architectures architectures = Architectures.of(new GcnArchitecture());
        store = new DirectoryModelStore(directory.resolve("models"), architectures);
        LeasingTrainer trainer = new LeasingTrainer(
                architectures, datasets, Workbench.devices(), store, version, directory.resolve("data"));
        explanations = new ExplanationService(
                store, datasets, Workbench.devices(), new TrainedStore(context(directory)), version);
        for (Explainer explainer :
                List.of(new GnnExplainer(), new PgExplainer(), new RandomExplainer(), new DegreeExplainer())) {
            add(explanations, Explainer.class, explainer);
        }
        MetricsService metrics = new MetricsService(explanations, datasets, Workbench.devices());
        for (ExplanationMetric metric : List.of(
                new RocAucMetric(), new FidelityPlusMetric(), new FidelityMinusMetric(), new SparsityMetric())) {
            add(metrics, ExplanationMetric.class, metric);
        }
        services = new Services(
                datasets,
                counting(trainer),
                store,
                explanations,
                new ExplanationJson(),
                metrics,
                new ComparisonService(explanations, metrics),
                new WriterService(),
                Workbench.devices(),
                version);
        bench = new BenchService(services, new Shipped(Map.of())).writing((result, out) -> {
            written.add(result);
            return List.of(out.resolve("report.md"));
        });
    }

    /** A trainer that notes what it is asked for. */
    private Trainer counting(Trainer trainer) {
        return new Trainer() {
            @Override
            public List<ArchitectureEntry> architectures() {
                return trainer.architectures();
            }

            @Override
            public List<org.aitia.api.option.OptionSpec> options() {
                return trainer.options();
            }

            @Override
            public StoredModel train(TrainingRequest request, TaskMonitor monitor) {
                trained.add(request);
                return trainer.train(request, monitor);
            }
        };
    }

    private static BundleContext context(Path directory) {
        return (BundleContext) Proxy.newProxyInstance(
                World.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> "getProperty".equals(method.getName()) ? directory.toString() : null);
    }

    /** Binds a service where OSGi would: the methods for hosts that wire by hand are not those of other bundles. */
    private static void add(Object host, Class<?> type, Object service) {
        try {
            Method add = host.getClass().getDeclaredMethod("add", type, String.class);
            add.setAccessible(true);
            add.invoke(host, service, "test 1");
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError("the services have no method to add to them", e);
        }
    }

    /** Adds an explainer of a test's making. */
    World with(Explainer explainer) {
        add(explanations, Explainer.class, explainer);
        return this;
    }

    static Suite suite(String document) {
        return SuiteReader.read("small", "small.yaml", document);
    }

    BenchResult run(String document, Path directory) {
        return bench.run(BenchRequest.of(suite(document), directory), TaskMonitor.NONE);
    }

    BenchResult resume(String document, Path directory) {
        return bench.run(resuming(document, directory), TaskMonitor.NONE);
    }

    static BenchRequest resuming(String document, Path directory) {
        BenchRequest request = BenchRequest.of(suite(document), directory);
        return new BenchRequest(request.suite(), directory, request.seeds(), List.of(), true, 0, request.deviceId());
    }

    /** Generated data, in memory once it was asked for. */
    private final class Generated implements Datasets {
        private final SyntheticDatasets provider = new SyntheticDatasets();
        private final Map<String, Dataset> cache = new ConcurrentHashMap<>();

        @Override
        public List<DatasetEntry> list() {
            return provider.datasets().stream()
                    .map(info -> new DatasetEntry(info, provider.options(info.name()), "test 1"))
                    .toList();
        }

        @Override
        public DatasetEntry find(String name) {
            return list().stream()
                    .filter(entry -> entry.info().name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> NotFoundException.of(
                            "data set",
                            name,
                            list().stream().map(entry -> entry.info().name()).toList()));
        }

        @Override
        public Dataset load(String name, Map<String, String> options, TaskMonitor monitor) {
            loaded.add(name);
            return cache.computeIfAbsent(name + new TreeMap<>(options), key -> provider.load(name, options, monitor));
        }
    }
}
