package org.aitia.api.engine;

import org.osgi.annotation.versioning.ProviderType;

/** Restores the previous gradient mode of the thread when closed. */
@ProviderType
public interface GradientMode extends AutoCloseable {
    @Override
    void close();
}
