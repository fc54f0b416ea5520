package org.aitia.models.internal.cheb;

import java.util.ArrayList;
import java.util.List;
import org.aitia.api.model.ModelShape;
import org.aitia.models.internal.batch.MessageRule;
import org.aitia.models.internal.layers.Convolution;
import org.aitia.models.internal.layers.Design;
import org.aitia.models.internal.layers.LayerOptions;
import org.aitia.models.internal.layers.Slot;

/** What a model of polynomials of the graph consists of. */
final class PolynomialDesign extends Design {
    private final LayerOptions options;
    private final int degree;
    private final boolean chebyshev;

    private PolynomialDesign(ModelShape shape, LayerOptions options, int degree, boolean chebyshev) {
        super(shape, options);
        this.options = options;
        this.degree = degree;
        this.chebyshev = chebyshev;
    }

    static PolynomialDesign of(ModelShape shape, ChebOptions options) {
        return new PolynomialDesign(shape, options, options.k() - 1, true);
    }

    static PolynomialDesign of(ModelShape shape, TagOptions options) {
        return new PolynomialDesign(shape, options, options.k(), false);
    }

    @Override
    protected int hops(int layer) {
        return degree;
    }

    @Override
    protected List<Slot> slots(int layer) {
        List<Slot> slots = new ArrayList<>();
        for (int j = 0; j <= degree; j++) {
            String name = conv(layer) + "lins." + j;
            if (chebyshev) {
                slots.add(Slot.glorot(name + ".weight", outputs(layer), inputs(layer)));
            } else {
                slots.addAll(Slot.linear(name, outputs(layer), inputs(layer), false));
            }
        }
        if (options.bias()) {
            slots.add(Slot.zeros(conv(layer) + "bias", outputs(layer)));
        }
        return slots;
    }

    @Override
    protected MessageRule messages() {
        return new MessageRule(
                MessageRule.Scale.SYMMETRIC,
                chebyshev ? MessageRule.SelfLoops.REMOVE : MessageRule.SelfLoops.KEEP,
                true);
    }

    @Override
    protected Convolution convolution() {
        return chebyshev ? new ChebConvolution() : new TagConvolution();
    }
}
