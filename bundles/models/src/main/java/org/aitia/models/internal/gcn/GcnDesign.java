package org.aitia.models.internal.gcn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.aitia.api.DataFormatException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.ModelInfo;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.Parameter;

/** What a GCN of given shape and options consists of. Layers are numbered from 1. */
record GcnDesign(ModelShape shape, GcnOptions options) {

    GcnDesign {
        if (shape.task() == Task.LINK) {
            throw new InvalidRequestException(
                    "architecture 'gcn' classifies nodes or graphs, not links; choose a data set of another task");
        }
    }

    int layers() {
        return options.layers();
    }

    /** Whether logits come from a linear layer rather than from the last convolution. */
    boolean hasHead() {
        return options.concat() || shape.task() == Task.GRAPH;
    }

    /** Whether a layer is followed by normalisation and activation: all but one that gives logits. */
    boolean isHidden(int layer) {
        return hasHead() || layer < layers();
    }

    int inputs(int layer) {
        return layer == 1 ? shape.inputFeatures() : options.hidden();
    }

    int outputs(int layer) {
        return isHidden(layer) ? options.hidden() : shape.classes();
    }

    int headInputs() {
        int width = options.hidden() * (options.concat() ? layers() : 1);
        return shape.task() == Task.GRAPH
                ? Math.multiplyExact(width, options.pooling().parts())
                : width;
    }

    ModelInfo info() {
        return new ModelInfo(
                GcnArchitecture.NAME, shape, GcnArchitecture.SCHEMA.format(options), layers(), EdgeMaskSupport.MESSAGE);
    }

    /** Makes the parameters of an untrained model: Glorot-uniform weights, constants 0. */
    List<Parameter> initialise(long seed) {
        List<Parameter> parameters = new ArrayList<>();
        for (Slot slot : slots()) {
            float[] values = new float[slot.size()];
            switch (slot.start()) {
                case ZERO -> {}
                case ONE -> Arrays.fill(values, 1);
                case GLOROT ->
                    glorot(
                            values,
                            slot.shape()[0] + slot.shape()[1],
                            Seeds.generator(Seeds.derive(seed, parameters.size())));
            }
            parameters.add(new Parameter(slot.name(), slot.shape(), values, slot.trainable()));
        }
        return List.copyOf(parameters);
    }

    private static void glorot(float[] values, long fans, RandomGenerator random) {
        double bound = Math.sqrt(6.0 / fans);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
    }

    /** Brings given parameters into this design's order, or refuses them. */
    List<Parameter> check(List<Parameter> given) {
        Map<String, Parameter> byName = new LinkedHashMap<>();
        for (Parameter parameter : given) {
            if (byName.put(parameter.name(), parameter) != null) {
                throw new DataFormatException(
                        "parameter '" + parameter.name() + "' is there twice; a gcn needs each of its parameters once");
            }
        }
        List<Parameter> ordered = new ArrayList<>();
        for (Slot slot : slots()) {
            Parameter parameter = byName.remove(slot.name());
            if (parameter == null) {
                throw new DataFormatException("parameter '" + slot.name()
                        + "' is missing; these weights do not belong to a gcn of these options");
            }
            if (!Arrays.equals(parameter.shape(), slot.shape())) {
                throw new DataFormatException("parameter '" + slot.name() + "' has shape "
                        + Arrays.toString(parameter.shape()) + " where this gcn needs " + Arrays.toString(slot.shape())
                        + "; these weights belong to other options or other data");
            }
            ordered.add(new Parameter(slot.name(), slot.shape(), parameter.values(), slot.trainable()));
        }
        if (!byName.isEmpty()) {
            throw new DataFormatException("parameter '"
                    + byName.keySet().iterator().next()
                    + "' is superfluous; these weights do not belong to a gcn of these options");
        }
        return List.copyOf(ordered);
    }

    private List<Slot> slots() {
        List<Slot> slots = new ArrayList<>();
        for (int k = 1; k <= layers(); k++) {
            slots.add(new Slot(weight(k), Start.GLOROT, true, outputs(k), inputs(k)));
            if (options.bias()) {
                slots.add(new Slot(bias(k), Start.ZERO, true, outputs(k)));
            }
            if (normalised(k)) {
                slots.add(new Slot(norm(k, "weight"), Start.ONE, true, outputs(k)));
                slots.add(new Slot(norm(k, "bias"), Start.ZERO, true, outputs(k)));
                slots.add(new Slot(norm(k, "running_mean"), Start.ZERO, false, outputs(k)));
                slots.add(new Slot(norm(k, "running_var"), Start.ONE, false, outputs(k)));
            }
        }
        if (hasHead()) {
            slots.add(new Slot("lin.weight", Start.GLOROT, true, shape.classes(), headInputs()));
            if (options.bias()) {
                slots.add(new Slot("lin.bias", Start.ZERO, true, shape.classes()));
            }
        }
        return slots;
    }

    boolean normalised(int layer) {
        return options.batchNorm() && isHidden(layer);
    }

    static String weight(int layer) {
        return "conv" + layer + ".lin.weight";
    }

    static String bias(int layer) {
        return "conv" + layer + ".bias";
    }

    static String norm(int layer, String part) {
        return "bn" + layer + "." + part;
    }

    /** What a value is before training. */
    private enum Start {
        ZERO,
        ONE,
        GLOROT
    }

    private record Slot(String name, Start start, boolean trainable, long... shape) {
        int size() {
            return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        }
    }
}
