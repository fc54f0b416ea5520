package org.aitia.models.internal.cheb;

import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.model.ModelShape;
import org.aitia.api.option.OptionSchema;
import org.aitia.models.internal.layers.Design;
import org.aitia.models.internal.layers.LayeredArchitecture;
import org.osgi.service.component.annotations.Component;

/** The service {@code tag}. */
@Component(service = ModelArchitecture.class, property = "aitia.name=" + TagArchitecture.NAME)
public final class TagArchitecture extends LayeredArchitecture<TagOptions> {
    static final String NAME = "tag";

    /** Makes the service. */
    public TagArchitecture() {
        super(
                NAME,
                "Topology adaptive graph convolutional network (Du et al. 2017, arXiv:1710.10370), as PyG's TAGConv. For node,"
                        + " graph and link tasks.",
                OptionSchema.of(TagOptions.class));
    }

    @Override
    protected Design design(ModelShape shape, TagOptions options) {
        return PolynomialDesign.of(shape, options);
    }
}
