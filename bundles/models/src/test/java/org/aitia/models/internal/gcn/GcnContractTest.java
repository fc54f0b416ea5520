package org.aitia.models.internal.gcn;

import java.util.List;
import java.util.Map;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.testkit.tck.ModelArchitectureContract;

/** The GCN keeps what every architecture promises, in each of its variants. */
class GcnContractTest extends ModelArchitectureContract {
    @Override
    protected ModelArchitecture architecture() {
        return new GcnArchitecture();
    }

    @Override
    protected List<Map<String, String>> variants() {
        return List.of(
                Map.of(),
                Map.of("layers", "1", "activation", "tanh", "bias", "false", "decoder", "hadamard"),
                Map.of("layers", "3", "hidden", "8", "concat", "true", "l2Normalize", "true", "pooling", "max-mean"),
                Map.of(
                        "layers", "3",
                        "hidden", "8",
                        "concat", "true",
                        "batchNorm", "true",
                        "normalization", "none",
                        "dropout", "0",
                        "pooling", "max-sum"),
                Map.of("selfLoops", "false", "activation", "elu", "pooling", "sum", "decoder", "concat"),
                Map.of("normalization", "none", "selfLoops", "true", "activation", "leaky-relu", "pooling", "max"));
    }
}
