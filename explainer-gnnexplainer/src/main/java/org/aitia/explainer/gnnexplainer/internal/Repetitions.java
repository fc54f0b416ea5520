package org.aitia.explainer.gnnexplainer.internal;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.aitia.api.Seeds;
import org.aitia.api.TaskMonitor;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.ModelInfo;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.PreparedBatch;

/**
 * Runs every target of a batch as often as asked for: repetitions are further blocks beside the targets', in as few
 * batches as memory and the processor's caches allow. The first run of a target is what a single run would be.
 */
final class Repetitions {
    /** Nodes and edges of a batch beyond which repetitions side by side gain nothing. */
    private static final long MAX_ELEMENTS = 32_768;

    /** Share of a lease's budget to fill; the rest is slack for the estimate. */
    private static final double MEMORY_SHARE = 0.5;

    private final ExplanationBatch batch;
    private final GnnExplainerOptions options;
    private final List<LossTerm> terms;

    /** One run of one target. */
    private record Run(int target, int number) {}

    Repetitions(ExplanationBatch batch, GnnExplainerOptions options, List<LossTerm> terms) {
        this.batch = batch;
        this.options = options;
        this.terms = terms;
    }

    List<MaskValues> explain() {
        List<List<Run>> parts = parts();
        if (options.runs() == 1 && parts.size() == 1) {
            return optimize(batch);
        }
        List<List<MaskValues>> found = new ArrayList<>();
        for (int b = 0; b < batch.targets().size(); b++) {
            found.add(new ArrayList<>());
        }
        for (int p = 0; p < parts.size(); p++) {
            List<MaskValues> masks = explain(parts.get(p), p, parts.size());
            for (int i = 0; i < masks.size(); i++) {
                found.get(parts.get(p).get(i).target()).add(masks.get(i));
            }
        }
        return found.stream().map(Repetitions::summary).toList();
    }

    private List<MaskValues> optimize(ExplanationBatch part) {
        ModelInfo model = part.session().model().info();
        try (MaskOptimization optimization = new MaskOptimization(
                part,
                options,
                InitialMasks.of(part, options),
                PredictionGoal.of(part.targets(), model, options),
                terms)) {
            return optimization.run();
        }
    }

    /** Cuts all runs, run by run and target by target, into batches that fit. */
    private List<List<Run>> parts() {
        List<List<Run>> parts = new ArrayList<>();
        List<Run> part = new ArrayList<>();
        Extent extent = Extent.NOTHING;
        for (int number = 0; number < options.runs(); number++) {
            for (int b = 0; b < batch.targets().size(); b++) {
                Extent more = extent.with(batch.graphs().blocks().get(b));
                boolean full = !fits(more) || number > 0 && more.nodes() + more.edges() > MAX_ELEMENTS;
                if (full && !part.isEmpty()) {
                    parts.add(part);
                    part = new ArrayList<>();
                    more = Extent.NOTHING.with(batch.graphs().blocks().get(b));
                }
                part.add(new Run(b, number));
                extent = more;
            }
        }
        parts.add(part);
        return parts;
    }

    /** How much a batch holds. */
    private record Extent(int blocks, long nodes, long edges, long stored) {
        static final Extent NOTHING = new Extent(0, 0, 0, 0);

        Extent with(ComputationGraph graph) {
            return new Extent(
                    blocks + 1,
                    nodes + graph.nodeCount(),
                    edges + graph.edgeCount(),
                    stored + graph.storedOffsets()[graph.nodeCount()]);
        }
    }

    /** What the planner could not know: how many features are stored, and how many runs stand side by side. */
    private boolean fits(Extent extent) {
        if (options.runs() == 1 && options.nodeMaskType() != GnnExplainerOptions.NodeMaskType.ATTRIBUTES) {
            return true;
        }
        long bytes = batch.session().workingSetBytes(extent.nodes(), extent.edges(), extent.stored())
                + elements(extent) * MaskOptimization.BYTES_PER_ELEMENT;
        return bytes <= MEMORY_SHARE * batch.lease().memoryBudget();
    }

