package org.aitia.models.internal.cheb;

import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.model.ModelShape;
import org.aitia.api.option.OptionSchema;
import org.aitia.models.internal.layers.Design;
import org.aitia.models.internal.layers.LayeredArchitecture;
import org.osgi.service.component.annotations.Component;

/** The service {@code cheb}. */
@Component(service = ModelArchitecture.class, property = "aitia.name=" + ChebArchitecture.NAME)
public final class ChebArchitecture extends LayeredArchitecture<ChebOptions> {
    static final String NAME = "cheb";

    /** Makes the service. */
    public ChebArchitecture() {
        super(
                NAME,
                "ChebNet (Defferrard et al. 2016, arXiv:1606.09375), as PyG's ChebConv with symmetric normalisation and"
                        + " lambda_max 2; degrees are in-degrees. For node, graph and link tasks.",
                OptionSchema.of(ChebOptions.class));
    }

    @Override
    protected Design design(ModelShape shape, ChebOptions options) {
        return PolynomialDesign.of(shape, options);
    }
}
