package org.aitia.explainer.gnnexplainer.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aitia.api.explain.Explainer;
import org.aitia.testkit.tck.ExplainerContract;
import org.junit.jupiter.api.Nested;

/** What every explainer promises, in the modes that compute otherwise than the standard one. */
class ModesContractTest {
    /** A mode by its options. */
    abstract static class Mode extends ExplainerContract {
        private final Map<String, String> options;

        Mode(String... assignments) {
            options = new HashMap<>(Map.of("epochs", "15", "nodeMaskType", "attributes"));
            for (String assignment : assignments) {
                String[] parts = assignment.split("=", 2);
                options.put(parts[0], parts[1]);
            }
        }

        @Override
        protected Explainer explainer() {
            return new GnnExplainer(List.of(new ConnectivityObjective()));
        }

        @Override
        protected Map<String, String> quickOptions() {
            return options;
        }
    }

    @Nested
    class Proximal extends Mode {
        Proximal() {
            super("sparsity=l1");
        }
    }

    @Nested
    class TwoStage extends Mode {
        TwoStage() {
            super("sparsity=two-stage", "refineEpochs=10", "nodeMaskType=common-attributes");
        }
    }

    @Nested
    class Gates extends Mode {
        Gates() {
            super("sparsity=l0", "nodeMaskType=object");
        }
    }

    @Nested
    class RepeatedOnTiedEdges extends Mode {
        RepeatedOnTiedEdges() {
            super("runs=3", "undirected=true", "contrast=runner-up", "objectives=connectivity:0.5");
        }
    }

    @Nested
    class RepeatedGatesOnTiedEdges extends Mode {
        RepeatedGatesOnTiedEdges() {
            super("runs=2", "undirected=true", "sparsity=l0");
        }
    }
}
