package org.aitia.models.internal.appnp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aitia.api.model.ModelShape;
import org.aitia.models.internal.batch.MessageRule;
import org.aitia.models.internal.layers.Convolution;
import org.aitia.models.internal.layers.Design;
import org.aitia.models.internal.layers.LayerSource;
import org.aitia.models.internal.layers.Slot;

/** What an APPNP of given shape and options consists of: one layer, of a perceptron and K hops. */
final class AppnpDesign extends Design {
    private final AppnpOptions options;

    AppnpDesign(ModelShape shape, AppnpOptions options) {
        super(shape, options);
        this.options = options;
    }

    @Override
    protected int hops(int layer) {
        return options.k();
    }

    @Override
    protected List<Slot> slots(int layer) {
        List<Slot> slots = new ArrayList<>();
        int width = inputs(layer);
        for (int i = 1; i <= options.mlpLayers(); i++) {
            int out = i == options.mlpLayers() ? outputs(layer) : options.hidden();
            slots.addAll(Slot.linear(AppnpConvolution.linear(i), out, width, options.bias()));
            width = out;
        }
        return slots;
    }

    @Override
    protected MessageRule messages() {
        return new MessageRule(MessageRule.Scale.SYMMETRIC, MessageRule.SelfLoops.ADD, true);
    }

    @Override
    protected Convolution convolution() {
        return new AppnpConvolution(options);
    }

    @Override
    protected Optional<String> torchScript(LayerSource source) {
        String start = "";
        String x = source.x();
        for (int i = 1; i <= options.mlpLayers(); i++) {
            String linear = AppnpConvolution.linear(i);
            String bias = source.hasParameter(linear + ".bias") ? ", " + source.parameter(linear + ".bias") : "";
            start = source.let("torch.linear(" + x + ", " + source.parameter(linear + ".weight") + bias + ")");
            x = source.activation(options.activation(), start);
        }
        String returned = source.let("torch.mul(" + start + ", " + (float) options.alpha() + ")");
        String z = start;
        for (int hop = 1; hop <= options.k(); hop++) {
            z = source.let("torch.add(torch.mul(" + source.propagate(z) + ", " + (float) (1 - options.alpha()) + "), "
                    + returned + ")");
        }
        return Optional.of(z);
    }
}
