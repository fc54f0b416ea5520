package org.aitia.models.internal.appnp;

import java.util.List;
import java.util.Map;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.testkit.tck.ModelArchitectureContract;

/** APPNP keeps what every architecture promises, in each of its variants. */
class AppnpContractTest extends ModelArchitectureContract {
    @Override
    protected ModelArchitecture architecture() {
        return new AppnpArchitecture();
    }

    @Override
    protected List<Map<String, String>> variants() {
        return List.of(
                Map.of("hidden", "8"),
                Map.of(
                        "k",
                        "3",
                        "alpha",
                        "0.3",
                        "mlpLayers",
                        "1",
                        "bias",
                        "false",
                        "decoder",
                        "hadamard",
                        "dropout",
                        "0"),
                Map.of(
                        "hidden",
                        "6",
                        "k",
                        "2",
                        "alpha",
                        "0",
                        "mlpLayers",
                        "3",
                        "activation",
                        "tanh",
                        "decoder",
                        "concat",
                        "pooling",
                        "sum"));
    }
}
