package org.aitia.engine.pytorch.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.util.NativeResource;
import java.util.Collection;
import java.util.IdentityHashMap;
import org.aitia.api.engine.MemoryMeter;

/**
 * Adds up the arrays of a thread from when they register themselves in a {@link Scope} until they are freed. Nobody says
 * when an array is closed by itself, so those that are no longer there are looked for whenever a new peak seems to be
 * reached. A view counts as an array of its own. Used by one thread.
 */
final class Meter implements MemoryMeter {
    private static final int FEW = 1024;

    private final Meter outer; // null for the outermost
    private final IdentityHashMap<NDArray, Long> sizes = new IdentityHashMap<>(); // of arrays that are perhaps alive
    private Scope scope; // set once, before use
    private long bytes; // of those
    private long peak;
    private int enough = FEW; // how many to remember before looking for those that are gone

    Meter(Meter outer) {
        this.outer = outer;
    }

    void scope(Scope own) {
        scope = own;
    }

    /** Also told of an array that moves from one scope to another. */
    void created(NDArray array) {
        if (outer != null) {
            outer.created(array);
        }
        if (sizes.containsKey(array)) {
            return;
        }
        long size =
                Math.multiplyExact(array.getShape().size(), array.getDataType().getNumOfBytes());
        sizes.put(array, size);
        bytes += size;
        if (bytes > peak || sizes.size() > enough) {
            forgetFreed();
            peak = Math.max(peak, bytes);
        }
    }

    void freed(Collection<NDArray> arrays) {
        if (outer != null) {
            outer.freed(arrays);
        }
        for (NDArray array : arrays) {
            Long size = sizes.remove(array);
            if (size != null) {
                bytes -= size;
            }
        }
    }

    private void forgetFreed() {
        sizes.entrySet().removeIf(entry -> {
            boolean gone = ((NativeResource<?>) entry.getKey()).isReleased();
            if (gone) {
                bytes -= entry.getValue();
            }
            return gone;
        });
        enough = Math.max(FEW, 2 * sizes.size());
    }

    @Override
    public long peakBytes() {
        return peak;
    }

    @Override
    public void close() {
        scope.close();
        sizes.clear();
    }
}
