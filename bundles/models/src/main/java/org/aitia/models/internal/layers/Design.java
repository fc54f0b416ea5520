package org.aitia.models.internal.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.DataFormatException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.Parameter;
import org.aitia.models.internal.batch.MessageRule;

/** What a model of given architecture, shape and options consists of. Layers are numbered from 1. Immutable. */
public abstract class Design {
    private final ModelShape shape;
    private final LayerOptions options;

    /**
     * For subclasses.
     *
     * @param shape what the model must fit
     * @param options what was chosen
     */
    protected Design(ModelShape shape, LayerOptions options) {
        this.shape = shape;
        this.options = options;
        if (shape.task() == Task.LINK && options.decoder() == Decoder.DOT && shape.classes() != 2) {
            throw new InvalidRequestException("the decoder 'dot' tells 2 classes apart, no link and link, not "
                    + shape.classes() + "; choose decoder 'hadamard' or 'concat'");
        }
    }

    /**
     * Returns the parameters of a convolution.
     *
     * @param layer from 1 on
     * @return in PyG's order, names beginning with {@link #conv}
     */
    protected abstract List<Slot> slots(int layer);

    /**
     * Returns which messages are sent.
     *
     * @return for all layers
     */
    protected abstract MessageRule messages();

    /**
     * Makes what computes the layers.
     *
     * @return without state
     */
    protected abstract Convolution convolution();

    /**
     * Writes a layer as TorchScript: what {@link #convolution()} computes.
     *
     * @param source which layer, of what
     * @return an expression for its output, [N, outputs]; empty if it cannot be written
     */
    protected Optional<String> torchScript(LayerSource source) {
        return Optional.empty();
    }

    /**
     * Returns how far a layer reaches.
     *
     * @param layer from 1 on
     * @return number of hops, 1 unless overridden
     */
    protected int hops(int layer) {
        return 1;
    }

    /**
     * Returns how many features of an edge the layers look at.
     *
     * @return 0 unless overridden
     */
    protected int edgeWidth() {
        return 0;
    }

    /**
     * Returns how wide a hidden layer's output is.
     *
     * @param layer from 1 on
     * @return {@code hidden} unless overridden
     */
    protected int hiddenWidth(int layer) {
        return options.hidden();
    }

    /**
     * Tells whether batch normalisation comes before the activation.
     *
     * @return false unless overridden
     */
    protected boolean normalisesFirst() {
        return false;
    }

    /**
     * Returns the start of the names of a convolution's parameters.
     *
     * @param layer from 1 on
     * @return for example {@code conv1.}
     */
    public static String conv(int layer) {
        return "conv" + layer + ".";
    }

    static String norm(int layer) {
        return "bn" + layer;
    }

    /**
     * Returns what the model must fit.
     *
     * @return task, features, classes
     */
    public final ModelShape shape() {
        return shape;
    }

    final LayerOptions options() {
        return options;
    }

    /**
     * Returns the number of convolutions.
     *
     * @return at least 1
     */
    public final int layers() {
        return options.layers();
    }

    /**
     * Returns how far a prediction looks.
     *
     * @return number of hops of all layers
     */
    public final int hops() {
        int hops = 0;
        for (int k = 1; k <= layers(); k++) {
            hops = Math.addExact(hops, hops(k));
        }
        return hops;
    }

    /** Whether logits come from a linear layer rather than from the last convolution. */
    final boolean hasHead() {
        return options.concat() || shape.task() != Task.NODE;
    }

    /** Whether logits come from a linear layer. */
    final boolean hasLinear() {
        return hasHead() && !(shape.task() == Task.LINK && !options.decoder().isClassified());
    }

    /**
     * Tells whether a layer is followed by normalisation and activation: all but one that gives logits or the embedding
     * of a link's end.
     *
     * @param layer from 1 on
     * @return true for a hidden layer
     */
    public final boolean isHidden(int layer) {
        return layer < layers() || hasHead() && shape.task() != Task.LINK;
    }

    /**
     * Returns how wide a layer's input is.
     *
     * @param layer from 1 on
     * @return number of columns
     */
    public final int inputs(int layer) {
        return layer == 1 ? shape.inputFeatures() : outputs(layer - 1);
    }

