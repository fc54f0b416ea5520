package org.aitia.models.internal.gat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.model.ModelShape;
import org.aitia.models.internal.batch.MessageRule;
import org.aitia.models.internal.layers.Convolution;
import org.aitia.models.internal.layers.Design;
import org.aitia.models.internal.layers.LayerSource;
import org.aitia.models.internal.layers.Slot;

/** What a graph attention network of given shape and options consists of; parameters have PyG's names and order. */
final class GatDesign extends Design {
    private final GatOptions options;
    private final Version version;
    private final List<Merge> merges; // of layers 1..L

    /** Which paper. */
    enum Version {
        /** Velickovic et al. 2018. */
        ONE,
        /** Brody et al. 2022. */
        TWO
    }

    /** How the heads of a layer become its output. */
    private enum Merge {
        CONCAT,
        MEAN
    }

    GatDesign(ModelShape shape, GatOptions options, Version version) {
        super(shape, options);
        this.options = options;
        this.version = version;
        this.merges = merges(options);
        int last = outputs(layers());
        if (concatenates(layers()) && last % options.outHeads() != 0) {
            throw new InvalidRequestException("the last layer's " + options.outHeads()
                    + " heads, side by side, cannot make " + last
                    + " logits; choose outHeads so that it divides them, or headMerge with mean for the last layer");
        }
    }

    private static List<Merge> merges(GatOptions options) {
        List<Merge> merges = new ArrayList<>();
        if (options.headMerge().equals("auto")) {
            for (int k = 1; k <= options.layers(); k++) {
                merges.add(k < options.layers() ? Merge.CONCAT : Merge.MEAN);
            }
            return merges;
        }
        for (String word : options.headMerge().split(",", -1)) {
            merges.add(
                    switch (word.strip()) {
                        case "concat" -> Merge.CONCAT;
                        case "mean" -> Merge.MEAN;
                        default ->
                            throw new InvalidRequestException("option 'headMerge' says '" + word.strip()
                                    + "' for layer " + (merges.size() + 1) + "; choose concat or mean");
                    });
        }
        if (merges.size() != options.layers()) {
            throw new InvalidRequestException("option 'headMerge' speaks of " + merges.size() + " layers, there are "
                    + options.layers() + "; give one of concat and mean for each, or auto");
        }
        return merges;
    }

    int heads(int layer) {
        return layer == layers() ? options.outHeads() : options.heads();
    }

    boolean concatenates(int layer) {
        return merges.get(layer - 1) == Merge.CONCAT;
    }

    /** How many columns all heads of a layer have. */
    int columns(int layer) {
        return concatenates(layer) ? outputs(layer) : Math.multiplyExact(heads(layer), outputs(layer));
    }

    @Override
    protected int hiddenWidth(int layer) {
        return concatenates(layer) ? Math.multiplyExact(options.hidden(), heads(layer)) : options.hidden();
    }

    @Override
    protected int edgeWidth() {
        return options.edgeFeatures() ? shape().edgeFeatures() : 0;
    }

    GatOptions choices() {
        return options;
    }

    @Override
    protected List<Slot> slots(int layer) {
        String conv = conv(layer);
        int columns = columns(layer);
        List<Slot> slots = new ArrayList<>();
        if (version == Version.ONE) {
            slots.add(attention(conv + "att_src", layer));
            slots.add(attention(conv + "att_dst", layer));
            if (edgeWidth() > 0) {
                slots.add(attention(conv + "att_edge", layer));
            }
        } else {
            slots.add(attention(conv + "att", layer));
        }
        if (options.bias()) {
            slots.add(Slot.zeros(conv + "bias", outputs(layer)));
        }
        if (version == Version.ONE) {
            slots.add(Slot.glorot(conv + "lin.weight", columns, inputs(layer)));
        } else {
            for (String end : List.of("lin_l", "lin_r")) {
                slots.add(Slot.glorot(conv + end + ".weight", columns, inputs(layer)));
                if (options.bias()) {
                    slots.add(new Slot(
                            conv + end + ".bias", Slot.Start.uniform(1 / Math.sqrt(inputs(layer))), true, columns));
                }
            }
        }
        if (edgeWidth() > 0) {
            slots.add(Slot.glorot(conv + "lin_edge.weight", columns, edgeWidth()));
        }
        if (options.residual()) {
            slots.add(Slot.glorot(conv + "res.weight", outputs(layer), inputs(layer)));
        }
        return slots;
    }

    /** PyG's {@code glorot} of [1, H, F] looks at the last two extents. */
    private Slot attention(String name, int layer) {
        int heads = heads(layer);
        int width = columns(layer) / heads;
        return new Slot(name, Slot.Start.uniform(Math.sqrt(6.0 / (heads + width))), true, 1, heads, width);
    }

    @Override
    protected MessageRule messages() {
        return new MessageRule(
                MessageRule.Scale.NONE,
                options.selfLoops() ? MessageRule.SelfLoops.ADD : MessageRule.SelfLoops.KEEP,
                false);
    }

    @Override
    protected Convolution convolution() {
        return version == Version.ONE ? new GatConvolution(this) : new GatV2Convolution(this);
    }

    @Override
    protected Optional<String> torchScript(LayerSource source) {
        if (edgeWidth() > 0) {
            return Optional.empty(); // a module is given no features of edges
        }
        String heads = "[-1, " + heads(source.layer()) + ", " + columns(source.layer()) / heads(source.layer()) + "]";
        String values;
        String scores;
        if (version == Version.ONE) {
            values = source.let(source.times(source.x(), "lin.weight"));
            scores = source.let("torch.leaky_relu(" + ends(headSum(values, source.weight("att_src"), heads)) + " + "
                    + headSum(values, source.weight("att_dst"), heads) + ".index_select(0, col), "
                    + options.negativeSlope() + ")");
        } else {
            values = source.let(source.plus(source.times(source.x(), "lin_l.weight"), "lin_l.bias"));
            String targets = source.plus(source.times(source.x(), "lin_r.weight"), "lin_r.bias");
            String sums = source.let("torch.leaky_relu(" + ends(values) + " + " + targets + ".index_select(0, col), "
                    + options.negativeSlope() + ")");
            scores = source.let(headSum(sums, source.weight("att"), heads));
        }
        String y = source.let(source.attend(values, scores));
        if (!concatenates(source.layer()) && heads(source.layer()) > 1) {
            y = source.let("torch.mean(" + y + ".reshape(" + heads + "), [1])");
        }
        if (source.has("res.weight")) {
            y = "torch.add(" + y + ", " + source.times(source.x(), "res.weight") + ")";
        }
        return Optional.of(source.plus(y, "bias"));
    }

    private static String ends(String y) {
        return y + ".index_select(0, row)";
    }

    /** Inner products of each head's columns with its vector of [1, heads, F]. */
    private static String headSum(String y, String vector, String heads) {
        return "torch.sum(torch.mul(" + y + ".reshape(" + heads + "), " + vector + "), [2])";
    }

    @Override
    protected long workingSetBytes(long nodes, long edges, long storedFeatures) {
        long perMessage = 0;
        for (int k = 1; k <= layers(); k++) {
            // scores, shares, factors and their derivatives, for each head; in version 2 also what they come from
            perMessage += 40L * heads(k) + (version == Version.TWO || edgeWidth() > 0 ? 16L * columns(k) : 0);
            perMessage += 4L * columns(k); // one product per column, for the derivative by the shares
        }
        perMessage += 24L * edgeWidth(); // features, masked features, their sums and derivatives
        return super.workingSetBytes(nodes, edges, storedFeatures) + (nodes + edges) * perMessage;
    }
}
