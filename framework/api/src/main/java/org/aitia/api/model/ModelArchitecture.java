package org.aitia.api.model;

import java.util.List;
import java.util.Map;
import org.aitia.api.option.OptionSchema;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A family of graph neural networks; a service that bundles register. Safe for several threads, without state.
 *
 * <p>A bundle also declares the capability {@code aitia.architecture} in its manifest.
 */
@ConsumerType
public interface ModelArchitecture {
    /**
     * Returns the name to type.
     *
     * @return lower case, for example {@code gcn}
     */
    String name();

    /**
     * Returns what it is, with the paper.
     *
     * @return one or two sentences
     */
    String description();

    /**
     * Returns its options.
     *
     * @return the schema
     */
    OptionSchema<?> options();

    /**
     * Makes a model with fresh weights.
     *
     * @param shape what it must fit
     * @param options as typed; what is missing takes its default
     * @param seed of the initialisation; the same seed gives the same weights
     * @return an untrained model
     * @throws org.aitia.api.InvalidRequestException if an option is wrong
     */
    GnnModel create(ModelShape shape, Map<String, String> options, long seed);

    /**
     * Makes a model with given weights.
     *
     * @param shape what it must fit
     * @param options as typed
     * @param parameters as {@link GnnModel#parameters()} of an equal model lists them
     * @return the model
     * @throws org.aitia.api.DataFormatException if a parameter is missing, superfluous or of the wrong shape
     */
    GnnModel restore(ModelShape shape, Map<String, String> options, List<Parameter> parameters);

    /**
     * Makes a model with given weights and attached files.
     *
     * @param shape what it must fit
     * @param options as typed
     * @param parameters as {@link GnnModel#parameters()} of an equal model lists them
     * @param attachments as {@link GnnModel#attachments()} of an equal model has them
     * @return the model
     * @throws org.aitia.api.DataFormatException if weights or files do not fit
     */
    default GnnModel restore(
            ModelShape shape,
            Map<String, String> options,
            List<Parameter> parameters,
            Map<String, byte[]> attachments) {
        return restore(shape, options, parameters);
    }
}
