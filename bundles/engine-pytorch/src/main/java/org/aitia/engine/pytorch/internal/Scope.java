package org.aitia.engine.pytorch.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.jni.TensorTape;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.IdentityHashMap;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.engine.MemoryMeter;
import org.aitia.api.engine.TensorScope;

/**
 * A scope on top of DJL's {@link NDScope}, in which every array registers itself when it is constructed, whichever
 * manager it belongs to. DJL's class alone can neither let an array move to the enclosing scope nor survive an array
 * that fails to close.
 */
final class Scope implements TensorScope {
    private static final VarHandle RESOURCES = resources();

    // Removed when the outermost scope closes, so that a pooled thread does not pin this class.
    private static final ThreadLocal<Scope> INNERMOST = new ThreadLocal<>();

    private final Thread thread = Thread.currentThread();
    private final PyTorchKernels kernels;
    private final Scope enclosing;
    private final NDScope registry = new NDScope();

    /** What the kernels record in a step; null in an ordinary scope. */
    private final TensorTape tape;

    /** What measures the arrays created here; null where nothing does. */
    private final Meter meter;

    /** Whether this scope belongs to a meter: it sees arrays and frees none. */
    private final boolean watching;

    private boolean closed;

    private Scope(PyTorchKernels kernels, Scope enclosing, TensorTape tape, Meter meter, boolean watching) {
        this.kernels = kernels;
        this.enclosing = enclosing;
        this.tape = tape;
        this.meter = meter;
        this.watching = watching;
        RESOURCES.set(registry, new OwnedArrays(kernels, meter));
        INNERMOST.set(this);
    }

    static Scope open(PyTorchKernels kernels) {
        Scope enclosing = INNERMOST.get();
        return new Scope(kernels, enclosing, null, meter(enclosing), false);
    }

    private static Meter meter(Scope enclosing) {
        return enclosing == null ? null : enclosing.meter;
    }

    /** Opens a meter: every array of this thread is created in its scope or in one within. */
    static MemoryMeter openMeter(PyTorchKernels kernels) {
        Scope enclosing = INNERMOST.get();
        Meter meter = new Meter(meter(enclosing));
        meter.scope(new Scope(kernels, enclosing, null, meter, true));
        return meter;
    }

    static Scope openStep(PyTorchKernels kernels) {
        if (currentTape() != null) {
            throw new InvalidRequestException(
                    "A step is already open on this thread: steps do not nest, close it or use openScope() within it.");
        }
        Scope enclosing = INNERMOST.get();
        return new Scope(kernels, enclosing, new TensorTape(), meter(enclosing), false);
    }

    /** Returns the tape of the thread's open step, or null where there is none. */
    static TensorTape currentTape() {
        for (Scope scope = INNERMOST.get(); scope != null; scope = scope.enclosing) {
            if (scope.tape != null) {
                return scope.tape;
            }
        }
        return null;
    }

    @Override
    public NDArray keep(NDArray array) {
        checkThread();
        if (!closed && release(array, this) && enclosing != null) {
            enclosing.arrays().put(array, array);
        }
        return array;
    }

    @Override
    public NDArray keep(NDArray array, NDManager owner) {
        checkThread();
        release(array, null);
        array.attach(owner);
        return array;
    }

    /** Takes an array from the scope that holds it, searching outwards up to a last one; false if none does. */
    private static boolean release(NDArray array, Scope last) {
        for (Scope holder = INNERMOST.get(); holder != null; holder = holder.enclosing) {
            if (holder.arrays().containsKey(array)) {
                checkHistory(array, holder, last);
                holder.arrays().remove(array);
                return true;
            }
            if (holder == last) {
                break;
            }
        }
        return false;
    }

    /** An array that leaves a step with its history would lose, without a word, what the tape recorded. */
    private static void checkHistory(NDArray array, Scope first, Scope last) {
        for (Scope scope = first; scope != null; scope = scope.enclosing) {
            if (scope.tape != null && !scope.tape.isEmpty() && scope.kernels.hasHistory(array)) {
                throw new InvalidRequestException(
                        "An array computed from variables cannot be kept beyond its step: take its gradients within"
                                + " the step, or keep engine.detach(array).");
            }
            if (scope == last) {
                break;
            }
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        checkThread();
        while (INNERMOST.get() != this) {
            INNERMOST.get().close();
        }
        closed = true;
        if (enclosing == null) {
            INNERMOST.remove();
        } else {
            INNERMOST.set(enclosing);
        }
        IdentityHashMap<NDArray, NDArray> arrays = arrays();
        try {
            if (!watching) {
                for (NDArray array : arrays.keySet()) {
                    array.close();
                }
                if (meter != null) {
                    meter.freed(arrays.keySet());
                }
            } else if (enclosing != null) {
                enclosing.arrays().putAll(arrays);
            }
        } finally {
            arrays.clear();
            registry.close();
            if (tape != null) {
                tape.close();
            }
        }
    }

    private void checkThread() {
        if (Thread.currentThread() != thread) {
            throw new InvalidRequestException("A scope belongs to the thread that opened it, "
                    + thread.getName()
                    + ", and was used by "
                    + Thread.currentThread().getName()
                    + ".");
        }
    }

    @SuppressWarnings("unchecked")
    private IdentityHashMap<NDArray, NDArray> arrays() {
        return (IdentityHashMap<NDArray, NDArray>) RESOURCES.get(registry);
    }

    private static VarHandle resources() {
        try {
            return MethodHandles.privateLookupIn(NDScope.class, MethodHandles.lookup())
                    .findVarHandle(NDScope.class, "resources", IdentityHashMap.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This version of DJL keeps the arrays of an NDScope elsewhere.", e);
        }
    }
}
