package org.aitia.models.internal.cheb;

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

    @Override
    protected Optional<String> torchScript(LayerSource source) {
        int last = source.hops();
        String next = source.let(term(source, last));
        String afterNext = "";
        for (int j = last - 1; j >= 0; j--) {
            String sent = source.propagate(next);
            String b;
            if (!chebyshev) {
                b = "torch.add(" + term(source, j) + ", " + sent + ")";
            } else {
                // messages are -L b_(j+1)
                b = "torch.sub(" + term(source, j) + ", torch.mul(" + sent + ", " + (j == 0 ? 1 : 2) + "))";
                b = afterNext.isEmpty() ? b : "torch.sub(" + b + ", " + afterNext + ")";
            }
            afterNext = next;
            next = source.let(b);
        }
        return Optional.of(source.plus(next, "bias"));
    }

    private static String term(LayerSource source, int j) {
        return source.times(source.x(), "lins." + j + ".weight");
    }
}
