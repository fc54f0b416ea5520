package org.aitia.engine.pytorch.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.TorchCalls;
import java.util.ArrayList;
import java.util.List;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.engine.AdamOptimizer;
import org.aitia.api.engine.AdamOptions;
import org.aitia.api.engine.AdamState;
import org.aitia.api.engine.GradientMode;

/** Adam with libtorch's fused kernel: one native call updates all variables. */
final class Adam implements AdamOptimizer {
    private final PyTorchKernels kernels;
    private final AdamOptions options;
    private final List<NDArray> variables;
    private final List<NDArray> firstMoments = new ArrayList<>();
    private final List<NDArray> secondMoments = new ArrayList<>();
    private final List<NDArray> steps = new ArrayList<>();
    private double learningRate;

    Adam(PyTorchKernels kernels, AdamOptions options, List<NDArray> variables) {
        this.kernels = kernels;
        this.options = options;
        this.variables = List.copyOf(variables);
        learningRate = checked(options.learningRate());
        for (NDArray variable : this.variables) {
            check(variable);
        }
        for (NDArray variable : this.variables) {
            firstMoments.add(state(variable, variable.getShape(), variable.getDataType()));
            secondMoments.add(state(variable, variable.getShape(), variable.getDataType()));
            steps.add(state(variable, new Shape(), DataType.FLOAT32));
        }
    }

    private void check(NDArray variable) {
        NDArray first = variables.get(0);
        if (variable.getDataType() != first.getDataType()
                || !variable.getDevice().equals(first.getDevice())) {
            throw new InvalidRequestException("The variables of one optimiser share type and device: found "
                    + variable.getDataType() + " on " + variable.getDevice() + " beside " + first.getDataType()
                    + " on " + first.getDevice() + ". Use one optimiser for each.");
        }
        // The fused kernel walks over the memory and does not look at strides.
        if (!TorchCalls.isContiguous(PyTorchKernels.torch(variable))) {
            throw new InvalidRequestException(
                    "A variable must lie in memory row by row: make it with TensorEngine.variable.");
        }
    }

    /** The moments live as long as the optimiser, not as the scope that is open while it is made. */
    private static NDArray state(NDArray variable, Shape shape, DataType type) {
        NDArray state = variable.getManager().zeros(shape, type);
        NDScope.unregister(state);
        return state;
    }

    private static double checked(double learningRate) {
        if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
            throw new InvalidRequestException("A learning rate is more than 0, found " + learningRate + ".");
        }
        return learningRate;
    }

    @Override
    public void step(List<NDArray> gradients) {
        if (gradients.size() != variables.size()) {
            throw new InvalidRequestException("Adam updates " + variables.size() + " variables and was given "
                    + gradients.size() + " gradients: one for each is needed, in the same order.");
        }
        for (int i = 0; i < gradients.size(); i++) {
            NDArray variable = variables.get(i);
            NDArray gradient = gradients.get(i);
            if (!gradient.getShape().equals(variable.getShape()) || gradient.getDataType() != variable.getDataType()) {
                throw new InvalidRequestException("Gradient " + i + " is " + gradient.getDataType() + " "
                        + gradient.getShape() + ", its variable " + variable.getDataType() + " " + variable.getShape()
                        + ".");
            }
        }
        if (variables.isEmpty()) {
            return;
        }
        try (GradientMode off = new Recording(false)) {
            kernels.run(
                    "Adam",
                    "adam",
                    variables,
                    gradients,
                    firstMoments,
                    secondMoments,
                    steps,
                    learningRate,
                    options.beta1(),
                    options.beta2(),
                    options.weightDecay(),
                    options.epsilon());
        }
    }

    @Override
    public AdamState state() {
        checkSinglePrecision();
        return new AdamState(
                steps.isEmpty() ? 0 : (long) steps.get(0).getFloat(),
                firstMoments.stream().map(NDArray::toFloatArray).toList(),
                secondMoments.stream().map(NDArray::toFloatArray).toList());
    }

    @Override
    public void restore(AdamState state) {
        checkSinglePrecision();
        check(state.steps());
        check("first", state.firstMoments());
        check("second", state.secondMoments());
        try (GradientMode off = new Recording(false)) {
            for (int i = 0; i < variables.size(); i++) {
                set(firstMoments.get(i), state.firstMoments().get(i));
                set(secondMoments.get(i), state.secondMoments().get(i));
                set(steps.get(i), new float[] {state.steps()});
            }
        }
    }

    /** In place: arrays made of host values would share their memory. */
    private void set(NDArray array, float[] values) {
        try (NDArray shared = array.getManager().create(values, array.getShape())) {
            kernels.assign(array, shared);
        }
    }

    private void checkSinglePrecision() {
        if (!variables.isEmpty() && variables.get(0).getDataType() != DataType.FLOAT32) {
            throw new InvalidRequestException("The state of an optimiser is exchanged in single precision, its"
                    + " variables are " + variables.get(0).getDataType() + ".");
        }
    }

    private static void check(long steps) {
        // libtorch counts in single precision, which is exact up to here
        if (steps < 0 || steps > 1 << 24) {
            throw new InvalidRequestException(
                    "An optimiser has made 0.." + (1 << 24) + " steps, the state says " + steps + ".");
        }
    }

    private void check(String which, List<float[]> moments) {
        if (moments.size() != variables.size()) {
            throw new InvalidRequestException("The state has " + which + " moments of " + moments.size()
                    + " variables, the optimiser has " + variables.size()
                    + " variables: restore a state of the same variables.");
        }
        for (int i = 0; i < moments.size(); i++) {
            if (moments.get(i).length != variables.get(i).size()) {
                throw new InvalidRequestException("The state has " + moments.get(i).length + " " + which
                        + " moments of variable " + i + ", which has "
                        + variables.get(i).size()
                        + " values: restore a state of the same variables.");
            }
        }
    }

    @Override
    public void setLearningRate(double learningRate) {
        this.learningRate = checked(learningRate);
    }

    @Override
    public void close() {
        firstMoments.forEach(NDArray::close);
        secondMoments.forEach(NDArray::close);
        steps.forEach(NDArray::close);
    }
}
