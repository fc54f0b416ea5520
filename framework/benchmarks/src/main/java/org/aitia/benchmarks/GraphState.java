package org.aitia.benchmarks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import java.util.ServiceLoader;
import org.aitia.api.engine.Adjacency;
import org.aitia.api.engine.TensorEngine;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A random graph and data on it. Neighbours lie near each other, as in block-diagonal batches of neighbourhoods.
 *
 * <p>200/600/16 is one neighbourhood, 2708/10556/16 the Cora graph, 3700/12700/64 a batch of 100 neighbourhoods of it,
 * 10600/36000/64 a batch of 300.
 */
@State(Scope.Thread)
public class GraphState {
    private static final int SEED = 1;
    private static final int NEARNESS = 20;

    /** Nodes, edges and features. */
    @Param({"200/600/16", "2708/10556/16", "3700/12700/64", "10600/36000/8", "10600/36000/64"})
    public String size;

    TensorEngine engine;
    NDManager manager;
    Adjacency graph;
    NDArray nodeValues;
    NDArray edgeValues;
    NDArray edgeRows;
    NDArray nodeWeights;
    NDArray edgeWeights;

    /** Makes the graph. */
    @Setup(Level.Trial)
    public void open() {
        engine = ServiceLoader.load(TensorEngine.class).findFirst().orElseThrow();
        manager = engine.newManager(Device.cpu());
        String[] sizes = size.split("/");
        int nodes = Integer.parseInt(sizes[0]);
        int edges = Integer.parseInt(sizes[1]);
        int features = Integer.parseInt(sizes[2]);
        Random random = new Random(SEED);
        int[] offsets = new int[nodes + 1];
        for (int e = 0; e < edges; e++) {
            offsets[random.nextInt(nodes) + 1]++;
        }
        int[] sources = new int[edges];
        for (int v = 0; v < nodes; v++) {
            offsets[v + 1] += offsets[v];
            for (int e = offsets[v]; e < offsets[v + 1]; e++) {
                sources[e] = Math.floorMod(v + (int) (random.nextGaussian() * NEARNESS), nodes);
            }
        }
        graph = Adjacency.of(manager, offsets, sources, nodes);
        nodeValues = engine.variable(manager.randomNormal(new Shape(nodes, features)));
        edgeValues = engine.variable(manager.randomUniform(0, 1, new Shape(edges)));
        edgeRows = engine.variable(manager.randomNormal(new Shape(edges, features)));
        nodeWeights = manager.randomNormal(new Shape(nodes, features));
        edgeWeights = manager.randomNormal(new Shape(edges, features));
    }

    /** Frees everything. */
    @TearDown(Level.Trial)
    public void close() {
        manager.close();
    }
}