    /**
     * Returns how wide a layer's output is.
     *
     * @param layer from 1 on
     * @return number of columns
     */
    public final int outputs(int layer) {
        return layer == layers() && !hasHead() ? shape.classes() : hiddenWidth(layer);
    }

    final int headInputs() {
        int width = 0;
        for (int k = options.concat() ? 1 : layers(); k <= layers(); k++) {
            width = Math.addExact(width, outputs(k));
        }
        return switch (shape.task()) {
            case GRAPH -> Math.multiplyExact(width, options.pooling().parts());
            case LINK -> Math.multiplyExact(width, options.decoder().parts());
            default -> width;
        };
    }

    final boolean normalised(int layer) {
        return options.batchNorm() && isHidden(layer);
    }

    /**
     * Estimates the memory of forward and backward on a batch.
     *
     * @param nodes rows
     * @param edges edges
     * @param storedFeatures stored feature values of those rows
     * @return bytes
     */
    protected long workingSetBytes(long nodes, long edges, long storedFeatures) {
        long hops = hops();
        long messages = edges + nodes;
        long width = shape.classes();
        for (int k = 1; k <= layers(); k++) {
            width = Math.max(width, outputs(k));
        }
        // of a stored feature: its place both ways, as five int64, and two places of masks; all that a dense matrix
        // needs
        // is the value, its mask or dropout, their product and its derivative
        boolean dense = storedFeatures >= nodes * shape.inputFeatures();
        // structures: five int64 per message, per hop; weights and their derivatives
        long structure = messages * (40 * hops + 32) + storedFeatures * (dense ? 20 : 60);
        // x W, aggregated, activated and their derivatives
        long values = 4 * nodes * width * (2 + 6 * hops);
        return structure + values;
    }

    /** Makes the parameters of an untrained model. */
    final List<Parameter> initialise(long seed) {
        List<Parameter> parameters = new ArrayList<>();
        for (Slot slot : slots()) {
            float[] values = new float[slot.size()];
            slot.start().fill(values, Seeds.generator(Seeds.derive(seed, parameters.size())));
            parameters.add(new Parameter(slot.name(), slot.shape(), values, slot.trainable()));
        }
        return List.copyOf(parameters);
    }

    /** Brings given parameters into this design's order, or refuses them. */
    final List<Parameter> check(String architecture, List<Parameter> given) {
        Map<String, Parameter> byName = new LinkedHashMap<>();
        for (Parameter parameter : given) {
            if (byName.put(parameter.name(), parameter) != null) {
                throw new DataFormatException("parameter '" + parameter.name() + "' is there twice; a " + architecture
                        + " needs each of its parameters once");
            }
        }
        List<Parameter> ordered = new ArrayList<>();
        for (Slot slot : slots()) {
            Parameter parameter = byName.remove(slot.name());
            if (parameter == null) {
                throw new DataFormatException("parameter '" + slot.name()
                        + "' is missing; these weights do not belong to a " + architecture + " of these options");
            }
            if (!Arrays.equals(parameter.shape(), slot.shape())) {
                throw new DataFormatException("parameter '" + slot.name() + "' has shape "
                        + Arrays.toString(parameter.shape()) + " where this " + architecture + " needs "
                        + Arrays.toString(slot.shape()) + "; these weights belong to other options or other data");
            }
            ordered.add(new Parameter(slot.name(), slot.shape(), parameter.values(), slot.trainable()));
        }
        if (!byName.isEmpty()) {
            throw new DataFormatException("parameter '"
                    + byName.keySet().iterator().next()
                    + "' is superfluous; these weights do not belong to a " + architecture + " of these options");
        }
        return List.copyOf(ordered);
    }

    private List<Slot> slots() {
        List<Slot> slots = new ArrayList<>();
        for (int k = 1; k <= layers(); k++) {
            slots.addAll(slots(k));
            if (normalised(k)) {
                slots.addAll(Slot.batchNorm(norm(k), outputs(k)));
            }
        }
        if (hasLinear()) {
            slots.add(Slot.glorot("lin.weight", shape.classes(), headInputs()));
            if (options.bias()) {
                slots.add(Slot.zeros("lin.bias", shape.classes()));
            }
        }
        return slots;
    }
}
