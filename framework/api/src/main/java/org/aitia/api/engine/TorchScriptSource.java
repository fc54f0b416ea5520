package org.aitia.api.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A TorchScript module as text, to be packed into an archive that libtorch and PyTorch load.
 *
 * @param code the methods of the module in TorchScript's subset of Python, as the body of a class indented by two
 *     spaces; {@code self} is annotated as {@code __torch__.Module}; tensors are read as {@code self.NAME}
 * @param tensors attributes by name, float32, saved as parameters; names without dots
 */
public record TorchScriptSource(String code, Map<String, Tensor> tensors) {
    /** Copies the map. */
    public TorchScriptSource {
        tensors = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /**
     * Values of a tensor.
     *
     * @param shape sizes of its axes
     * @param values row by row; not to be changed
     */
    public record Tensor(List<Long> shape, float[] values) {
        /** Copies the shape. */
        public Tensor {
            shape = List.copyOf(shape);
        }
    }
}
