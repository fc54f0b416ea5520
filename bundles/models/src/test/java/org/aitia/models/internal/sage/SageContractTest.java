package org.aitia.models.internal.sage;

import java.util.List;
import java.util.Map;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.testkit.tck.ModelArchitectureContract;

/** GraphSAGE keeps what every architecture promises, in each of its variants. */
class SageContractTest extends ModelArchitectureContract {
    @Override
    protected ModelArchitecture architecture() {
        return new SageArchitecture();
    }

    @Override
    protected List<Map<String, String>> variants() {
        return List.of(
                Map.of("hidden", "8"),
                Map.of(
                        "hidden",
                        "6",
                        "aggregator",
                        "max",
                        "normalize",
                        "true",
                        "decoder",
                        "hadamard",
                        "dropout",
                        "0.2"),
                Map.of(
                        "hidden",
                        "6",
                        "aggregator",
                        "max",
                        "project",
                        "true",
                        "batchNorm",
                        "true",
                        "concat",
                        "true",
                        "pooling",
                        "max"),
                Map.of(
                        "hidden",
                        "6",
                        "layers",
                        "3",
                        "aggregator",
                        "sum",
                        "activation",
                        "elu",
                        "decoder",
                        "concat",
                        "dropout",
                        "0"),
                Map.of(
                        "hidden",
                        "8",
                        "layers",
                        "1",
                        "rootWeight",
                        "false",
                        "project",
                        "true",
                        "bias",
                        "false",
                        "pooling",
                        "sum"));
    }
}
