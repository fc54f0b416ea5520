package org.aitia.explainer.pgexplainer.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import org.aitia.api.engine.Adjacency;
import org.aitia.api.engine.TensorScope;

/**
 * Puts arrays of the host on the device so that they live as long as their owner.
 *
 * @param scope the open scope, which gives arrays memory of the library's own
 * @param owner what frees them
 */
record HostArrays(TensorScope scope, NDManager owner) {

    NDArray keep(NDArray array) {
        return scope.keep(array, owner);
    }

    NDArray floats(float[] values, long... shape) {
        return keep(owner.create(FloatBuffer.wrap(values), new Shape(shape)));
    }

    NDArray longs(int[] values, long... shape) {
        long[] wide = new long[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return keep(owner.create(LongBuffer.wrap(wide), new Shape(shape)));
    }

    Adjacency adjacency(int[] offsets, int[] sources, long columns) {
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
