package org.aitia.engine.pytorch.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;

/**
 * The arrays of a scope. An array of host values, which on a CPU shares the memory of a Java buffer, gets memory of
 * libtorch's own on entering: what libtorch keeps for derivatives then outlives the array, whenever Java collects the
 * buffer, and its alignment, which decides how libtorch adds up, is no matter of chance.
 */
final class OwnedArrays extends IdentityHashMap<NDArray, NDArray> {
    private static final long serialVersionUID = 1;
    private static final VarHandle BUFFER = buffer();

    private final transient PyTorchKernels kernels;

    /** What measures the arrays; null where nothing does. */
    private final transient Meter meter;

    OwnedArrays(PyTorchKernels kernels, Meter meter) {
        this.kernels = kernels;
        this.meter = meter;
    }

    @Override
    public NDArray put(NDArray key, NDArray value) {
        if (key instanceof PtNDArray array && BUFFER.get(array) != null) {
            kernels.own(array);
            BUFFER.set(array, null);
        }
        if (meter != null) {
            meter.created(key);
        }
        return super.put(key, value);
    }

    private static VarHandle buffer() {
        try {
            return MethodHandles.privateLookupIn(PtNDArray.class, MethodHandles.lookup())
                    .findVarHandle(PtNDArray.class, "dataRef", ByteBuffer.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This version of DJL keeps the buffer of a PtNDArray elsewhere.", e);
        }
    }
}
