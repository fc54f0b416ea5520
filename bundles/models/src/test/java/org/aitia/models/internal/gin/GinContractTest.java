package org.aitia.models.internal.gin;

import java.util.List;
import java.util.Map;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.testkit.tck.ModelArchitectureContract;

/** GIN keeps what every architecture promises, in each of its variants. */
class GinContractTest extends ModelArchitectureContract {
    @Override
    protected ModelArchitecture architecture() {
        return new GinArchitecture();
    }

    @Override
    protected List<Map<String, String>> variants() {
        return List.of(
                Map.of("hidden", "6", "layers", "2"),
                Map.of(
                        "hidden",
                        "6",
                        "layers",
                        "3",
                        "batchNorm",
                        "false",
                        "trainEps",
                        "true",
                        "eps",
                        "0.3",
                        "mlpLayers",
                        "1",
                        "activation",
                        "tanh",
                        "decoder",
                        "hadamard"),
                Map.of(
                        "hidden",
                        "5",
                        "layers",
                        "2",
                        "jumping",
                        "last",
                        "mlpLayers",
                        "3",
                        "pooling",
                        "mean",
                        "layerDropout",
                        "0.1",
                        "decoder",
                        "concat"));
    }
}
