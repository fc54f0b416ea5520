package org.aitia.models.internal.torchscript;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.api.Task;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.api.model.PreparedBatch;
import org.aitia.models.internal.batch.Keeper;
import org.aitia.models.internal.batch.MaskCheck;

/** A batch on the device of a session, as the arguments of one or more calls of the module. */
final class TorchScriptBatch implements PreparedBatch {
    private final TorchScriptSession session;
    private final GraphBatch batch;
    private final NDManager manager;
    private final TensorScope scope;
    private final int features;
    private final List<Part> parts = new ArrayList<>();
    private final MaskCheck maskCheck;
    private final IdentityHashMap<Part, int[]> rowsOfParts =
            new IdentityHashMap<>(); // the batch row of each row, -1 for none
    private final IdentityHashMap<Part, Stored> stored = new IdentityHashMap<>();

    /**
     * Where a mask of stored values goes.
     *
     * @param index int64 [S]: which value of the mask
     * @param values [S]: what it multiplies
     * @param places int64 [S]: where that is among the values of x
     * @param unmasked [N, F]: rows that are not of the batch, 0 elsewhere; empty if there are none
     */
    record Stored(NDArray index, NDArray values, NDArray places, Optional<NDArray> unmasked) {}

    private TorchScriptBatch(
            TorchScriptSession session, GraphBatch batch, NDManager manager, TensorScope scope, int features) {
        this.session = session;
        this.batch = batch;
        this.manager = manager;
        this.scope = scope;
        this.features = features;
        this.maskCheck = new MaskCheck(batch, features, 0);
    }

    /** How a batch is given to the module. */
    enum Plan {
        /** All at once. */
        TOGETHER,
        /** Block by block, for graph tasks. */
        EACH,
        /** Block by block, each with the whole graph around it. */
        WITH_WHOLE_GRAPH
    }

    static TorchScriptBatch of(
            TorchScriptSession session, TensorEngine engine, NDManager parent, GraphBatch batch, Plan plan) {
        NDManager manager = parent.newSubManager();
        boolean done = false;
        try (TensorScope scope = engine.openScope()) {
            TorchScriptBatch prepared = new TorchScriptBatch(
                    session, batch, manager, scope, session.model().shape().inputFeatures());
            switch (plan) {
                case TOGETHER -> prepared.addTogether();
                case EACH -> prepared.addEach();
                case WITH_WHOLE_GRAPH -> prepared.addWholeGraphs();
            }
            done = true;
            return prepared;
        } finally {
            if (!done) {
                manager.close();
            }
        }
    }

    @Override
    public GraphBatch batch() {
        return batch;
    }

    boolean belongsTo(TorchScriptSession other) {
        return session == other;
    }

    List<Part> parts() {
        return parts;
    }

    MaskCheck maskCheck() {
        return maskCheck;
    }

    /** What masks of stored values need, found out when the first one comes: most explainers have none. */
    Stored stored(TensorEngine engine, Part part) {
        Stored known = stored.get(part);
        if (known == null) {
            try (var off = engine.gradientMode(false);
                    TensorScope open = engine.openScope()) {
                known = findStored(new Keeper(open, manager), engine.kernels(), part);
            }
            stored.put(part, known);
        }
        return known;
    }

    private Stored findStored(Keeper keeper, GraphKernels kernels, Part part) {
        int[] rows = rowsOfParts.get(part);
        int[] offsets = batch.storedOffsets();
        int[] rowBlocks = batch.rowBlocks();
        int[] rowNodes = batch.rowNodes();
        int size = 0;
        boolean all = true;
        for (int row : rows) {
            size = row < 0 ? size : Math.addExact(size, offsets[row + 1] - offsets[row]);
            all &= row >= 0;
        }
        long[] index = new long[size];
        long[] places = new long[size];
        int at = 0;
        for (int v = 0; v < rows.length; v++) {
            int row = rows[v];
            if (row >= 0) {
                ComputationGraph block = batch.blocks().get(rowBlocks[row]);
                int node = block.node(rowNodes[row]);
                for (int s = offsets[row]; s < offsets[row + 1]; s++) {
                    int column = s - offsets[row];
                    if (block.graph().features() instanceof SparseFeatures sparse) {
                        column = sparse.indices().get(sparse.offsets().get(node) + column);
                    }
                    index[at] = s;
                    places[at++] = (long) v * features + column;
                }
            }
        }
        NDArray to = keeper.longs(places);
        NDArray x = part.x();
        Optional<NDArray> unmasked = all
                ? Optional.empty()
                : part.rowPlaces().map(p -> x.mul(p.unmasked().reshape(-1, 1)));
        return new Stored(
                keeper.longs(index), keeper.keep(kernels.gather(x.reshape(-1), to)), to, unmasked.map(keeper::keep));
    }

