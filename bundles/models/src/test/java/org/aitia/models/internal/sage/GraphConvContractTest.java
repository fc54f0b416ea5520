package org.aitia.models.internal.sage;

import java.util.List;
import java.util.Map;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.testkit.tck.ModelArchitectureContract;

/** GraphConv keeps what every architecture promises, in each of its variants. */
class GraphConvContractTest extends ModelArchitectureContract {
    @Override
    protected ModelArchitecture architecture() {
        return new GraphConvArchitecture();
    }

    @Override
    protected List<Map<String, String>> variants() {
        return List.of(
                Map.of("hidden", "6", "layers", "2", "l2Normalize", "true", "dropout", "0.2"),
                Map.of("hidden", "6", "layers", "2", "aggregator", "mean", "decoder", "hadamard", "concat", "true"),
                Map.of(
                        "hidden",
                        "6",
                        "layers",
                        "2",
                        "aggregator",
                        "max",
                        "decoder",
                        "concat",
                        "activation",
                        "tanh",
                        "dropout",
                        "0"));
    }
}
