package org.aitia.models.internal.appnp;

import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.model.ModelShape;
import org.aitia.api.option.OptionSchema;
import org.aitia.models.internal.layers.Design;
import org.aitia.models.internal.layers.LayeredArchitecture;
import org.osgi.service.component.annotations.Component;

/** The service {@code sgc}. */
@Component(service = ModelArchitecture.class, property = "aitia.name=" + SgcArchitecture.NAME)
public final class SgcArchitecture extends LayeredArchitecture<SgcOptions> {
    static final String NAME = "sgc";

    /** Makes the service. */
    public SgcArchitecture() {
        super(
                NAME,
                "Simplified graph convolution (Wu et al. 2019, arXiv:1902.07153): a linear model on K steps of"
                        + " propagation. For node, graph and link tasks.",
                OptionSchema.of(SgcOptions.class));
    }

    @Override
    protected Design design(ModelShape shape, SgcOptions options) {
        return new SgcDesign(shape, options);
    }
}
