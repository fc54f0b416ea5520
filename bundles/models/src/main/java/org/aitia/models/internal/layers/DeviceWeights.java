package org.aitia.models.internal.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.model.Parameter;
import org.aitia.models.internal.batch.Keeper;

/**
 * Parameters on a device. Matrices, [out, in] on the host as in PyTorch, are kept as [in, out] here: rows of the first
 * factor of {@code x W} are then contiguous, which sparse features need.
 */
final class DeviceWeights {
    private final TensorEngine engine;
    private final NDManager manager;
    private final Map<String, NDArray> arrays = new LinkedHashMap<>();
    private final List<NDArray> variables = new ArrayList<>();

    /**
     * Copies parameters to a device.
     *
     * @param learning whether trainable parameters become differentiable leaves
     */
    DeviceWeights(TensorEngine engine, Keeper keeper, List<Parameter> parameters, boolean learning) {
        this.engine = engine;
        this.manager = keeper.owner();
        for (Parameter parameter : parameters) {
            NDArray array = upload(parameter);
            if (learning && parameter.isTrainable()) {
                array = engine.variable(array);
                variables.add(array);
            } else {
                // memory of the library's own: how Java's is aligned, and with it the last digits, is a matter of
                // chance
                array = keeper.keep(array.duplicate());
            }
            arrays.put(parameter.name(), array);
        }
    }

    NDArray get(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("the model has no parameter " + name));
    }

    Optional<NDArray> find(String name) {
        return Optional.ofNullable(arrays.get(name));
    }

    List<NDArray> variables() {
        return List.copyOf(variables);
    }

    /** Returns the present values in place of those of the given parameters. */
    List<Parameter> download(List<Parameter> parameters) {
        return parameters.stream()
                .map(p -> new Parameter(p.name(), p.shape(), hostValues(p), p.isTrainable()))
                .toList();
    }

    void set(List<Parameter> parameters) {
        try (GradientMode off = engine.gradientMode(false);
                TensorScope scope = engine.openScope()) {
            for (Parameter parameter : parameters) {
                // in place, so that optimisers go on updating the same leaves
                engine.assign(get(parameter.name()), upload(parameter));
            }
        }
    }

    private NDArray upload(Parameter parameter) {
        float[] values = parameter.values();
        long[] shape = parameter.shape();
        if (shape.length == 2) {
            values = transposed(values, Math.toIntExact(shape[0]), Math.toIntExact(shape[1]));
            shape = new long[] {shape[1], shape[0]};
        }
        return manager.create(values, new Shape(shape));
    }

    private float[] hostValues(Parameter parameter) {
        float[] values = get(parameter.name()).toFloatArray();
        long[] shape = parameter.shape();
        return shape.length == 2 ? transposed(values, Math.toIntExact(shape[1]), Math.toIntExact(shape[0])) : values;
    }

    private static float[] transposed(float[] values, int rows, int columns) {
        float[] transposed = new float[values.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                transposed[c * rows + r] = values[r * columns + c];
            }
        }
        return transposed;
    }
}
