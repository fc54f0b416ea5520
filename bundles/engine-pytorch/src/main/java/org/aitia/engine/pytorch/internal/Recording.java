package org.aitia.engine.pytorch.internal;

import ai.djl.pytorch.jni.JniUtils;
import org.aitia.api.engine.GradientMode;

/** Sets whether the thread's operations are recorded, until closed. */
final class Recording implements GradientMode {
    private final boolean before = JniUtils.isGradMode();
    private boolean closed;

    Recording(boolean enabled) {
        JniUtils.setGradMode(enabled);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            JniUtils.setGradMode(before);
        }
    }
}
