package org.aitia.api.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The tensor library, as a service.
 *
 * <p>Safe for use by several threads: gradients, gradient mode and scopes are per thread. Arrays themselves are not
 * thread-safe.
 */
@ProviderType
public interface TensorEngine {
    /**
     * Returns what computes here, for provenance.
     *
     * @return library names and versions, for example {@code djl=0.35.1, pytorch=2.7.1, flavor=cpu}
     */
    Map<String, String> versions();

    /**
     * Returns the accelerators that the library can use.
     *
     * @return the GPUs, in the library's order; empty on a machine without
     */
    List<Device> gpus();

    /**
     * Returns the memory of a GPU.
     *
     * @param gpu one of {@link #gpus()}
     * @return total and free bytes
     */
    GpuMemory gpuMemory(Device gpu);

    /**
     * Creates a manager that owns arrays on a device. Meant for the device manager; everyone else uses
     * {@link org.aitia.api.device.DeviceLease#manager()}.
     *
     * @param device where arrays live
     * @return a manager; closing it frees its arrays
     */
    NDManager newManager(Device device);

    /**
     * Opens a scope: every array that this thread creates until the scope is closed is freed then, whichever manager
     * it is attached to, unless it was {@linkplain TensorScope#keep kept}. Scopes nest.
     *
     * @return the scope, to be closed by the same thread
     */
    TensorScope openScope();

    /**
     * Opens a scope for one step of an optimisation loop: a scope as from {@link #openScope}, in which the kernels
     * record derivatives of their own that are several times as fast as the library's.
     *
     * <p>In return, what is recorded lives no longer than the step: gradients are taken before it is closed and by the
     * same thread, an array that was computed from variables cannot be kept beyond the step unless it is
     * {@linkplain #detach detached}, must not be added in place to an array from outside, and a kernel's result must
     * not be changed in place. Steps do not nest; ordinary scopes may be opened within a step.
     *
     * @return the scope, to be closed by the same thread
     */
    TensorScope openStep();

    /**
     * Switches recording for differentiation on or off for this thread.
     *
     * <p><b>Constants in recorded operations.</b> On a CPU an array made from host values ({@code NDManager.create})
     * outside of any scope shares the memory of a Java buffer, which may be collected once the array is closed. A recorded
     * product, quotient, power or maximum still needs its operands for the derivative. Record within a scope: there
     * arrays made from host values, those of the variants that take a number ({@code mul(2)}) too, have memory of the
     * library's own.
     *
     * @param enabled whether operations are recorded
     * @return closing it restores the previous mode
     */
    GradientMode gradientMode(boolean enabled);

    /**
     * Tells whether this thread's operations are being recorded for differentiation.
     *
     * @return as set by {@link #gradientMode}
     */
    boolean isRecording();

    /**
     * Measures, from now on and until it is closed, the native memory of the arrays that this thread creates. Measuring
     * costs a call per array, so it is for benchmarks and reports.
     *
     * @return the meter, to be closed by the same thread; meters nest
     */
    MemoryMeter meterMemory();

    /**
     * Makes a differentiable leaf.
     *
     * @param value a floating-point array, which is not changed
     * @return a copy with {@code requires_grad}, attached to the manager of {@code value} and not freed by the current
     *     scope; its owner closes it
     */
    NDArray variable(NDArray value);

    /**
     * Computes gradients of a scalar by reverse-mode differentiation. Nothing is accumulated anywhere: two threads may
     * differentiate at once, and a second call does not see the first.
     *
     * @param loss a scalar ([] or [1]) that depends on the variables
     * @param variables leaves, or intermediate arrays with a gradient function
     * @return one array per variable, of its shape; zeros where the loss does not depend on it; detached
     */
    List<NDArray> gradients(NDArray loss, List<NDArray> variables);

    /**
     * Computes vector-Jacobian products, {@code sum_i outputs_i * weights_i} differentiated.
     *
     * @param outputs any shape
     * @param weights the shape of {@code outputs}
     * @param variables leaves or intermediate arrays
     * @return one array per variable, of its shape
     */
    List<NDArray> gradients(NDArray outputs, NDArray weights, List<NDArray> variables);

    /**
     * Overwrites an array in place, without recording: variables stay the leaves that optimisers know.
     *
     * @param target any array
     * @param values of the same shape
     * @throws org.aitia.api.InvalidRequestException if the shapes differ
     */
    void assign(NDArray target, NDArray values);

    /**
     * Cuts an array off the recorded graph.
     *
     * @param array any array
     * @return the same values (memory is shared) without gradient function
     */
    NDArray detach(NDArray array);

    /**
     * Creates an optimiser for the given leaves.
     *
     * @param options learning rate and so on
     * @param variables what it will update in place, in the order of the gradients of each step
     * @return an optimiser whose state belongs to the manager of each variable
     */
    AdamOptimizer adam(AdamOptions options, List<NDArray> variables);

    /**
     * Returns the graph kernels.
     *
     * @return stateless kernels, safe for several threads
     */
    GraphKernels kernels();

    /**
     * Loads a TorchScript module for use inside an architecture or explainer bundle, in evaluation mode.
     *
     * @param manager what owns the module
     * @param torchScript a TorchScript archive
     * @return the module; closing it or its manager frees it
     * @throws org.aitia.api.DataFormatException if the archive is damaged or needs operators that are not there
     */
    TorchScriptModule loadTorchScript(NDManager manager, byte[] torchScript);

    /**
     * Packs a TorchScript module.
     *
     * @param source code and tensors
     * @return an archive that {@link #loadTorchScript} and PyTorch's {@code torch.jit.load} read
     * @throws org.aitia.api.InvalidRequestException if a tensor's name or size is wrong; the code is not compiled here
     */
    byte[] packTorchScript(TorchScriptSource source);

    /**
     * Counts native arrays that are alive in this process, for leak tests and status pages.
     *
     * @return arrays that have been created through managers of this engine and not freed
     */
    long liveArrays();
}
