package org.aitia.engine.pytorch.internal;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.TorchCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.aitia.api.DataFormatException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.engine.TorchScriptModule;

/** A TorchScript module that a bundle brought. */
final class LoadedModule implements TorchScriptModule {
    private final PtNDManager manager;
    private final PtSymbolBlock block;

    LoadedModule(PtNDManager manager, byte[] torchScript) {
        this.manager = manager;
        checkArchive(torchScript);
        try {
            block = JniUtils.loadModule(manager, new ByteArrayInputStream(torchScript), true, false);
            JniUtils.enableInferenceMode(block);
        } catch (EngineException e) {
            throw new DataFormatException(
                    "The TorchScript archive of " + torchScript.length + " bytes cannot be loaded: "
                            + Failures.reason(e)
                            + ". Fetch it again, or save it again with a PyTorch that is not newer than this libtorch.",
                    e);
        } catch (IOException e) {
            throw new DataFormatException("The TorchScript archive cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static void checkArchive(byte[] torchScript) {
        if (torchScript.length < 4 || torchScript[0] != 'P' || torchScript[1] != 'K') {
            throw new DataFormatException("This is not a TorchScript archive: expected a zip, found "
                    + torchScript.length + " bytes of something else. Save the model with torch.jit.save.");
        }
    }

    @Override
    public List<NDArray> call(String method, Object... arguments) {
        PtNDManager owner = manager;
        for (int i = arguments.length - 1; i >= 0; i--) {
            if (arguments[i] instanceof PtNDArray array) {
                owner = array.getManager();
            }
        }
        try {
            return TorchCalls.call(block.getHandle(), method, owner, arguments);
        } catch (EngineException e) {
            List<String> methods = Arrays.asList(JniUtils.getMethodNames(block));
            if (!methods.contains(method)) {
                throw NotFoundException.of("TorchScript method", method, methods);
            }
            throw Failures.of("TorchScript method " + method, e);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("TorchScript method " + method + ": " + e.getMessage() + ".", e);
        }
    }

    @Override
    public void close() {
        block.close();
    }
}
