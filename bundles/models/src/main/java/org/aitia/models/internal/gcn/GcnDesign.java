package org.aitia.models.internal.gcn;

import java.util.List;
import java.util.Optional;
import org.aitia.api.model.ModelShape;
import org.aitia.models.internal.batch.MessageRule;
import org.aitia.models.internal.layers.Convolution;
import org.aitia.models.internal.layers.Design;
import org.aitia.models.internal.layers.LayerSource;
import org.aitia.models.internal.layers.Slot;

/** What a GCN of given shape and options consists of. */
final class GcnDesign extends Design {
    private final GcnOptions options;

    GcnDesign(ModelShape shape, GcnOptions options) {
        super(shape, options);
        this.options = options;
    }

    @Override
    protected List<Slot> slots(int layer) {
        Slot weight = Slot.glorot(conv(layer) + "lin.weight", outputs(layer), inputs(layer));
        return options.bias() ? List.of(weight, Slot.zeros(conv(layer) + "bias", outputs(layer))) : List.of(weight);
    }

    @Override
    protected MessageRule messages() {
        return new MessageRule(
                options.symmetric() ? MessageRule.Scale.SYMMETRIC : MessageRule.Scale.SUM,
                options.addsSelfLoops() ? MessageRule.SelfLoops.ADD : MessageRule.SelfLoops.KEEP,
                true);
    }

    /** Kipf and Welling 2017, equation 2: A X W + b. */
    @Override
    protected Convolution convolution() {
        return call -> call.plus(call.propagate(call.weight("lin.weight")), "bias");
    }

    @Override
    protected Optional<String> torchScript(LayerSource source) {
        return Optional.of(source.plus(source.propagate(source.times(source.x(), "lin.weight")), "bias"));
    }
}
