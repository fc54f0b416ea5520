package org.aitia.dataset.planetoid.internal;

import java.util.Map;
import net.razorvine.pickle.PickleException;
import org.aitia.api.graph.SparseFeatures;

/** A matrix in compressed-row form as SciPy pickles it. */
final class CsrMatrix implements RestrictedUnpickler.Buildable {
    private Map<?, ?> state = Map.of();

    @Override
    public void build(Object given) {
        state = (Map<?, ?>) given;
    }

    /** Decodes and checks it. */
    SparseFeatures features() {
        Object[] shape = part("_shape", Object[].class);
        if (shape.length != 2 || !(shape[0] instanceof Integer rows) || !(shape[1] instanceof Integer columns)) {
            throw new PickleException("a matrix has no two dimensions");
        }
        int[] offsets = part("indptr", NumpyArray.class).ints();
        if (offsets.length - 1 != rows) {
            throw new PickleException("a matrix of " + rows + " rows has " + offsets.length + " row offsets");
        }
        return new SparseFeatures(
                columns,
                offsets,
                part("indices", NumpyArray.class).ints(),
                part("data", NumpyArray.class).floats());
    }

    private <T> T part(String name, Class<T> type) {
        Object part = state.get(name);
        if (!type.isInstance(part)) {
            throw new PickleException("a matrix has no " + name);
        }
        return type.cast(part);
    }
}
