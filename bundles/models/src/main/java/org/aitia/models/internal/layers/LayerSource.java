package org.aitia.models.internal.layers;

import java.util.Set;

/**
 * One layer to be written as TorchScript. What {@link LayerCall} computes, this writes: expressions go in and come out,
 * for all rows at once.
 */
public final class LayerSource {
    private final ModuleSource module;
    private final Set<String> parameters;
    private final int layer;
    private final int hops;
    private final String x;

    LayerSource(ModuleSource module, Set<String> parameters, int layer, int hops, String x) {
        this.module = module;
        this.parameters = parameters;
        this.layer = layer;
        this.hops = hops;
        this.x = x;
    }

    /**
     * Returns which layer.
     *
     * @return from 1 on
     */
    public int layer() {
        return layer;
    }

    /**
     * Returns how many hops the layer has.
     *
     * @return at least 1
     */
    public int hops() {
        return hops;
    }

    /**
     * Returns what enters the layer.
     *
     * @return a variable, [N, inputs]
     */
    public String x() {
        return x;
    }

    /**
     * Tells whether the layer has a parameter.
     *
     * @param part its name behind {@code conv<layer>.}
     * @return whether {@link #weight} may be asked for it
     */
    public boolean has(String part) {
        return parameters.contains(Design.conv(layer) + part);
    }

    /**
     * Returns a parameter of the layer.
     *
     * @param part its name behind {@code conv<layer>.}
     * @return an expression; matrices are [out, in]
     */
    public String weight(String part) {
        return parameter(Design.conv(layer) + part);
    }

    /**
     * Returns a parameter of the model.
     *
     * @param name its name
     * @return an expression
     */
    public String parameter(String name) {
        return ModuleSource.attribute(name);
    }

    /**
     * Tells whether the model has a parameter.
     *
     * @param name its name
     * @return whether {@link #parameter} may be asked for it
     */
    public boolean hasParameter(String name) {
        return parameters.contains(name);
    }

    /**
     * Names an intermediate result.
     *
     * @param expression what it is
     * @return a variable
     */
    public String let(String expression) {
        return module.let(expression);
    }

    /**
     * Multiplies with weights.
     *
     * @param y [N, F]
     * @param part name of the weights behind {@code conv<layer>.}, [H, F]
     * @return [N, H]
     */
    public String times(String y, String part) {
        return "torch.linear(" + y + ", " + weight(part) + ")";
    }

    /**
     * Adds a constant of the layer, if it has it.
     *
     * @param y [N, H]
     * @param part name of the constant behind {@code conv<layer>.}
     * @return [N, H]
     */
    public String plus(String y, String part) {
        return has(part) ? "torch.add(" + y + ", " + weight(part) + ")" : y;
    }

    /**
     * Sums messages.
     *
     * @param y [N, H], what is sent
     * @return [N, H]
     */
    public String propagate(String y) {
        return "self.propagate(" + y + ", row, col, w)";
    }

    /**
     * Takes the greatest message per column, 0 where there is none.
     *
     * @param y [N, H], what is sent
     * @return [N, H]
     */
    public String propagateMaximum(String y) {
        return "self.maximum(" + y + ".index_select(0, row) * w.unsqueeze(1), col, " + y + ".size(0))";
    }

    /**
     * Applies an activation.
     *
     * @param function which
     * @param y any
     * @return the same shape
     */
    public String activation(ActivationFunction function, String y) {
        return ModuleSource.activation(function, y);
    }

    /**
     * Applies a batch normalisation that belongs to the layer.
     *
     * @param part its name behind {@code conv<layer>.}
     * @param y [N, H]
     * @return [N, H]
     */
    public String batchNorm(String part, String y) {
        return ModuleSource.batchNorm(Design.conv(layer) + part, y);
    }

    /**
     * Scales rows to length 1.
     *
     * @param y a variable, [N, H]
     * @param squaredFloor the square of the least length that is divided by
     * @return [N, H]
     */
    public String unitRows(String y, double squaredFloor) {
        return ModuleSource.unitRows(y, squaredFloor);
    }

    /**
     * Softmax of scores over the messages into each node, and the sum of values weighted by it, head by head.
     *
     * @param values [N, heads * F]
     * @param scores a variable, [M, heads]
     * @return [N, heads * F]
     */
    public String attend(String values, String scores) {
        return "self.attend(" + values + ", " + scores + ", row, col, w)";
    }
}
