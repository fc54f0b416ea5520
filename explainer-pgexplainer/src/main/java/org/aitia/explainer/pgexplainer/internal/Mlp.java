package org.aitia.explainer.pgexplainer.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.model.Parameter;

/**
 * The network that scores edges (Luo et al., equations 10 and 11), on the device.
 *
 * <p>Its first layer is linear in the embeddings that its input consists of. So the product with each part of the weights
 * is taken once per node, not per edge, and edges add up what belongs to their ends: per edge there are as many
 * operations as hidden units.
 */
final class Mlp implements AutoCloseable {
    private final GraphKernels kernels;
    private final int embedding; // H
    private final List<NDArray> variables = new ArrayList<>(); // parts [H, h], bias [h], weight [out, in], bias, ...
    private final List<Parameter> template;
    private final int parts;

    /**
     * Puts weights on the device.
     *
     * @param engine what computes
     * @param owner owns the variables
     * @param weights as {@link MlpWeights}
     * @param parts how many embeddings an input consists of
     * @param embedding width of one
     */
    Mlp(TensorEngine engine, NDManager owner, List<Parameter> weights, int parts, int embedding) {
        this.kernels = engine.kernels();
        this.embedding = embedding;
        this.parts = parts;
        this.template = weights;
        long inputs = weights.get(0).shape()[1];
        if (inputs != (long) parts * embedding) {
            throw new InvalidRequestException("this pgexplainer was trained on inputs of " + inputs + " values, the"
                    + " model gives " + parts + " embeddings of " + embedding + "; train it for this model");
        }
        try (TensorScope scope = engine.openScope()) {
            float[] first = weights.get(0).values();
            int hidden = (int) weights.get(0).shape()[0];
            for (int k = 0; k < parts; k++) {
                float[] part = new float[embedding * hidden];
                for (int i = 0; i < embedding; i++) {
                    for (int j = 0; j < hidden; j++) {
                        part[i * hidden + j] = first[(int) (j * inputs) + k * embedding + i];
                    }
                }
                variables.add(variable(engine, owner, part, new Shape(embedding, hidden)));
            }
            for (int p = 1; p < weights.size(); p++) {
                variables.add(variable(
                        engine,
                        owner,
                        weights.get(p).values(),
                        new Shape(weights.get(p).shape())));
            }
        }
    }

    private static NDArray variable(TensorEngine engine, NDManager owner, float[] values, Shape shape) {
        return engine.variable(owner.create(FloatBuffer.wrap(values), shape));
    }

    List<NDArray> variables() {
        return variables;
    }

    /** Scores edges before sigmoid, [edges]. */
    NDArray logits(EdgeInputs inputs) {
        NDArray heads = kernels.gather(inputs.embeddings().matMul(variables.get(1)), inputs.headEntries()); // [R, h]
        for (int k = 2; k < parts; k++) {
            NDArray context = inputs.contexts().get(k - 2).matMul(variables.get(k)); // [B, h]
            heads = heads.add(kernels.gather(context, inputs.headBlocks()));
        }
        heads = heads.add(variables.get(parts));
        NDArray sources = inputs.embeddings().matMul(variables.get(0)); // [U, h]
        NDArray hidden = Activation.relu(kernels.edgeSums(inputs.adjacency(), sources, heads)); // [E, h]
        for (int v = parts + 1; v < variables.size(); v += 2) {
            hidden = hidden.matMul(variables.get(v).transpose()).add(variables.get(v + 1));
            if (v + 2 < variables.size()) {
                hidden = Activation.relu(hidden);
            }
        }
        return hidden.reshape(-1);
    }

    /** Copies the weights to the host. */
    List<Parameter> weights() {
        return inLayout(variables);
    }

    /** Copies arrays like the variables, for example their gradients, to the host. */
    List<Parameter> inLayout(List<NDArray> arrays) {
        List<Parameter> weights = new ArrayList<>();
        int hidden = (int) template.get(0).shape()[0];
        int inputs = parts * embedding;
        float[] first = new float[hidden * inputs];
        for (int k = 0; k < parts; k++) {
            float[] part = arrays.get(k).toFloatArray();
            for (int i = 0; i < embedding; i++) {
                for (int j = 0; j < hidden; j++) {
                    first[j * inputs + k * embedding + i] = part[i * hidden + j];
                }
            }
        }
        weights.add(like(template.get(0), first));
        for (int p = 1; p < template.size(); p++) {
            weights.add(like(template.get(p), arrays.get(parts + p - 1).toFloatArray()));
        }
        return weights;
    }

    private static Parameter like(Parameter template, float[] values) {
        return new Parameter(template.name(), template.shape(), values, true);
    }

    @Override
    public void close() {
        variables.forEach(NDArray::close);
    }
}