    private long elements(Extent extent) {
        ModelShape shape = batch.session().model().info().shape();
        long features =
                switch (options.nodeMaskType()) {
                    case NONE -> 0;
                    case OBJECT -> extent.nodes();
                    case COMMON_ATTRIBUTES -> (long) extent.blocks() * shape.inputFeatures();
                    case ATTRIBUTES -> extent.stored();
                };
        long edgeFeatures = options.edgeAttributeMask() == GnnExplainerOptions.EdgeAttributeMask.NONE
                ? 0
                : extent.edges() * shape.edgeFeatures();
        return extent.edges() + features + edgeFeatures;
    }

    private List<MaskValues> explain(List<Run> part, int number, int parts) {
        GraphBatch graphs = GraphBatch.of(part.stream()
                .map(run -> batch.graphs().blocks().get(run.target()))
                .toList());
        try (PreparedBatch prepared = batch.session().prepare(graphs);
                NDManager manager = batch.lease().manager().newSubManager()) {
            return optimize(new ExplanationBatch(
                    batch.session(),
                    prepared,
                    part.stream().map(this::target).toList(),
                    batch.options(),
                    batch.lease(),
                    manager,
                    new PartMonitor(batch.monitor(), number, parts),
                    batch.initial().isEmpty()
                            ? List.of()
                            : part.stream().map(this::initial).toList(),
                    batch.learnt()));
        }
    }

    private ExplanationTarget target(Run run) {
        ExplanationTarget target = batch.targets().get(run.target());
        return run.number() == 0
                ? target
                : new ExplanationTarget(
                        target.id(),
                        target.predictedClass(),
                        target.explainedClass(),
                        target.label(),
                        target.probabilities(),
                        Seeds.derive(target.seed(), run.number()));
    }

    private Optional<MaskValues> initial(Run run) {
        Optional<MaskValues> given = batch.initial(run.target());
        return run.number() == 0
                ? given
                : given.map(masks -> InitialMasks.near(
                        masks, Seeds.generator(Seeds.derive(target(run).seed(), -1)), options));
    }

    private static MaskValues summary(List<MaskValues> runs) {
        if (runs.size() == 1) {
            return runs.get(0);
        }
        Moments edges = Moments.of(runs, MaskValues::edges);
        Moments features = Moments.of(runs, MaskValues::features);
        Moments edgeFeatures = Moments.of(runs, MaskValues::edgeFeatures);
        Moments loss = Moments.of(
                runs, masks -> new float[] {masks.diagnostics().get("loss").floatValue()});
        Map<String, Double> diagnostics = new HashMap<>();
        diagnostics.put("loss", (double) loss.means()[0]);
        diagnostics.put("lossDeviation", (double) loss.deviations()[0]);
        diagnostics.put("runs", (double) runs.size());
        return new MaskValues(
                edges.means(),
                runs.get(0).featureType(),
                features.means(),
                edgeFeatures.means(),
                Optional.of(
                        new MaskValues.Deviation(edges.deviations(), features.deviations(), edgeFeatures.deviations())),
                diagnostics);
    }

    /**
     * Means and standard deviations over runs.
     *
     * @param means of each element
     * @param deviations of each element, with n - 1
     */
    private record Moments(float[] means, float[] deviations) {
        static Moments of(List<MaskValues> runs, Function<MaskValues, float[]> values) {
            int size = values.apply(runs.get(0)).length;
            float[] means = new float[size];
            float[] deviations = new float[size];
            for (int i = 0; i < size; i++) {
                int at = i;
                double mean = IntStream.range(0, runs.size())
                                .mapToDouble(r -> values.apply(runs.get(r))[at])
                                .sum()
                        / runs.size();
                double squares = runs.stream()
                        .mapToDouble(run -> Math.pow(values.apply(run)[at] - mean, 2))
                        .sum();
                means[i] = (float) mean;
                deviations[i] = (float) Math.sqrt(squares / (runs.size() - 1));
            }
            return new Moments(means, deviations);
        }
    }

    /** Reports the steps of one part as a share of all. */
    private record PartMonitor(TaskMonitor monitor, int part, int parts) implements TaskMonitor {
        @Override
        public void progress(String stage, long done, long total) {
            monitor.progress(stage, part * total + done, parts * total);
        }

        @Override
        public void message(String text) {
            monitor.message(text);
        }

        @Override
        public boolean isCancelled() {
            return monitor.isCancelled();
        }
    }
}
