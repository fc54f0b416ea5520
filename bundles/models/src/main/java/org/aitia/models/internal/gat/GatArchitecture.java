package org.aitia.models.internal.gat;

import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.model.ModelShape;
import org.aitia.api.option.OptionSchema;
import org.aitia.models.internal.layers.Design;
import org.aitia.models.internal.layers.LayeredArchitecture;
import org.osgi.service.component.annotations.Component;

/** The service {@code gat}. */
@Component(service = ModelArchitecture.class, property = "aitia.name=" + GatArchitecture.NAME)
public final class GatArchitecture extends LayeredArchitecture<GatOptions> {
    static final String NAME = "gat";

    /** Makes the service. */
    public GatArchitecture() {
        super(
                NAME,
                "Graph attention network (Velickovic et al. 2018, arXiv:1710.10903), with its attention to be looked"
                        + " at. For node, graph and link tasks; features of edges may enter the attention.",
                OptionSchema.of(GatOptions.class));
    }

    @Override
    protected Design design(ModelShape shape, GatOptions options) {
        return new GatDesign(shape, options, GatDesign.Version.ONE);
    }
}