    private void add(Part part, int[] rows) {
        parts.add(part);
        rowsOfParts.put(part, rows);
    }

    private void addTogether() {
        addRange(0, batch.nodeCount(), 0, batch.edgeCount(), batch.inOffsets(batch.nodeCount()), batch.rowBlocks());
    }

    /** Rows and edges of whole graphs are contiguous. */
    private void addEach() {
        int[] offsets = batch.inOffsets(batch.nodeCount());
        int[] blocks = batch.rowBlocks();
        int row = 0;
        for (ComputationGraph block : batch.blocks()) {
            int end = row + block.nodeCount();
            addRange(row, end, offsets[row], offsets[end], offsets, blocks);
            row = end;
        }
    }

    private void addRange(int fromRow, int toRow, int fromEdge, int toEdge, int[] offsets, int[] rowBlocks) {
        int[] rowNodes = batch.rowNodes();
        int[] allSources = batch.sources(batch.edgeCount());
        int[] edgeBlocks = batch.edgeBlocks();
        int[] edgeLocals = batch.edgeLocals();
        int rows = toRow - fromRow;
        int edges = toEdge - fromEdge;
        float[] x = new float[Math.multiplyExact(rows, features)];
        long[] blocks = new long[rows];
        long[] ends = new long[Math.multiplyExact(2, edges)];
        float[] weights = new float[edges];
        long[] edgeIndex = new long[edges];
        float[] masked = new float[edges];
        float[] unmasked = new float[edges];
        boolean looped = false;
        for (int r = 0; r < rows; r++) {
            ComputationGraph block = batch.blocks().get(rowBlocks[fromRow + r]);
            block.graph().features().copyRow(block.node(rowNodes[fromRow + r]), x, r * features);
            blocks[r] = rowBlocks[fromRow + r];
            for (int e = offsets[fromRow + r]; e < offsets[fromRow + r + 1]; e++) {
                int at = e - fromEdge;
                int source = allSources[e] - fromRow;
                ends[at] = source;
                ends[edges + at] = r;
                ComputationGraph owner = batch.blocks().get(edgeBlocks[e]);
                weights[at] = weight(owner.graph(), owner.edge(edgeLocals[e]));
                boolean loop = source == r;
                edgeIndex[at] = e;
                masked[at] = loop ? 0 : 1;
                unmasked[at] = loop ? 1 : 0;
                looped |= loop;
            }
        }
        boolean all = rows == batch.nodeCount();
        long[] graphs = session.isGraphTask() ? blocks.clone() : new long[rows];
        if (!all) {
            Arrays.fill(graphs, 0);
        }
        add(
                new Part(
                        floats(x, new Shape(rows, features)),
                        longs(ends, new Shape(2, edges)),
                        floats(weights, new Shape(edges)),
                        longs(graphs, new Shape(rows)),
                        links(batch.linkSources(), batch.linkTargets()),
                        all && !looped ? Optional.empty() : Optional.of(places(edgeIndex, masked, unmasked)),
                        all
                                ? Optional.empty()
                                : Optional.of(places(
                                        IntStream.range(fromRow, toRow)
                                                .asLongStream()
                                                .toArray(),
                                        ones(rows),
                                        new float[rows])),
                        longs(blocks, new Shape(rows)),
                        new Part.Outputs(Optional.empty(), outputs(rows))),
                IntStream.range(fromRow, toRow).toArray());
    }

    private int outputs(int rows) {
        return session.model().shape().task() == Task.NODE ? batch.nodesWithin(0) : rows;
    }

    /** The computation graph says what is explained; what is computed is the graph that it was taken from. */
    private void addWholeGraphs() {
        int[][] rowOf = new int[batch.blocks().size()][];
        int[][] edgeOf = new int[rowOf.length][];
        for (int b = 0; b < rowOf.length; b++) {
            ComputationGraph block = batch.blocks().get(b);
            rowOf[b] = filled(block.graph().nodeCount());
            edgeOf[b] = filled(block.graph().edgeCount());
        }
        int[] rowBlocks = batch.rowBlocks();
        int[] rowNodes = batch.rowNodes();
        for (int r = 0; r < rowBlocks.length; r++) {
            rowOf[rowBlocks[r]][batch.blocks().get(rowBlocks[r]).node(rowNodes[r])] = r;
        }
        int[] edgeBlocks = batch.edgeBlocks();
        int[] edgeLocals = batch.edgeLocals();
        for (int e = 0; e < edgeBlocks.length; e++) {
            edgeOf[edgeBlocks[e]][batch.blocks().get(edgeBlocks[e]).edge(edgeLocals[e])] = e;
        }
        IdentityHashMap<Graph, NDArray> shared = new IdentityHashMap<>(); // once, however many targets a graph has
        for (int b = 0; b < rowOf.length; b++) {
            ComputationGraph block = batch.blocks().get(b);
            NDArray x = shared.computeIfAbsent(block.graph(), this::wholeFeatures);
            addWholeGraph(block, b, x, rowOf[b], edgeOf[b]);
        }
    }

