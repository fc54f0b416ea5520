package org.aitia.models.internal.sage;

import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.model.ModelShape;
import org.aitia.api.option.OptionSchema;
import org.aitia.models.internal.layers.Design;
import org.aitia.models.internal.layers.LayeredArchitecture;
import org.osgi.service.component.annotations.Component;

/** The service {@code graphconv}. */
@Component(service = ModelArchitecture.class, property = "aitia.name=" + GraphConvArchitecture.NAME)
public final class GraphConvArchitecture extends LayeredArchitecture<GraphConvOptions> {
    static final String NAME = "graphconv";

    /** Makes the service. */
    public GraphConvArchitecture() {
        super(
                NAME,
                "1-GNN (Morris et al. 2019, arXiv:1810.02244), PyG's GraphConv: weighted neighbours and root, without"
                        + " normalisation. For node, graph and link tasks.",
                OptionSchema.of(GraphConvOptions.class));
    }

    @Override
    protected Design design(ModelShape shape, GraphConvOptions options) {
        return SageDesign.of(shape, options);
    }
}
