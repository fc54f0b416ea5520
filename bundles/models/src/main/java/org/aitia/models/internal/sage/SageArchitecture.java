package org.aitia.models.internal.sage;

import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.model.ModelShape;
import org.aitia.api.option.OptionSchema;
import org.aitia.models.internal.layers.Design;
import org.aitia.models.internal.layers.LayeredArchitecture;
import org.osgi.service.component.annotations.Component;

/** The service {@code sage}. */
@Component(service = ModelArchitecture.class, property = "aitia.name=" + SageArchitecture.NAME)
public final class SageArchitecture extends LayeredArchitecture<SageOptions> {
    static final String NAME = "sage";

    /** Makes the service. */
    public SageArchitecture() {
        super(
                NAME,
                "GraphSAGE (Hamilton et al. 2017, arXiv:1706.02216) with mean, max or sum of neighbours, as PyG's"
                        + " SAGEConv; edge weights do not count. For node, graph and link tasks.",
                OptionSchema.of(SageOptions.class));
    }

    @Override
    protected Design design(ModelShape shape, SageOptions options) {
        return SageDesign.of(shape, options);
    }
}
