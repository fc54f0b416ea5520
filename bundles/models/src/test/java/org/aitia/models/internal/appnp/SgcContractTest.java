package org.aitia.models.internal.appnp;

import java.util.List;
import java.util.Map;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.testkit.tck.ModelArchitectureContract;

/** SGC keeps what every architecture promises, in each of its variants. */
class SgcContractTest extends ModelArchitectureContract {
    @Override
    protected ModelArchitecture architecture() {
        return new SgcArchitecture();
    }

    @Override
    protected List<Map<String, String>> variants() {
        return List.of(
                Map.of("hidden", "6"),
                Map.of("k", "1", "bias", "false", "decoder", "hadamard", "pooling", "max"),
                Map.of("k", "4", "dropout", "0.2", "decoder", "concat", "hidden", "5"));
    }
}
