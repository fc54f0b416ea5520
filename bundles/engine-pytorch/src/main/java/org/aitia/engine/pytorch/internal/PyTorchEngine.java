package org.aitia.engine.pytorch.internal;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtEngine;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.TorchCalls;
import ai.djl.util.cuda.CudaUtils;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.engine.AdamOptimizer;
import org.aitia.api.engine.AdamOptions;
import org.aitia.api.engine.GpuMemory;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.engine.MemoryMeter;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.engine.TorchScriptModule;
import org.aitia.api.engine.TorchScriptSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tensor engine on libtorch. On a plain class path it is found through {@link java.util.ServiceLoader}; as a service
 * it is an {@link EngineComponent}.
 */
public class PyTorchEngine implements TensorEngine, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PyTorchEngine.class);

    private final Libtorch libtorch;

    /** Parent of every manager that this engine hands out, so that none outlives it. */
    private final NDManager root;

    private final PyTorchKernels kernels;
    private final int own;

    /** Starts libtorch as the system properties say, or joins the one that runs. */
    public PyTorchEngine() {
        this(EngineSettings.of(System::getProperty, System::getenv));
    }

    PyTorchEngine(EngineSettings settings) {
        libtorch = EngineStart.start(settings);
        root = Engine.getEngine(PtEngine.ENGINE_NAME).newBaseManager(Device.cpu());
        kernels = new PyTorchKernels((PtNDManager) root);
        own = root.getManagedArrays().size();
    }

    /** Frees everything. What still computes with arrays of this engine fails with an exception. */
    @Override
    public void close() {
        long left = liveArrays();
        if (left > 0) {
            LOG.warn("{} arrays were still alive when the engine stopped; they are freed", left);
        }
        kernels.close();
        root.close();
    }

    @Override
    public Map<String, String> versions() {
        return Map.of(
                "djl",
                Engine.getDjlVersion(),
                "pytorch",
                Engine.getEngine(PtEngine.ENGINE_NAME).getVersion(),
                "flavor",
                libtorch.flavor());
    }

    @Override
    public List<Device> gpus() {
        if (!libtorch.isCuda()) {
            return List.of();
        }
        return IntStream.range(0, CudaUtils.getGpuCount()).mapToObj(Device::gpu).toList();
    }

    @Override
    public GpuMemory gpuMemory(Device gpu) {
        if (!gpus().contains(gpu)) {
            throw new InvalidRequestException("There is no " + gpu + "; the GPUs are " + gpus() + ".");
        }
        MemoryUsage usage = CudaUtils.getGpuMemory(gpu);
        return new GpuMemory(usage.getMax(), usage.getMax() - usage.getUsed());
    }

    @Override
    public NDManager newManager(Device device) {
        return root.newSubManager(device);
    }

    @Override
    public TensorScope openScope() {
        return Scope.open(kernels);
    }

    @Override
    public TensorScope openStep() {
        return Scope.openStep(kernels);
    }

    @Override
    public GradientMode gradientMode(boolean enabled) {
        return new Recording(enabled);
    }

    @Override
    public boolean isRecording() {
        return JniUtils.isGradMode();
    }

    @Override
    public MemoryMeter meterMemory() {
        return Scope.openMeter(kernels);
    }

    @Override
    public NDArray variable(NDArray value) {
        if (!value.getDataType().isFloating()) {
            throw new InvalidRequestException(
                    "A variable is of a floating-point type, found " + value.getDataType() + ".");
        }
        NDArray leaf = TorchCalls.leaf(PyTorchKernels.torch(value));
        NDScope.unregister(leaf);
        return leaf;
    }

    @Override
    public List<NDArray> gradients(NDArray loss, List<NDArray> variables) {
        if (loss.size() != 1) {
            throw new InvalidRequestException("A loss is one number, found the shape " + loss.getShape()
                    + ": sum it up, or give weights for each of its elements.");
        }
        try (NDArray one = loss.onesLike()) {
            return gradients(loss, one, variables);
        }
    }

    @Override
    public List<NDArray> gradients(NDArray outputs, NDArray weights, List<NDArray> variables) {
        if (variables.isEmpty()) {
            return List.of();
        }
        PtNDArray target = PyTorchKernels.torch(outputs);
        long[] handles = kernels.gradients(target, PyTorchKernels.torch(weights), variables);
        List<NDArray> gradients = new ArrayList<>(handles.length);
        for (int i = 0; i < handles.length; i++) {
            gradients.add(new PtNDArray(PyTorchKernels.torch(variables.get(i)).getManager(), handles[i]));
        }
        return gradients;
    }

    @Override
    public void assign(NDArray target, NDArray values) {
        if (!target.getShape().equals(values.getShape())) {
            throw new InvalidRequestException("An array of shape " + target.getShape() + " cannot take values of shape "
                    + values.getShape() + ".");
        }
        kernels.assign(target, values);
    }

    @Override
    public NDArray detach(NDArray array) {
        return array.stopGradient();
    }

    @Override
    public AdamOptimizer adam(AdamOptions options, List<NDArray> variables) {
        return new Adam(kernels, options, variables);
    }

    @Override
    public GraphKernels kernels() {
        return kernels;
    }

    @Override
    public TorchScriptModule loadTorchScript(NDManager manager, byte[] torchScript) {
        return new LoadedModule((PtNDManager) manager, torchScript);
    }

    @Override
    public byte[] packTorchScript(TorchScriptSource source) {
        return TorchScriptArchive.pack(source);
    }

    @Override
    public long liveArrays() {
        return root.getManagedArrays().size() - (long) own;
    }
}
