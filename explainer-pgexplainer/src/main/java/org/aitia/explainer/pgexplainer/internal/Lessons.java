package org.aitia.explainer.pgexplainer.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.aitia.api.explain.ExplainerTraining;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.graph.GraphBatch;

/** The batches of a training: kept on the device while they are few, put there anew each time where they are many. */
final class Lessons implements AutoCloseable {
    /** Share of the lease's memory for batches that are kept; a pass over one of them needs the rest. */
    private static final double MEMORY_SHARE = 0.25;

    private final ExplainerTraining training;
    private final PgExplainerOptions options;
    private final List<List<Integer>> positions = new ArrayList<>();
    private final List<List<Integer>> steps = new ArrayList<>(); // batches of each step
    private final Lesson[] kept;
    private long keptBytes;

    /** Work with a lesson while it is on the device. */
    @FunctionalInterface
    interface Use<T> {
        T with(Lesson lesson);
    }

    Lessons(ExplainerTraining training, PgExplainerOptions options) {
        this.training = training;
        this.options = options;
        int all = training.targets().size();
        int perStep = options.targetsPerStep(all);
        // a step has as many targets as it should, however many fit: it may take several batches
        int done = 0;
        for (List<Integer> fitting : training.plan(perStep)) {
            int from = 0;
            while (from < fitting.size()) {
                int end = Math.min(fitting.size(), from + perStep - done % perStep);
                if (done % perStep == 0) {
                    steps.add(new ArrayList<>());
                }
                steps.get(steps.size() - 1).add(positions.size());
                positions.add(fitting.subList(from, end));
                done += end - from;
                from = end;
            }
        }
        kept = new Lesson[positions.size()];
    }

    /** The lessons of each optimiser step. */
    List<List<Integer>> steps() {
        return steps;
    }

    List<Integer> all() {
        return IntStream.range(0, positions.size()).boxed().toList();
    }

    <T> T use(int index, Use<T> use) {
        if (kept[index] != null) {
            return use.with(kept[index]);
        }
        Lesson lesson = open(index);
        boolean keep = false;
        try {
            long bytes = bytes(lesson.batch());
            if (keptBytes + bytes <= MEMORY_SHARE * training.lease().memoryBudget()) {
                keptBytes += bytes;
                kept[index] = lesson;
                keep = true;
            }
            return use.with(lesson);
        } finally {
            if (!keep) {
                lesson.close();
            }
        }
    }

    private Lesson open(int index) {
        ExplainerTraining.Work work = training.open(positions.get(index));
        try {
            return new Lesson(work, options);
        } catch (RuntimeException e) {
            work.close();
            throw e;
        }
    }

    private static long bytes(ExplanationBatch batch) {
        GraphBatch graphs = batch.graphs();
        long stored = 0;
        for (var block : graphs.blocks()) {
            long nodes = Math.max(1, block.graph().nodeCount());
            stored += block.graph().features().storedValues() * block.nodeCount() / nodes;
        }
        return batch.session().workingSetBytes(graphs.nodeCount(), graphs.edgeCount(), stored);
    }

    @Override
    public void close() {
        for (Lesson lesson : kept) {
            if (lesson != null) {
                lesson.close();
            }
        }
    }
}
