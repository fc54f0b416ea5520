package org.aitia.comparison.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.ExplanationInput;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.Metrics;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelStore;
import org.aitia.api.model.StoredModel;
import org.aitia.evaluation.internal.FidelityMinusMetric;
import org.aitia.evaluation.internal.FidelityPlusMetric;
import org.aitia.evaluation.internal.MetricsService;
import org.aitia.evaluation.internal.SparsityMetric;
import org.aitia.evaluation.internal.StabilityMetric;
import org.aitia.explainer.baselines.internal.DegreeExplainer;
import org.aitia.explainer.baselines.internal.RandomExplainer;
import org.aitia.explainer.gnnexplainer.internal.GnnExplainer;
import org.aitia.explanations.internal.ExplanationService;
import org.aitia.explanations.internal.TrainedStore;
import org.aitia.testkit.tck.TestGraphs;
import org.aitia.testkit.tck.Workbench;
import org.osgi.framework.BundleContext;

/** The services of the product, wired as OSGi does, on a random graph and a GCN with random weights. */
final class RealServices {
    private static final int CLASSES = 3;

    final ExplanationService explanations;
    final MetricsService metrics;
    final ExplanationInput input;

    RealServices(Path directory) {
        BundleContext context = (BundleContext) Proxy.newProxyInstance(
                RealServices.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> "getProperty".equals(method.getName()) ? directory.toString() : null);
        Dataset dataset = Dataset.builder(new DatasetInfo(
                        "sample", "Sample", "A sample.", Task.NODE, "made here", "", "Apache-2.0", true))
                .graph(TestGraphs.undirected(30, 50, 5, CLASSES, 1))
                .classes(CLASSES)
                .build();
        GnnModel model = Workbench.gcn(Task.NODE, dataset.graph(), CLASSES, 2);
        input = new ExplanationInput(
                new StoredModel(
                        "model",
                        model.info(),
                        "sample",
                        Map.of(),
                        dataset.digest(),
                        Map.of(),
                        0,
                        Map.of(),
                        "sha256:0",
                        Instant.EPOCH,
                        Map.of()),
                model,
                dataset);
        explanations = new ExplanationService(
                nobody(ModelStore.class),
                nobody(Datasets.class),
                Workbench.devices(),
                new TrainedStore(context),
                "1.0");
        for (Explainer explainer : List.of(new GnnExplainer(), new RandomExplainer(), new DegreeExplainer())) {
            add(explanations, Explainer.class, explainer);
        }
        metrics = new MetricsService(explanations, nobody(Datasets.class), Workbench.devices());
        for (ExplanationMetric metric : List.of(
                new FidelityPlusMetric(), new FidelityMinusMetric(), new SparsityMetric(), new StabilityMetric())) {
            add(metrics, ExplanationMetric.class, metric);
        }
    }

    /** Model and data are in memory: nobody looks them up. */
    private static <S> S nobody(Class<S> service) {
        return service.cast(Proxy.newProxyInstance(
                RealServices.class.getClassLoader(), new Class<?>[] {service}, (proxy, method, arguments) -> {
                    throw new AssertionError("nobody asks " + service.getSimpleName() + " for " + method.getName());
                }));
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

    /** Metrics that find model and data as if they were stored. */
    Metrics metricsOnInput() {
        return (Metrics) Proxy.newProxyInstance(
                RealServices.class.getClassLoader(), new Class<?>[] {Metrics.class}, (proxy, method, arguments) -> {
                    if ("score".equals(method.getName())) {
                        Metrics.ScoreRequest request = (Metrics.ScoreRequest) arguments[0];
                        arguments[0] = new Metrics.ScoreRequest(
                                request.result(),
                                request.request(),
                                Optional.of(input),
                                request.metrics(),
                                request.seed());
                    }
                    return method.invoke(metrics, arguments);
                });
    }

    ComparisonService comparisons() {
        return new ComparisonService(explanations, metrics, List.of(Workbench.architecture("gcn")));
    }

    SweepService sweeps() {
        return new SweepService(explanations, metrics);
    }
}
