package org.aitia.models.internal.cheb;

import java.util.List;
import java.util.Map;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.testkit.tck.ModelArchitectureContract;

/** TAGCN keeps what every architecture promises, in each of its variants. */
class TagContractTest extends ModelArchitectureContract {
    @Override
    protected ModelArchitecture architecture() {
        return new TagArchitecture();
    }

    @Override
    protected List<Map<String, String>> variants() {
        return List.of(
                Map.of("hidden", "6"),
                Map.of("hidden", "6", "k", "1", "layers", "3", "concat", "true", "decoder", "hadamard", "dropout", "0"),
                Map.of(
                        "hidden",
                        "6",
                        "k",
                        "2",
                        "batchNorm",
                        "true",
                        "bias",
                        "false",
                        "decoder",
                        "concat",
                        "dropout",
                        "0.1"));
    }
}
