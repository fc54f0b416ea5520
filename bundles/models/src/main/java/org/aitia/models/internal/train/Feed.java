package org.aitia.models.internal.train;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.PreparedBatch;

/** Brings the instances of one part of a split to the device, batch by batch. */
abstract class Feed implements AutoCloseable {
    /** Graphs per batch where only logits are computed. */
    private static final int EVALUATION_BATCH = 512;

    /**
     * A batch and what to predict in it.
     *
     * @param batch on the device
     * @param instances which rows of its logits count, and their classes
     */
    record Portion(PreparedBatch batch, Instances instances) {}

    /**
     * Visits all instances once.
     *
     * @param epoch decides on the order
     * @param visitor of each portion, which is valid during the visit only
     */
    abstract void forEach(long epoch, Consumer<Portion> visitor);

    abstract int count();

    @Override
    public abstract void close();

    /** Feeds nodes of one graph, which is computed whole. */
    static final class Nodes extends Feed {
        private final PreparedBatch batch;
        private final Instances instances;

        Nodes(PreparedBatch batch, Instances instances) {
            this.batch = batch;
            this.instances = instances;
        }

        @Override
        void forEach(long epoch, Consumer<Portion> visitor) {
            if (count() > 0) {
                visitor.accept(new Portion(batch, instances));
            }
        }

        @Override
        int count() {
            return instances.count();
        }

        @Override
        public void close() {
            instances.close(); // the batch is shared with the other parts
        }
    }

    /** Feeds graphs, in batches that are made anew in each epoch. */
    static final class Graphs extends Feed {
        private final TensorEngine engine;
        private final NDManager manager;
        private final ModelSession session;
        private final Dataset dataset;
        private final int[] graphs;
        private final int batchSize;
        private final long seed;
        private final boolean shuffled;
        private final List<Portion> prepared = new ArrayList<>(); // where order does not matter

        private Graphs(
                TensorEngine engine,
                NDManager manager,
                ModelSession session,
                Dataset dataset,
                int[] graphs,
                int batchSize,
                boolean shuffled,
                long seed) {
            this.engine = engine;
            this.manager = manager;
            this.session = session;
            this.dataset = dataset;
            this.graphs = graphs;
            this.batchSize = batchSize;
            this.shuffled = shuffled;
            this.seed = seed;
        }

        static Feed training(
                TensorEngine engine,
                NDManager manager,
                ModelSession session,
                Dataset dataset,
                int[] graphs,
                int batchSize,
                long seed) {
            int size = batchSize == 0 ? Math.max(1, graphs.length) : batchSize;
            return new Graphs(engine, manager, session, dataset, graphs, size, size < graphs.length, seed);
        }

        static Feed evaluation(
                TensorEngine engine, NDManager manager, ModelSession session, Dataset dataset, int[] graphs) {
            return new Graphs(engine, manager, session, dataset, graphs, EVALUATION_BATCH, false, 0);
        }

        @Override
        void forEach(long epoch, Consumer<Portion> visitor) {
            if (!shuffled && !prepared.isEmpty()) {
                prepared.forEach(visitor);
                return;
            }
            int[] order = graphs.clone();
            if (shuffled) {
                shuffle(order, Seeds.generator(Seeds.derive(seed, epoch)));
            }
            for (int from = 0; from < order.length; from += batchSize) {
                Portion portion = prepare(Arrays.copyOfRange(order, from, Math.min(order.length, from + batchSize)));
                if (shuffled) {
                    try (PreparedBatch batch = portion.batch();
                            Instances instances = portion.instances()) {
                        visitor.accept(portion);
                    }
                } else {
                    prepared.add(portion);
                    visitor.accept(portion);
                }
            }
        }

        private Portion prepare(int[] chosen) {
            List<ComputationGraph> blocks = IntStream.of(chosen)
                    .mapToObj(i -> ComputationGraph.whole(dataset.graphs().get(i)))
                    .toList();
            int[] rows = IntStream.range(0, chosen.length).toArray();
            return new Portion(
                    session.prepare(GraphBatch.of(blocks)), Instances.of(engine, manager, dataset, chosen, rows));
        }

        private static void shuffle(int[] values, RandomGenerator random) {
            for (int i = values.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int value = values[i];
                values[i] = values[j];
                values[j] = value;
            }
        }

        @Override
        int count() {
            return graphs.length;
        }

        @Override
        public void close() {
            for (Portion portion : prepared) {
                portion.batch().close();
                portion.instances().close();
            }
            prepared.clear();
        }
    }

    /** Makes the feed of nodes of a data set's only graph. */
    static Feed nodes(TensorEngine engine, NDManager manager, PreparedBatch batch, Dataset dataset, int[] nodes) {
        if (dataset.info().task() != Task.NODE) {
            throw new IllegalArgumentException("data set '" + dataset.info().name() + "' is not about nodes");
        }
        return new Nodes(batch, Instances.of(engine, manager, dataset, nodes, nodes));
    }
}
