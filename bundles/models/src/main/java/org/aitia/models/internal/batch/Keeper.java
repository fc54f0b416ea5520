package org.aitia.models.internal.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.LongBuffer;
import org.aitia.api.engine.Adjacency;
import org.aitia.api.engine.TensorScope;

/** Puts host arrays on a device so that they live as long as their owner, whatever scopes are open. */
public record Keeper(TensorScope scope, NDManager owner) {

    /**
     * Hands an array of the scope to the owner.
     *
     * @param array created in the scope
     * @return the same array
     */
    public NDArray keep(NDArray array) {
        return scope.keep(array, owner);
    }

    /**
     * Puts a number on the device, for use in place of a {@link Number}: the library would put that into memory that it
     * does not keep for derivatives.
     *
     * @param value the number
     * @return [1]
     */
    public NDArray constant(float value) {
        return floats(new float[] {value});
    }

    NDArray floats(float[] values) {
        return floats(values, new Shape(values.length));
    }

    /**
     * Puts numbers on the device.
     *
     * @param values the numbers
     * @param shape their shape
     * @return float32 of that shape
     */
    public NDArray floats(float[] values, Shape shape) {
        return keep(HostValues.copy(owner, values, shape));
    }

    NDArray fill(Shape shape, int unit, HostValues.Writer writer) {
        return keep(HostValues.fill(owner, shape, unit, writer));
    }

    /**
     * Puts whole numbers on the device.
     *
     * @param values the numbers
     * @return int64 [values]
     */
    public NDArray longs(long[] values) {
        return keep(owner.create(LongBuffer.wrap(values), new Shape(values.length)));
    }

    /**
     * Puts a structure on the device.
     *
     * @param offsets [R + 1]: where the in-edges of each target begin
     * @param sources [E], in [0, columns)
     * @param columns C
     * @return the structure
     */
    public Adjacency adjacency(int[] offsets, int[] sources, long columns) {
        Adjacency adjacency = Adjacency.of(owner, offsets, sources, columns);
        keep(adjacency.offsets());
        keep(adjacency.sources());
        keep(adjacency.targets());
        keep(adjacency.reverse().offsets());
        keep(adjacency.reverse().targets());
        keep(adjacency.reverse().edges());
        return adjacency;
    }
}
