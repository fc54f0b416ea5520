package org.aitia.models.internal.layers;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.aitia.api.engine.Adjacency;
import org.aitia.api.engine.GraphKernels;
import org.aitia.models.internal.batch.Messages;

/** One layer to be computed in one pass over one batch. */
public final class LayerCall {
    private final LayeredSession session;
    private final LayeredBatch batch;
    private final Run run;
    private final int layer;
    private final int firstHop; // of the layer, from 1 on
    private final LayerInput x;

    LayerCall(LayeredSession session, LayeredBatch batch, Run run, int layer, int firstHop, LayerInput x) {
        this.session = session;
        this.batch = batch;
        this.run = run;
        this.layer = layer;
        this.firstHop = firstHop;
        this.x = x;
    }

    /**
     * Returns which layer.
     *
     * @return from 1 on
     */
    public int layer() {
        return layer;
    }

    /**
     * Returns what enters the layer.
     *
     * @return [C, inputs]
     */
    public LayerInput x() {
        return x;
    }

    /**
     * Returns the graph operators.
     *
     * @return those of the session's engine
     */
    public GraphKernels kernels() {
        return session.kernels;
    }

    /**
     * Returns a parameter of the layer.
     *
     * @param part its name behind {@code conv<layer>.}
     * @return matrices as [in, out]
     */
    public NDArray weight(String part) {
        return session.weights.get(Design.conv(layer) + part);
    }

    /**
     * Returns a parameter of the layer that is perhaps not there.
     *
     * @param part its name behind {@code conv<layer>.}
     * @return matrices as [in, out]
     */
    public Optional<NDArray> find(String part) {
        return session.weights.find(Design.conv(layer) + part);
    }

    /**
     * Returns a parameter of the model.
     *
     * @param name its whole name
     * @return matrices as [in, out]; empty if there is none
     */
    public Optional<NDArray> parameter(String name) {
        return session.weights.find(name);
    }

    /**
     * Adds a constant of the layer, if it has it.
     *
     * @param y [R, H]
     * @param part name of the constant behind {@code conv<layer>.}
     * @return [R, H]
     */
    public NDArray plus(NDArray y, String part) {
        return find(part).map(y::add).orElse(y);
    }

    /**
     * Returns a number as an array that outlives what is recorded.
     *
     * @param value the number
     * @return [1]
     */
    public NDArray constant(float value) {
        return session.constant(value);
    }

    /**
     * Returns the messages of a hop.
     *
     * @param hop of this layer, from 1 on; hop 1 reads the layer's input
     * @return their structure
     */
    public Adjacency structure(int hop) {
        return batch.messages().structure(firstHop - 1 + hop);
    }

    /**
     * Returns what the messages of a hop weigh, under the edge mask.
     *
     * @param hop of this layer, from 1 on
     * @return [M]
     */
    public NDArray messageWeights(int hop) {
        return run.messageWeights().get(firstHop - 2 + hop);
    }

    /**
     * Returns the messages of all hops.
     *
     * @return those of the batch
     */
    public Messages messages() {
        return batch.messages();
    }

    /**
     * Returns how many rows the layer computes.
     *
     * @return R, at most C
     */
    public long rows() {
        return structure(hops()).rows();
    }

    /**
     * Returns how many hops the layer reaches.
     *
     * @return at least 1
     */
    public int hops() {
        return session.design.hops(layer);
    }

    /**
     * Returns how many rows are needed where some hops are still to come.
     *
     * @param hopsLeft from 0, the layer's result, to {@link #hops()}, its input
     * @return {@link #rows()} for 0
     */
    public long rows(int hopsLeft) {
        return hopsLeft == 0 ? rows() : structure(hops() - hopsLeft + 1).columns();
    }

    /**
     * Sums messages.
     *
     * @param hop of this layer, from 1 on
     * @param y [C_hop, H], what is sent
     * @return [R_hop, H]
     */
    public NDArray propagate(int hop, NDArray y) {
        return kernels().aggregate(structure(hop), y, messageWeights(hop));
    }

    /**
     * Sums messages of the layer's input times weights, along the layer's first hop.
     *
     * @param weight [F, H], a parameter
     * @return A x W, [R, H]
     */
    public NDArray propagate(NDArray weight) {
        Adjacency structure = structure(1);
        NDArray weights = messageWeights(1);
        if (x.rowFactors().isPresent()) {
            weights = weights.mul(kernels().gather(x.rowFactors().get(), structure.sources()));
        }
        return kernels().aggregate(structure, x.unscaledTimes(weight), weights);
    }

    /**
     * Takes the first rows.
     *
     * @param y [C, ...]
     * @param rows at most C
     * @return [rows, ...]
     */
    public NDArray first(NDArray y, long rows) {
        return LayerInput.first(y, rows);
    }

    /**
     * Applies the model's activation.
     *
     * @param function which
     * @param y any shape
     * @return the shape of {@code y}
     */
    public NDArray activation(ActivationFunction function, NDArray y) {
        return function.apply(kernels(), y, run.rule());
    }

    /**
     * Returns the features of the edges of messages, under a mask of them.
     *
     * @return as {@link Convolution#maskEdgeFeatures} computed them; empty if there is no such mask
     */
    public Optional<NDArray> maskedEdgeFeatures() {
        return run.edgeFeatures();
    }

    /**
     * Drops values, in training.
     *
     * @param y any shape
     * @param rate probability of being dropped
     * @return the shape of {@code y}
     */
    public NDArray dropout(NDArray y, double rate) {
        return run.pass().dropout(y, rate);
    }

    /**
     * Applies a batch normalisation that belongs to the layer.
     *
     * @param part its name behind {@code conv<layer>.}
     * @param y [R, H]
     * @return [R, H]
     */
    public NDArray batchNorm(String part, NDArray y) {
        return BatchNorm.apply(session.weights, Design.conv(layer) + part, y, run.pass());
    }

    /**
     * Returns what {@link Convolution#prepare} made of the batch.
     *
     * @param <T> its type
     * @param type its type
     * @return the same object in every call
     */
    public <T> T prepared(Class<T> type) {
        return type.cast(batch.prepared());
    }
}
