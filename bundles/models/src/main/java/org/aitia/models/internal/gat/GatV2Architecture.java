package org.aitia.models.internal.gat;

import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.model.ModelShape;
import org.aitia.api.option.OptionSchema;
import org.aitia.models.internal.layers.Design;
import org.aitia.models.internal.layers.LayeredArchitecture;
import org.osgi.service.component.annotations.Component;

/** The service {@code gatv2}. */
@Component(service = ModelArchitecture.class, property = "aitia.name=" + GatV2Architecture.NAME)
public final class GatV2Architecture extends LayeredArchitecture<GatOptions> {
    static final String NAME = "gatv2";

    /** Makes the service. */
    public GatV2Architecture() {
        super(
                NAME,
                "Graph attention network, version 2 (Brody et al. 2022, arXiv:2105.14491): which neighbour gets most"
                        + " attention may depend on the node that attends. Options and tasks are those of gat.",
                OptionSchema.of(GatOptions.class));
    }

    @Override
    protected Design design(ModelShape shape, GatOptions options) {
        return new GatDesign(shape, options, GatDesign.Version.TWO);
    }
}
