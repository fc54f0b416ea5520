package org.aitia.models.internal.appnp;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.aitia.api.model.ModelShape;
import org.aitia.models.internal.batch.MessageRule;
import org.aitia.models.internal.layers.Convolution;
import org.aitia.models.internal.layers.Design;
import org.aitia.models.internal.layers.LayerCall;
import org.aitia.models.internal.layers.LayerSource;
import org.aitia.models.internal.layers.Slot;

/** What an SGC of given shape and options consists of: one layer of K hops. */
final class SgcDesign extends Design {
    private final SgcOptions options;

    SgcDesign(ModelShape shape, SgcOptions options) {
        super(shape, options);
        this.options = options;
    }

    @Override
    protected int hops(int layer) {
        return options.k();
    }

    @Override
    protected List<Slot> slots(int layer) {
        return Slot.linear(conv(layer) + "lin", outputs(layer), inputs(layer), options.bias());
    }

    @Override
    protected MessageRule messages() {
        return new MessageRule(MessageRule.Scale.SYMMETRIC, MessageRule.SelfLoops.ADD, true);
    }

    @Override
    protected Convolution convolution() {
        return SgcDesign::convolve;
    }

    @Override
    protected Optional<String> torchScript(LayerSource source) {
        String y = source.let(source.times(source.x(), "lin.weight"));
        for (int hop = 1; hop <= source.hops(); hop++) {
            y = source.let(source.propagate(y));
        }
        return Optional.of(source.plus(y, "lin.bias"));
    }

    /** Wu et al. 2019, equation 8: A^K x W + b, with W first, so that messages are as narrow as the result. */
    private static NDArray convolve(LayerCall call) {
        NDArray y = call.propagate(call.weight("lin.weight"));
        for (int hop = 2; hop <= call.hops(); hop++) {
            y = call.propagate(hop, y);
        }
        return call.plus(y, "lin.bias");
    }
}
