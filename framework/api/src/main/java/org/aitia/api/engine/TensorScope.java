package org.aitia.api.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.osgi.annotation.versioning.ProviderType;

/** Frees the arrays that its thread created while it was the innermost scope. Used by one thread. */
@ProviderType
public interface TensorScope extends AutoCloseable {
    /**
     * Lets an array outlive this scope. It becomes the business of the enclosing scope, or of its manager where there
     * is none.
     *
     * @param array an array created in this scope
     * @return the same array
     */
    NDArray keep(NDArray array);

    /**
     * Lets an array outlive every open scope of this thread, owned by a manager.
     *
     * @param array an array created in this scope
     * @param owner what frees it later
     * @return the same array
     */
    NDArray keep(NDArray array, NDManager owner);

    /** Frees everything created here and not kept. Closing twice does nothing. */
    @Override
    void close();
}
