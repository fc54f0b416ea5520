package org.aitia.models.internal.gcn;

import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.model.ModelShape;
import org.aitia.api.option.OptionSchema;
import org.aitia.models.internal.layers.Design;
import org.aitia.models.internal.layers.LayeredArchitecture;
import org.osgi.service.component.annotations.Component;

/** The service {@code gcn}. */
@Component(service = ModelArchitecture.class, property = "aitia.name=" + GcnArchitecture.NAME)
public final class GcnArchitecture extends LayeredArchitecture<GcnOptions> {
    static final String NAME = "gcn";

    /** Makes the service. */
    public GcnArchitecture() {
        super(
                NAME,
                "Graph convolutional network (Kipf and Welling 2017, arXiv:1609.02907), with the variants that the"
                        + " papers on explanation use: layer outputs concatenated, L2-normalised, batch-normalised, raw"
                        + " adjacency. For node, graph and link tasks.",
                OptionSchema.of(GcnOptions.class));
    }

    @Override
    protected Design design(ModelShape shape, GcnOptions options) {
        return new GcnDesign(shape, options);
    }
}
