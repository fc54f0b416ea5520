package org.aitia.models.internal.layers;

import java.util.List;
import java.util.Map;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.Parameter;
import org.aitia.api.option.OptionSchema;

/**
 * An architecture that is a stack of convolutions.
 *
 * @param <O> its options
 */
public abstract class LayeredArchitecture<O extends Record & LayerOptions> implements ModelArchitecture {
    private final String name;
    private final String description;
    private final OptionSchema<O> schema;

    /**
     * For subclasses.
     *
     * @param name to type
     * @param description what it is, with the paper
     * @param schema its options
     */
    protected LayeredArchitecture(String name, String description, OptionSchema<O> schema) {
        this.name = name;
        this.description = description;
        this.schema = schema;
    }

    /**
     * Decides what a model consists of.
     *
     * @param shape what it must fit
     * @param options what was chosen
     * @return its design
     */
    protected abstract Design design(ModelShape shape, O options);

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String description() {
        return description;
    }

    @Override
    public final OptionSchema<?> options() {
        return schema;
    }

    @Override
    public final GnnModel create(ModelShape shape, Map<String, String> options, long seed) {
        O chosen = schema.parse(options);
        Design design = design(shape, chosen);
        return new LayeredModel(name, schema.format(chosen), design, design.initialise(seed));
    }

    @Override
    public final GnnModel restore(ModelShape shape, Map<String, String> options, List<Parameter> parameters) {
        O chosen = schema.parse(options);
        Design design = design(shape, chosen);
        return new LayeredModel(name, schema.format(chosen), design, design.check(name, parameters));
    }
}
