package org.aitia.api.model;

import java.util.List;
import java.util.Map;

/**
 * What is known of a model.
 *
 * @param architecture name of the architecture
 * @param shape task, features, classes
 * @param options every option of the architecture, as text
 * @param hops how far its receptive field reaches, over all of its message-passing layers
 * @param edgeMasks how it honours edge masks
 * @param notes what a user should know about explanations of this model, in sentences; usually none
 */
public record ModelInfo(
        String architecture,
        ModelShape shape,
        Map<String, String> options,
        int hops,
        EdgeMaskSupport edgeMasks,
        List<String> notes) {
    /**
     * A model of which nothing special is to be known.
     *
     * @param architecture name of the architecture
     * @param shape task, features, classes
     * @param options every option of the architecture, as text
     * @param hops how far its receptive field reaches
     * @param edgeMasks how it honours edge masks
     */
    public ModelInfo(
            String architecture, ModelShape shape, Map<String, String> options, int hops, EdgeMaskSupport edgeMasks) {
        this(architecture, shape, options, hops, edgeMasks, List.of());
    }

    /**
     * Tells whether the model predicts a number rather than classes: it has one output, which is explained as it is,
     * without softmax.
     *
     * @return true for a model of one class
     */
    public boolean isRegression() {
        return shape.classes() == 1;
    }

    /** Copies the options and notes. */
    public ModelInfo {
        notes = List.copyOf(notes);
        options = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(options));
    }
}
