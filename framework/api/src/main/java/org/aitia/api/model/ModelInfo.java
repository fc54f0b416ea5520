package org.aitia.api.model;

import java.util.Map;

/**
 * What is known of a model.
 *
 * @param architecture name of the architecture
 * @param shape task, features, classes
 * @param options every option of the architecture, as text
 * @param hops how far its receptive field reaches: number of message-passing layers
 * @param edgeMasks how it honours edge masks
 */
public record ModelInfo(
        String architecture, ModelShape shape, Map<String, String> options, int hops, EdgeMaskSupport edgeMasks) {
    /** Copies the options. */
    public ModelInfo {
        options = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(options));
    }
}
