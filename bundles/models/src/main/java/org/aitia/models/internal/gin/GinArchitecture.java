package org.aitia.models.internal.gin;

import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.model.ModelShape;
import org.aitia.api.option.OptionSchema;
import org.aitia.models.internal.layers.Design;
import org.aitia.models.internal.layers.LayeredArchitecture;
import org.osgi.service.component.annotations.Component;

/** The service {@code gin}. */
@Component(service = ModelArchitecture.class, property = "aitia.name=" + GinArchitecture.NAME)
public final class GinArchitecture extends LayeredArchitecture<GinOptions> {
    static final String NAME = "gin";

    /** Makes the service. */
    public GinArchitecture() {
        super(
                NAME,
                "Graph isomorphism network (Xu et al. 2019, arXiv:1810.00826): sums of neighbours through perceptrons,"
                        + " with batch normalisation and readout of all layers. For node, graph and link tasks.",
                OptionSchema.of(GinOptions.class));
    }

    @Override
    protected Design design(ModelShape shape, GinOptions options) {
        return new GinDesign(shape, options);
    }
}
