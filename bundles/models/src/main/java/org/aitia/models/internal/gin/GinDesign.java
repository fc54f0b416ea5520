package org.aitia.models.internal.gin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.aitia.api.model.ModelShape;
import org.aitia.models.internal.batch.MessageRule;
import org.aitia.models.internal.layers.Convolution;
import org.aitia.models.internal.layers.Design;
import org.aitia.models.internal.layers.LayerSource;
import org.aitia.models.internal.layers.Slot;

/**
 * What a GIN of given shape and options consists of. Parameters of a perceptron are numbered as those of PyTorch's
 * {@code Sequential(Linear, [BatchNorm1d,] ReLU, Linear, ...)}.
 */
final class GinDesign extends Design {
    private final GinOptions options;

    GinDesign(ModelShape shape, GinOptions options) {
        super(shape, options);
        this.options = options;
    }

    @Override
    protected List<Slot> slots(int layer) {
        List<Slot> slots = new ArrayList<>();
        float eps = (float) options.eps();
        slots.add(new Slot(conv(layer) + "eps", (values, random) -> Arrays.fill(values, eps), options.trainEps(), 1));
        int width = inputs(layer);
        for (int i = 0; i < options.mlpLayers(); i++) {
            boolean last = i == options.mlpLayers() - 1;
            int out = last ? outputs(layer) : options.hidden();
            slots.addAll(Slot.linear(conv(layer) + linear(options, i), out, width, true));
            if (!last && options.batchNorm()) {
                slots.addAll(Slot.batchNorm(conv(layer) + norm(i), out));
            }
            width = out;
        }
        return slots;
    }

    static String linear(GinOptions options, int index) {
        return "nn." + index * (options.batchNorm() ? 3 : 2);
    }

    static String norm(int index) {
        return "nn." + (index * 3 + 1);
    }

    @Override
    protected boolean normalisesFirst() {
        return true;
    }

    @Override
    protected MessageRule messages() {
        return new MessageRule(MessageRule.Scale.SUM, MessageRule.SelfLoops.KEEP, false);
    }

    @Override
    protected Convolution convolution() {
        return new GinConvolution(options);
    }

    @Override
    protected Optional<String> torchScript(LayerSource source) {
        String h = source.let(source.times(source.x(), linear(options, 0) + ".weight"));
        String own = "torch.mul(" + h + ", torch.add(" + source.weight("eps") + ", 1))";
        String y = source.plus("torch.add(" + source.propagate(h) + ", " + own + ")", linear(options, 0) + ".bias");
        for (int i = 1; i < options.mlpLayers(); i++) {
            String normed = options.batchNorm() ? source.batchNorm(norm(i - 1), y) : y;
            String linear = linear(options, i);
            y = source.plus(
                    source.times(source.activation(options.activation(), normed), linear + ".weight"),
                    linear + ".bias");
        }
        return Optional.of(y);
    }
}
