package org.aitia.models.internal.appnp;

import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.model.ModelShape;
import org.aitia.api.option.OptionSchema;
import org.aitia.models.internal.layers.Design;
import org.aitia.models.internal.layers.LayeredArchitecture;
import org.osgi.service.component.annotations.Component;

/** The service {@code appnp}. */
@Component(service = ModelArchitecture.class, property = "aitia.name=" + AppnpArchitecture.NAME)
public final class AppnpArchitecture extends LayeredArchitecture<AppnpOptions> {
    static final String NAME = "appnp";

    /** Makes the service. */
    public AppnpArchitecture() {
        super(
                NAME,
                "Personalised propagation of neural predictions (Gasteiger et al. 2019, arXiv:1810.05997): a perceptron"
                        + " per node, then K steps of PageRank. For node, graph and link tasks.",
                OptionSchema.of(AppnpOptions.class));
    }

    @Override
    protected Design design(ModelShape shape, AppnpOptions options) {
        return new AppnpDesign(shape, options);
    }
}
