package org.aitia.models.internal.cheb;

import java.util.List;
import java.util.Map;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.testkit.tck.ModelArchitectureContract;

/** ChebNet keeps what every architecture promises, in each of its variants. */
class ChebContractTest extends ModelArchitectureContract {
    @Override
    protected ModelArchitecture architecture() {
        return new ChebArchitecture();
    }

    @Override
    protected List<Map<String, String>> variants() {
        return List.of(
                Map.of("hidden", "8"),
                Map.of("hidden", "6", "k", "2", "layers", "3", "concat", "true", "decoder", "hadamard", "dropout", "0"),
                Map.of("hidden", "6", "k", "5", "layers", "1", "bias", "false", "decoder", "concat", "pooling", "max"),
                Map.of("hidden", "6", "k", "4", "batchNorm", "true", "activation", "elu", "dropout", "0.1"));
    }
}
