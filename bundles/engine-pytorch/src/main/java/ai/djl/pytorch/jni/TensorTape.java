package ai.djl.pytorch.jni;

import ai.djl.pytorch.engine.PtNDArray;
import java.util.Arrays;

/**
 * Groups of tensors in order of recording. It shares the tensors, so that they stay alive here when their arrays are
 * closed. Used by one thread.
 */
public final class TensorTape implements AutoCloseable {
    private long[] groups = new long[8];
    private int size;

    /**
     * Appends a group.
     *
     * @param arrays one or more
     */
    public void add(PtNDArray... arrays) {
        long[] handles = new long[arrays.length];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = arrays[i].getHandle();
        }
        if (size == groups.length) {
            groups = Arrays.copyOf(groups, 2 * size);
        }
        groups[size] = PyTorchLibrary.LIB.iValueFromTensorList(handles);
        size++;
    }

    /**
     * Returns whether nothing has been recorded.
     *
     * @return true if so
     */
    public boolean isEmpty() {
        return size == 0;
    }

    /** Returns native handles of the groups, which this tape owns. */
    long[] handles() {
        return Arrays.copyOf(groups, size);
    }

    @Override
    public void close() {
        while (size > 0) {
            size--;
            PyTorchLibrary.LIB.torchDeleteIValue(groups[size]);
        }
    }
}
