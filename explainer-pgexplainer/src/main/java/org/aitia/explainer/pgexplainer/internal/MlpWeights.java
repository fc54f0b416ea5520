package org.aitia.explainer.pgexplainer.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.aitia.api.model.Parameter;

/**
 * The network's weights on the host, in PyTorch's layout: {@code 0.weight} [h, k H] and {@code 0.bias} [h], then
 * {@code 2.weight} and so on, every other number being a ReLU.
 */
final class MlpWeights {
    private MlpWeights() {}

    /**
     * Draws weights.
     *
     * @param inputs width of the input
     * @param hidden widths of the hidden layers
     * @param init how
     * @param random where from
     */
    static List<Parameter> draw(int inputs, int[] hidden, PgExplainerOptions.Init init, RandomGenerator random) {
        List<Parameter> parameters = new ArrayList<>();
        int fanIn = inputs;
        for (int layer = 0; layer <= hidden.length; layer++) {
            int fanOut = layer == hidden.length ? 1 : hidden[layer];
            boolean glorot = init == PgExplainerOptions.Init.GLOROT;
            double bound = glorot ? Math.sqrt(6.0 / (fanIn + fanOut)) : 1 / Math.sqrt(fanIn);
            float[] weights = uniform(fanOut * fanIn, bound, random);
            parameters.add(new Parameter(2 * layer + ".weight", new long[] {fanOut, fanIn}, weights, true));
            float[] biases = glorot ? new float[fanOut] : uniform(fanOut, bound, random);
            parameters.add(new Parameter(2 * layer + ".bias", new long[] {fanOut}, biases, true));
            fanIn = fanOut;
        }
        return parameters;
    }

    private static float[] uniform(int count, double bound, RandomGenerator random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
        return values;
    }
}
