package org.aitia.engine.pytorch.internal;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtEngine;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import java.lang.invoke.MethodHandles;
import java.util.HashMap;
import java.util.Map;
import org.aitia.api.DeviceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts DJL and libtorch, once per class loader.
 *
 * <p>DJL is set up through system properties and the thread's context class loader, reads them in the static
 * initialiser of {@link Engine} and remembers the outcome, also of a failure. So they are set before that class is
 * touched, and put back afterwards.
 */
final class EngineStart {
    private static final Logger LOG = LoggerFactory.getLogger(EngineStart.class);

    private static Libtorch started;

    private EngineStart() {}

    /**
     * Starts libtorch unless it has been started.
     *
     * @param settings how; without effect when it has been started
     * @return what is in use
     */
    static Libtorch start(EngineSettings settings) {
        // System properties are the whole process's; another instance of this bundle may start at the same time.
        synchronized (Runtime.getRuntime()) {
            if (started == null) {
                Thread thread = Thread.currentThread();
                ClassLoader context = thread.getContextClassLoader();
                ClassLoader own = EngineStart.class.getClassLoader();
                thread.setContextClassLoader(own);
                try {
                    Libtorch libtorch = Libtorch.find(settings, own);
                    NativeLoader.prepare(libtorch);
                    Map<String, String> before = set(properties(libtorch));
                    try {
                        if (!libtorch.isCuda()) {
                            doWithoutCuda();
                        }
                        start(libtorch, settings.threads());
                    } finally {
                        set(before);
                    }
                    started = libtorch;
                } finally {
                    thread.setContextClassLoader(context);
                }
            }
            return started;
        }
    }

    private static Map<String, String> properties(Libtorch libtorch) {
        String directory = libtorch.directory().toString();
        Map<String, String> properties = new HashMap<>();
        // No usage data to DJL's makers, and no downloads.
        properties.put("OPT_OUT_TRACKING", "true");
        properties.put("ai.djl.offline", "true");
        properties.put("PYTORCH_LIBRARY_PATH", directory);
        properties.put("PYTORCH_FLAVOR", libtorch.flavor());
        if (!libtorch.version().isEmpty()) {
            properties.put("PYTORCH_VERSION", libtorch.version());
        }
        properties.put("ENGINE_CACHE_DIR", libtorch.cache().toString());
        properties.put("ai.djl.pytorch.native_helper", NativeLoader.class.getName());
        // Keeps DJL from announcing a setting that this engine makes on each call.
        properties.put("ai.djl.pytorch.graph_optimizer", "false");
        if (libtorch.isCuda()) {
            // CUDA's run time, which DJL asks for the number of GPUs, comes with libtorch.
            properties.put("jna.library.path", directory);
        }
        return properties;
    }

    /**
     * Keeps DJL from looking for GPUs that this libtorch cannot use. It would load CUDA's run time through JNA, whose
     * thread then holds on to this bundle's class loader for good.
     */
    private static void doWithoutCuda() {
        // With this property set, the class's static initialiser loads nothing; from then on it knows of no GPU.
        Map<String, String> before = set(Map.of("ai.djl.util.cuda.fork", "true"));
        try {
            MethodHandles.lookup().ensureInitialized(CudaUtils.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a public class", e);
        } finally {
            set(before);
        }
    }

    /** Sets properties, removing those with the value null, and returns what they were. */
    private static Map<String, String> set(Map<String, String> properties) {
        Map<String, String> before = new HashMap<>();
        properties.forEach((name, value) ->
                before.put(name, value == null ? System.clearProperty(name) : System.setProperty(name, value)));
        return before;
    }

    private static void start(Libtorch libtorch, int threads) {
        try {
            Engine engine = Engine.getEngine(PtEngine.ENGINE_NAME);
            LOG.info("libtorch {} ({}) from {}", engine.getVersion(), libtorch.flavor(), libtorch.directory());
        } catch (EngineException e) {
            throw new DeviceException("libtorch could not be loaded from " + libtorch.directory() + ": " + cause(e), e);
        }
        // DJL switches recording off for the thread that happens to start it. Elsewhere libtorch's default holds: on.
        JniUtils.setGradMode(true);
        // Before the first operation: libtorch hands the number on to each thread when that computes for the first
        // time.
        JniUtils.setNumThreads(threads);
        // Can be set once in a process; an earlier instance of this bundle may have done so.
        if (JniUtils.getNumInteropThreads() != 1) {
            JniUtils.setNumInteropThreads(1);
        }
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
