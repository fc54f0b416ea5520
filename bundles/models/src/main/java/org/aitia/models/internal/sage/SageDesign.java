package org.aitia.models.internal.sage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aitia.api.model.ModelShape;
import org.aitia.models.internal.batch.MessageRule;
import org.aitia.models.internal.layers.Convolution;
import org.aitia.models.internal.layers.Design;
import org.aitia.models.internal.layers.LayerOptions;
import org.aitia.models.internal.layers.LayerSource;
import org.aitia.models.internal.layers.Slot;

/** What a GraphSAGE or GraphConv of given shape and options consists of. */
final class SageDesign extends Design {
    private final Variant variant;
    private final LayerOptions options;

    /**
     * What the two differ in.
     *
     * @param names of parameters
     * @param aggregator how messages become one
     * @param edgeWeights whether the graph's edge weights multiply messages
     * @param root whether the root counts
     * @param project whether messages are projected
     * @param normalize whether outputs have length 1
     */
    private record Variant(
            SageConvolution.Names names,
            Aggregator aggregator,
            boolean edgeWeights,
            boolean root,
            boolean project,
            boolean normalize) {}

    private SageDesign(ModelShape shape, LayerOptions options, Variant variant) {
        super(shape, options);
        this.options = options;
        this.variant = variant;
    }

    static SageDesign of(ModelShape shape, SageOptions options) {
        return new SageDesign(
                shape,
                options,
                new Variant(
                        SageConvolution.Names.SAGE,
                        options.aggregator(),
                        false,
                        options.rootWeight(),
                        options.project(),
                        options.normalize()));
    }

    static SageDesign of(ModelShape shape, GraphConvOptions options) {
        return new SageDesign(
                shape,
                options,
                new Variant(SageConvolution.Names.GRAPH_CONV, options.aggregator(), true, true, false, false));
    }

    @Override
    protected List<Slot> slots(int layer) {
        List<Slot> slots = new ArrayList<>();
        int in = inputs(layer);
        int out = outputs(layer);
        if (variant.project()) {
            slots.addAll(Slot.linear(conv(layer) + "lin", in, in, true));
        }
        slots.addAll(Slot.linear(conv(layer) + variant.names().neighbours(), out, in, options.bias()));
        if (variant.root()) {
            slots.addAll(Slot.linear(conv(layer) + variant.names().root(), out, in, false));
        }
        return slots;
    }

    @Override
    protected MessageRule messages() {
        return variant.aggregator().messages(variant.edgeWeights());
    }

    @Override
    protected Convolution convolution() {
        return new SageConvolution(
                variant.names(),
                variant.aggregator(),
                variant.project(),
                variant.normalize(),
                hops(),
                shape().inputFeatures());
    }

    @Override
    protected Optional<String> torchScript(LayerSource source) {
        String neighbours = variant.names().neighbours();
        String sent = source.x();
        if (variant.project()) {
            sent = source.let("torch.relu(" + source.plus(source.times(sent, "lin.weight"), "lin.bias") + ")");
        }
        String gathered =
                variant.aggregator() == Aggregator.MAX ? source.propagateMaximum(sent) : source.propagate(sent);
        String y = source.plus(source.times(gathered, neighbours + ".weight"), neighbours + ".bias");
        if (variant.root()) {
            y = "torch.add(" + y + ", "
                    + source.times(source.x(), variant.names().root() + ".weight") + ")";
        }
        return Optional.of(variant.normalize() ? source.unitRows(source.let(y), 1e-24) : y);
    }

    @Override
    protected long workingSetBytes(long nodes, long edges, long storedFeatures) {
        long bytes = super.workingSetBytes(nodes, edges, storedFeatures);
        if (variant.aggregator() == Aggregator.MAX) {
            // one row per message and one value per message and stored feature, with derivatives and places
            bytes += edges * (16L * options.hidden() * layers() + 40 * (storedFeatures / Math.max(1, nodes) + 1));
        }
        return bytes;
    }
}
