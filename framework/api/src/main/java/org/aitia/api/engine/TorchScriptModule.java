package org.aitia.api.engine;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** A loaded TorchScript module. Calls are safe from several threads as far as the module's own code is. */
@ProviderType
public interface TorchScriptModule extends AutoCloseable {
    /**
     * Calls a method, recording for differentiation if the thread's gradient mode is on.
     *
     * @param method name, for example {@code forward}
     * @param arguments {@link NDArray}, {@link Long}, {@link Double}, {@link Boolean} or {@link String}
     * @return the tensors that it returns, one for a plain tensor, several for a tuple or list
     */
    List<NDArray> call(String method, Object... arguments);

    @Override
    void close();
}
