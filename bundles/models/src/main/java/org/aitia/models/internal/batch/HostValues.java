package org.aitia.models.internal.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Copies values of the host into memory of the tensor library. */
final class HostValues {
    private static final int CHUNK = 1 << 20; // values

    private HostValues() {}

    /** Writes the values of an array in their order. */
    interface Writer {
        /**
         * Writes some.
         *
         * @param from position of the first in the array
         * @param target receives them from 0 on
         * @param count how many; a multiple of the unit
         */
        void write(int from, float[] target, int count);
    }

    /**
     * Makes an array that owns its memory. A large one is written piece by piece, so that it is on the host as a whole
     * neither once nor, as {@link NDManager#create} has it, twice.
     *
     * @param manager what owns it
     * @param shape its shape
     * @param unit how many values belong together
     * @param writer writes them
     */
    static NDArray fill(NDManager manager, Shape shape, int unit, Writer writer) {
        int size = Math.toIntExact(shape.size());
        if (size <= CHUNK) {
            float[] values = new float[size];
            writer.write(0, values, size);
            return copy(manager, values, shape);
        }
        int step = Math.max(unit, CHUNK / unit * unit);
        float[] values = new float[step];
        ByteBuffer piece =
                ByteBuffer.allocateDirect(Math.multiplyExact(step, Float.BYTES)).order(ByteOrder.nativeOrder());
        try (NDArray flat = manager.zeros(new Shape(size))) {
            for (int from = 0; from < size; from += step) {
                int count = Math.min(step, size - from);
                writer.write(from, values, count);
                piece.asFloatBuffer().put(values, 0, count);
                ByteBuffer part = piece.slice(0, count * Float.BYTES).order(ByteOrder.nativeOrder());
                try (NDArray shared = manager.create(part, new Shape(count), DataType.FLOAT32);
                        NDArray place = flat.get(new NDIndex().addSliceDim(from, from + count))) { // a view
                    place.addi(shared); // to zeros
                }
            }
            return flat.reshape(shape);
        }
    }

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
