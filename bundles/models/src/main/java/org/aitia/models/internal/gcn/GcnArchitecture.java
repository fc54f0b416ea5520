package org.aitia.models.internal.gcn;

import java.util.List;
import java.util.Map;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.Parameter;
import org.aitia.api.option.OptionSchema;
import org.osgi.service.component.annotations.Component;

/** The service {@code gcn}. */
@Component(service = ModelArchitecture.class, property = "aitia.name=" + GcnArchitecture.NAME)
public final class GcnArchitecture implements ModelArchitecture {
    static final String NAME = "gcn";
    static final OptionSchema<GcnOptions> SCHEMA = OptionSchema.of(GcnOptions.class);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Graph convolutional network (Kipf and Welling 2017, arXiv:1609.02907), with the variants that the"
                + " papers on explanation use: layer outputs concatenated, L2-normalised, batch-normalised, raw"
                + " adjacency. For node and graph tasks.";
    }

    @Override
    public OptionSchema<?> options() {
        return SCHEMA;
    }

    @Override
    public GnnModel create(ModelShape shape, Map<String, String> options, long seed) {
        GcnDesign design = new GcnDesign(shape, SCHEMA.parse(options));
        return new GcnModel(design, design.initialise(seed));
    }

    @Override
    public GnnModel restore(ModelShape shape, Map<String, String> options, List<Parameter> parameters) {
        GcnDesign design = new GcnDesign(shape, SCHEMA.parse(options));
        return new GcnModel(design, design.check(parameters));
    }
}