    private static int[] filled(int size) {
        int[] places = new int[size];
        Arrays.fill(places, -1);
        return places;
    }

    private NDArray wholeFeatures(Graph graph) {
        int rows = graph.nodeCount();
        float[] x = new float[Math.multiplyExact(rows, features)];
        for (int v = 0; v < rows; v++) {
            graph.features().copyRow(v, x, v * features);
        }
        return floats(x, new Shape(rows, features));
    }

    private void addWholeGraph(ComputationGraph block, int number, NDArray x, int[] rowOf, int[] edgeOf) {
        Graph graph = block.graph();
        int[] kept = kept(block, edgeOf);
        int rows = graph.nodeCount();
        int edges = kept.length;
        long[] ends = new long[Math.multiplyExact(2, edges)];
        float[] weights = new float[edges];
        int[] places = new int[edges];
        for (int e = 0; e < edges; e++) {
            int source = graph.source(kept[e]);
            int target = graph.target(kept[e]);
            ends[e] = source;
            ends[edges + e] = target;
            weights[e] = weight(graph, kept[e]);
            places[e] = source == target ? -1 : edgeOf[kept[e]]; // self-loops keep their weight
        }
        long[] blocks = new long[rows];
        Arrays.fill(blocks, number);
        int[] targets = block.targets();
        add(
                new Part(
                        x,
                        longs(ends, new Shape(2, edges)),
                        floats(weights, new Shape(edges)),
                        longs(new long[rows], new Shape(rows)),
                        block.isLink()
                                ? links(new int[] {targets[0]}, new int[] {targets[1]})
                                : links(new int[0], new int[0]),
                        Optional.of(places(places)),
                        Optional.of(places(rowOf)),
                        longs(blocks, new Shape(rows)),
                        new Part.Outputs(
                                Optional.of(longs(
                                        Arrays.stream(targets).asLongStream().toArray(), new Shape(targets.length))),
                                targets.length)),
                rowOf);
    }

    /** The edges of the graph, but for those that were taken out of the computation graph. */
    private static int[] kept(ComputationGraph block, int[] edgeOf) {
        BitSet removed = new BitSet();
        int expanded = block.hops() == 0 ? 0 : block.nodesWithin(block.hops() - 1);
        for (int local = 0; local < expanded; local++) {
            int node = block.node(local);
            for (int e = block.graph().inOffset(node); e < block.graph().inOffset(node + 1); e++) {
                removed.set(e, edgeOf[e] < 0);
            }
        }
        return IntStream.range(0, edgeOf.length).filter(e -> !removed.get(e)).toArray();
    }

    private Part.Places places(int[] to) {
        long[] index = new long[to.length];
        float[] masked = new float[to.length];
        float[] unmasked = new float[to.length];
        for (int i = 0; i < to.length; i++) {
            index[i] = Math.max(0, to[i]);
            masked[i] = to[i] < 0 ? 0 : 1;
            unmasked[i] = 1 - masked[i];
        }
        return places(index, masked, unmasked);
    }

    private Part.Places places(long[] index, float[] masked, float[] unmasked) {
        Shape shape = new Shape(index.length);
        return new Part.Places(longs(index, shape), floats(masked, shape), floats(unmasked, shape));
    }

    private NDArray links(int[] sources, int[] targets) {
        long[] both = IntStream.concat(Arrays.stream(sources), Arrays.stream(targets))
                .asLongStream()
                .toArray();
        return longs(both, new Shape(2, sources.length));
    }

    private static float weight(Graph graph, int edge) {
        return graph.isWeighted() ? graph.edgeWeight(edge) : 1;
    }

    private static float[] ones(int size) {
        float[] ones = new float[size];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** In memory of the library's own, which lives as long as what is recorded needs it. */
    private NDArray floats(float[] values, Shape shape) {
        try (NDArray shared = manager.create(FloatBuffer.wrap(values), shape)) {
            return scope.keep(shared.duplicate(), manager);
        }
    }

    private NDArray longs(long[] values, Shape shape) {
        try (NDArray shared = manager.create(LongBuffer.wrap(values), shape)) {
            return scope.keep(shared.duplicate(), manager);
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
