package org.aitia.models.internal.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;

/** Copies values of the host into memory of the tensor library. */
final class HostValues {
    private HostValues() {}

    /**
     * Makes an array that owns its memory. One that {@link NDManager#create} makes on a CPU shares that of a Java
     * buffer, which the garbage collector takes as soon as the array is closed, even while the library still needs it
     * for derivatives; and its alignment, which decides how the library adds up, is a matter of chance.
     */
    static NDArray copy(NDManager manager, float[] values, Shape shape) {
        try (NDArray shared = manager.create(FloatBuffer.wrap(values), shape)) {
            return shared.duplicate();
        }
    }
}
