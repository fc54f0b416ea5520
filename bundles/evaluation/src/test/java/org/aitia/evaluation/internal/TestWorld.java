package org.aitia.evaluation.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.aitia.api.NotFoundException;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.ExplainerInfo;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.ExplanationInput;
import org.aitia.api.explain.ExplanationRequest;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.explain.Explanations;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.explain.Provenance;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.StoredModel;
import org.aitia.api.option.OptionSchema;
import org.aitia.testkit.tck.Workbench;

/** One model and its data, a catalogue that knows them, and a way to explain on the real engine. */
final class TestWorld implements Explanations {
    final ExplanationInput input;
    final Explainer explainer;
    boolean modelIsThere = true;

    TestWorld(GnnModel model, Dataset dataset, Explainer explainer) {
        StoredModel description = new StoredModel(
                "model",
                model.info(),
                dataset.info().name(),
                Map.of(),
                dataset.digest(),
                Map.of(),
                0,
                Map.of(),
                "sha256:0",
                Instant.EPOCH,
                Map.of());
        this.input = new ExplanationInput(description, model, dataset);
        this.explainer = explainer;
    }

    static Dataset.Builder dataset(Task task) {
        return Dataset.builder(
                new DatasetInfo("sample", "Sample", "A sample.", task, "made here", "", "Apache-2.0", true));
    }

    /** A service with every metric of this bundle. */
    MetricsService metrics() {
        MetricsService metrics = new MetricsService(this, datasets(), Workbench.devices());
        AllMetrics.each().forEach(metric -> metrics.add(metric, "org.aitia.evaluation 1.0.0"));
        return metrics;
    }

    Datasets datasets() {
        return new Datasets() {
            @Override
            public List<DatasetEntry> list() {
                throw new AssertionError("measuring lists no data sets");
            }

            @Override
            public DatasetEntry find(String name) {
                throw new AssertionError("measuring asks for data, not for its description");
            }

            @Override
            public Dataset load(String name, Map<String, String> options, TaskMonitor monitor) {
                return input.dataset();
            }
        };
    }

    @Override
    public List<ExplainerEntry> explainers() {
        throw new AssertionError("measuring lists no explainers");
    }

    @Override
    public ExplainerEntry explainer(String name) {
        throw new AssertionError("measuring asks for no explainer");
    }

    @Override
    public ExplanationResult explain(ExplanationRequest request, TaskMonitor monitor) {
        return explain(request, input, monitor);
    }

    @Override
    public ExplanationInput load(ExplanationRequest request, TaskMonitor monitor) {
        if (!modelIsThere) {
            throw NotFoundException.of("model", request.model(), List.of());
        }
        return input;
    }

    ComputationGraph block(Dataset dataset, int id) {
        int hops = input.model().info().hops();
        return switch (dataset.info().task()) {
            case NODE -> ComputationGraph.of(dataset.graph(), id, hops);
            case GRAPH -> ComputationGraph.whole(dataset.graphs().get(id));
            case LINK -> ComputationGraph.ofLink(dataset.graph(), dataset.linkSource(id), dataset.linkTarget(id), hops);
        };
    }

    @Override
    public ExplanationResult explain(ExplanationRequest request, ExplanationInput on, TaskMonitor monitor) {
        List<ComputationGraph> blocks =
                request.targets().stream().map(id -> block(on.dataset(), id)).toList();
        GraphBatch batch = GraphBatch.of(blocks);
        List<ExplanationTarget> targets;
        List<MaskValues> masks;
        try (Workbench workbench = Workbench.open()) {
            targets = workbench.targets(on.model(), batch, request.targets(), request.seed());
            masks = workbench.explain(
                    explainer, on.model(), batch, request.targets(), request.options(), request.seed(), monitor);
        }
        List<Explanation> explanations = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            explanations.add(Explanation.of(targets.get(i), blocks.get(i), masks.get(i)));
        }
        return new ExplanationResult(explanations, provenance(request.type(), request.seed()), 2);
    }

    ExplanationResult explain(List<Integer> targets) {
        return explain(ExplanationRequest.of("model", "test", targets, 3), TaskMonitor.NONE);
    }

    Provenance provenance(ExplanationType type, long seed) {
        return new Provenance(
                "test",
                "org.aitia.test 1.0.0",
                Map.of(),
                type,
                input.dataset().info().task(),
                "model",
                input.model().info().architecture(),
                input.model().info().hops(),
                "sha256:0",
                input.dataset().info().name(),
                Map.of(),
                input.dataset().digest(),
                seed,
                "cpu",
                Map.of(),
                Instant.EPOCH);
    }

    static int[] sources(Graph graph) {
        int[] sources = new int[graph.edgeCount()];
        graph.sources().get(sources);
        return sources;
    }

    /** Random masks from each target's seed, and on features of some type. */
    record RandomExplainer(FeatureMaskType type) implements Explainer {
        @Override
        public ExplainerInfo info() {
            return new ExplainerInfo(
                    "test", "test", "random masks", "", Set.of(Task.values()), Set.of(EdgeMaskSupport.values()));
        }

        @Override
        public OptionSchema<?> options() {
            return OptionSchema.of(None.class);
        }

        /** No options. */
        record None() {}

        @Override
        public List<MaskValues> explain(ExplanationBatch batch) {
            List<MaskValues> masks = new ArrayList<>();
            for (int b = 0; b < batch.targets().size(); b++) {
                ComputationGraph block = batch.graphs().blocks().get(b);
                RandomGenerator random =
                        Seeds.generator(Seeds.derive(batch.targets().get(b).seed(), 1));
                int columns = block.graph().features().columns();
                int size =
                        switch (type) {
                            case NODE -> block.nodeCount();
                            case FEATURE -> columns;
                            case NODE_FEATURE -> block.nodeCount() * columns;
                            case STORED -> block.storedOffsets()[block.nodeCount()];
                        };
                masks.add(
                        new MaskValues(random(block.edgeCount(), random), type, random(size, random), new TreeMap<>()));
            }
            return masks;
        }

        private static float[] random(int size, RandomGenerator random) {
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                values[i] = random.nextFloat();
            }
            return values;
        }
    }
}
