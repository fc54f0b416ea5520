package org.aitia.models.internal.gat;

import java.util.List;
import java.util.Map;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.testkit.tck.ModelArchitectureContract;

/** GAT keeps what every architecture promises, in each of its variants. */
class GatContractTest extends ModelArchitectureContract {
    @Override
    protected ModelArchitecture architecture() {
        return new GatArchitecture();
    }

    @Override
    protected int edgeFeatures() {
        return 2;
    }

    @Override
    protected boolean attends() {
        return true;
    }

    @Override
    protected List<Map<String, String>> variants() {
        return VARIANTS;
    }

    static final List<Map<String, String>> VARIANTS = List.of(
            Map.of("dropout", "0.2", "attentionDropout", "0.2"),
            Map.of(
                    "layers", "1",
                    "outHeads", "3",
                    "headMerge", "concat",
                    "bias", "false",
                    "dropout", "0",
                    "attentionDropout", "0"),
            Map.of(
                    "layers", "3",
                    "hidden", "3",
                    "heads", "2",
                    "outHeads", "4",
                    "headMerge", "mean,concat,mean",
                    "residual", "true",
                    "dropout", "0.1",
                    "attentionDropout", "0",
                    "pooling", "max-mean"),
            Map.of(
                    "heads", "1",
                    "selfLoops", "false",
                    "activation", "tanh",
                    "dropout", "0",
                    "attentionDropout", "0.3",
                    "negativeSlope", "0.4",
                    "pooling", "sum"));
}
