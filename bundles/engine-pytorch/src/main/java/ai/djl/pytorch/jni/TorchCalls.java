package ai.djl.pytorch.jni;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls TorchScript methods so that they are recorded for differentiation.
 *
 * <p>It lives in DJL's package because {@code PyTorchLibrary} is not public, and DJL's own {@link IValueUtils} either
 * switches recording off or takes tensors only. Stateless.
 */
public final class TorchCalls {
    private static final PyTorchLibrary TORCH = PyTorchLibrary.LIB;

    private TorchCalls() {}

    /**
     * Calls a method that returns a tensor.
     *
     * @param module native handle
     * @param method its name
     * @param owner what the result is attached to
     * @param arguments see {@link #call}
     * @return the tensor
     */
    public static PtNDArray tensor(long module, String method, PtNDManager owner, Object... arguments) {
        long result = run(module, method, arguments);
        try {
            return new PtNDArray(owner, TORCH.iValueToTensor(result));
        } finally {
            TORCH.torchDeleteIValue(result);
        }
    }

    /**
     * Calls a method that returns a list of tensors.
     *
     * @param module native handle
     * @param method its name
     * @param arguments see {@link #call}
     * @return native handles, which the caller owns
     */
    public static long[] tensors(long module, String method, Object... arguments) {
        long result = run(module, method, arguments);
        try {
            return TORCH.iValueToTensorList(result);
        } finally {
            TORCH.torchDeleteIValue(result);
        }
    }

    /**
     * Calls a method that returns a truth value.
     *
     * @param module native handle
     * @param method its name
     * @param arguments see {@link #call}
     * @return the value
     */
    public static boolean test(long module, String method, Object... arguments) {
        long result = run(module, method, arguments);
        try {
            return TORCH.iValueToBool(result);
        } finally {
            TORCH.torchDeleteIValue(result);
        }
    }

    /**
     * Calls a method that returns nothing of interest.
     *
     * @param module native handle
     * @param method its name
     * @param arguments see {@link #call}
     */
    public static void run0(long module, String method, Object... arguments) {
        TORCH.torchDeleteIValue(run(module, method, arguments));
    }

    /**
     * Calls a method that returns a tensor, or a tuple or list of tensors.
     *
     * @param module native handle
     * @param method its name
     * @param owner what the results are attached to
     * @param arguments {@link PtNDArray}, {@link Long}, {@link Double}, {@link Boolean}, {@link String}, {@link TensorTape}
     *     or a {@link List} of {@link PtNDArray}
     * @return the tensors in order; empty if the method returns nothing
     */
    public static List<NDArray> call(long module, String method, PtNDManager owner, Object... arguments) {
        List<NDArray> tensors = new ArrayList<>();
        collect(run(module, method, arguments), owner, tensors);
        return tensors;
    }

    /** Appends the tensors of a value, which it frees. */
    private static void collect(long value, PtNDManager owner, List<NDArray> tensors) {
        try {
            if (TORCH.iValueIsTensor(value)) {
                tensors.add(new PtNDArray(owner, TORCH.iValueToTensor(value)));
            } else if (TORCH.iValueIsTensorList(value)) {
                for (long handle : TORCH.iValueToTensorList(value)) {
                    tensors.add(new PtNDArray(owner, handle));
                }
            } else if (TORCH.iValueIsTuple(value)) {
                for (long element : TORCH.iValueToIValueTuple(value)) {
                    collect(element, owner, tensors);
                }
            } else if (TORCH.iValueIsList(value)) {
                for (long element : TORCH.iValueToIValueList(value)) {
                    collect(element, owner, tensors);
                }
            }
        } finally {
            TORCH.torchDeleteIValue(value);
        }
    }

    private static long run(long module, String method, Object... arguments) {
        // The profiling executor compiles anew whenever shapes change, which in batches of graphs is always; the
        // plain interpreter has no warm-up. The setting is per thread in libtorch, hence on each call.
        TORCH.setGraphExecutorOptimize(false);
        long[] values = new long[arguments.length];
        int count = 0;
        try {
            for (Object argument : arguments) {
                values[count] = value(argument);
                count++;
            }
            return TORCH.moduleRunMethod(module, method, values, true, false);
        } finally {
            for (int i = 0; i < count; i++) {
                TORCH.torchDeleteIValue(values[i]);
            }
        }
    }

    private static long value(Object argument) {
        if (argument instanceof PtNDArray array) {
            return TORCH.iValueFromTensor(array.getHandle());
        } else if (argument instanceof Long number) {
            return TORCH.iValueFromLong(number);
        } else if (argument instanceof Double number) {
            return TORCH.iValueFromDouble(number);
        } else if (argument instanceof Boolean flag) {
            return TORCH.iValueFromBool(flag);
        } else if (argument instanceof String text) {
            return TORCH.iValueFromString(text);
        } else if (argument instanceof TensorTape tape) {
            return TORCH.iValueFromList(tape.handles());
        } else if (argument instanceof List<?> list) {
            long[] handles = new long[list.size()];
            for (int i = 0; i < handles.length; i++) {
                handles[i] = ((PtNDArray) list.get(i)).getHandle();
            }
            return TORCH.iValueFromTensorList(handles);
        }
        throw new IllegalArgumentException(
                "not an argument for TorchScript: " + (argument == null ? "null" : argument.getClass()));
    }

    /**
     * Copies an array into a contiguous leaf that gathers gradients.
     *
     * @param array any floating-point array
     * @return the leaf, attached to the manager of {@code array}
     */
    public static PtNDArray leaf(PtNDArray array) {
        long detached = TORCH.torchDetachGrad(array.getHandle());
        try {
            long contiguous = TORCH.torchToContiguous(detached);
            try {
                long copy = TORCH.tensorClone(contiguous);
                TORCH.torchAttachGrad(copy, true);
                return new PtNDArray(array.getManager(), copy);
            } finally {
                TORCH.torchDeleteTensor(contiguous);
            }
        } finally {
            TORCH.torchDeleteTensor(detached);
        }
    }

    /**
     * Returns whether an array lies in memory row by row without gaps.
     *
     * @param array any array
     * @return true if so
     */
    public static boolean isContiguous(PtNDArray array) {
        return TORCH.torchIsContiguous(array.getHandle());
    }
}
