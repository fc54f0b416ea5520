package org.aitia.models.internal.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.PreparedBatch;
import org.aitia.models.internal.batch.FeatureView;
import org.aitia.models.internal.batch.Keeper;

/** A stack of convolutions on a device. */
class LayeredSession implements ModelSession {
    // TensorFlow's l2_normalize; smaller squares would make the derivative of a row of zeros enormous
    static final float SQUARED_LENGTH_FLOOR = 1e-12f;

    final TensorEngine engine;
    final GraphKernels kernels;
    final Design design;
    final Convolution convolution;
    final DeviceWeights weights;
    private final Readout readout;
    final LayeredModel model;
    private final NDManager manager;
    private final boolean learning;
    private final Map<Float, NDArray> constants = new HashMap<>(); // [1] each

    LayeredSession(LayeredModel model, DeviceLease lease, boolean learning) {
        this.model = model;
        this.design = model.design();
        this.convolution = design.convolution();
        this.engine = lease.engine();
        this.kernels = engine.kernels();
        this.learning = learning;
        this.manager = lease.manager().newSubManager();
        try (TensorScope scope = engine.openScope()) {
            weights = new DeviceWeights(engine, new Keeper(scope, manager), model.parameters(), learning);
        }
        this.readout = new Readout(design, kernels, weights);
    }

    @Override
    public GnnModel model() {
        return model;
    }

    @Override
    public LayeredBatch prepare(GraphBatch batch) {
        BatchCheck.check(design, batch);
        return LayeredBatch.of(this, engine, manager, batch);
    }

    @Override
    public NDArray forward(PreparedBatch batch, Masks masks) {
        try (TensorScope scope = engine.openScope()) {
            return scope.keep(logits(own(batch), masks, Pass.INFERENCE));
        }
    }

    final NDArray logits(LayeredBatch batch, Masks masks, Pass pass) {
        return readout.apply(batch, convolve(batch, masks, pass, Observer.NONE), pass);
    }

    @Override
    public Trace trace(PreparedBatch batch, Masks masks) {
        try (TensorScope scope = engine.openScope()) {
            LayeredBatch own = own(batch);
            // without a mask that is a variable nothing would be recorded; later layers follow from the first
            Observer starting =
                    Observer.ofFirstOutput(y -> engine.isRecording() ? y.add(own.start(engine, y.getShape())) : y);
            List<NDArray> embeddings = convolve(own, masks, Pass.INFERENCE, starting);
            NDArray logits = readout.apply(own, embeddings, Pass.INFERENCE);
            embeddings.forEach(scope::keep);
            return new Trace(scope.keep(logits), embeddings);
        }
    }

    @Override
    public List<NDArray> embeddings(PreparedBatch batch, Masks masks) {
        try (TensorScope scope = engine.openScope()) {
            List<NDArray> outputs = convolve(own(batch), masks, Pass.INFERENCE, Observer.NONE);
            outputs.forEach(scope::keep);
            return outputs;
        }
    }

    @Override
    public List<Attention> attention(PreparedBatch batch, Masks masks) {
        try (TensorScope scope = engine.openScope()) {
            List<Attention> attention = new ArrayList<>();
            Observer asking = Observer.ofCalls(call -> attention.addAll(convolution.attention(call)));
            convolve(own(batch), masks, Pass.INFERENCE, asking);
            for (Attention layer : attention) {
                scope.keep(layer.edges());
                scope.keep(layer.selfLoops());
            }
            return attention;
        }
    }

    /**
     * Sees what happens in a pass.
     *
     * @param calls told of each layer before it is computed
     * @param firstOutput may replace what the first layer computed
     */
    private record Observer(Consumer<LayerCall> calls, UnaryOperator<NDArray> firstOutput) {
        static final Observer NONE = ofCalls(call -> {});

        static Observer ofCalls(Consumer<LayerCall> calls) {
            return new Observer(calls, y -> y);
        }

        static Observer ofFirstOutput(UnaryOperator<NDArray> firstOutput) {
            return new Observer(call -> {}, firstOutput);
        }
    }

    /** Computes the output of each layer, of the rows that later ones need. */
    private List<NDArray> convolve(LayeredBatch batch, Masks masks, Pass pass, Observer observer) {
        batch.maskCheck().check(masks);
        Run run = new Run(
                pass,
                batch.messages().weights(kernels, masks.edge()),
                masks.edgeFeature().map(mask -> convolution.maskEdgeFeatures(engine, batch.prepared(), mask)),
                masks.rectifier());
        List<NDArray> outputs = new ArrayList<>();
        int hop = 1;
        for (int k = 1; k <= design.layers(); k++) {
            LayerInput x = k == 1
                    ? features(batch, masks, pass)
                    : new LayerInput.Hidden(
                            pass.dropout(outputs.get(k - 2), design.options().layerDropout()));
            LayerCall call = new LayerCall(this, batch, run, k, hop, x);
            observer.calls().accept(call);
            NDArray output = finish(k, convolution.apply(call), run);
            outputs.add(k == 1 ? observer.firstOutput().apply(output) : output);
            hop += design.hops(k);
        }
        return outputs;
    }

    private LayerInput features(LayeredBatch batch, Masks masks, Pass pass) {
        boolean perNode = masks.feature().isPresent() && masks.featureType() == FeatureMaskType.NODE;
        if (masks.feature().isPresent() && !perNode) {
            FeatureView masked =
                    batch.features().masked(kernels, masks.feature().get(), masks.featureType());
            return new LayerInput.First(kernels, weight -> masked.times(kernels, weight), masked, Optional.empty());
        }
        FeatureView features = pass.features(batch.features(), design.options().layerDropout());
        long rows = batch.batch().nodesWithin(design.hops());
        return new LayerInput.First(
                kernels,
                weight -> learning ? features.times(kernels, weight) : batch.product(engine, weight),
                features,
                masks.feature().filter(m -> perNode).map(m -> LayerInput.first(m.reshape(-1), rows)));
    }

    /** L2 normalisation, activation and batch normalisation, as the GNNExplainer and PGExplainer papers. */
    private NDArray finish(int layer, NDArray y, Run run) {
        if (!design.isHidden(layer)) {
            return y;
        }
        NDArray x = y;
        if (design.options().l2Normalize()) {
            x = x.div(x.square()
                    .sum(new int[] {1}, true)
                    .maximum(constant(SQUARED_LENGTH_FLOOR))
                    .sqrt());
        }
        if (!design.normalised(layer)) {
            return activation(x, run);
        }
        String norm = Design.norm(layer);
        return design.normalisesFirst()
                ? activation(BatchNorm.apply(weights, norm, x, run.pass()), run)
                : BatchNorm.apply(weights, norm, activation(x, run), run.pass());
    }

    private NDArray activation(NDArray x, Run run) {
        return design.options().activation().apply(kernels, x, run.rule());
    }

    final NDArray constant(float value) {
        NDArray known = constants.get(value);
        if (known == null) {
            try (TensorScope scope = engine.openScope()) {
                known = new Keeper(scope, manager).constant(value);
            }
            constants.put(value, known);
        }
        return known;
    }

    final LayeredBatch own(PreparedBatch batch) {
        if (batch instanceof LayeredBatch own && own.belongsTo(this)) {
            return own;
        }
        throw new IllegalArgumentException("the batch was prepared by another session");
    }

    @Override
    public long workingSetBytes(long nodes, long edges, long storedFeatures) {
        return design.workingSetBytes(nodes, edges, storedFeatures);
    }

    @Override
    public void close() {
        manager.close();
    }
}
