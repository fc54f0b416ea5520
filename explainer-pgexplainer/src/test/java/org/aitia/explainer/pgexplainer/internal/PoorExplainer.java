package org.aitia.explainer.pgexplainer.internal;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.aitia.api.TaskMonitor;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.explain.ExplainerInfo;
import org.aitia.api.explain.ExplainerTraining;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.LearntWeights;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.explain.TrainableExplainer;
import org.aitia.api.model.ModelSession;
import org.aitia.api.option.OptionSchema;

/** PGExplainer with a lease of a single byte: nothing is kept, and everything is computed in the smallest pieces. */
final class PoorExplainer implements TrainableExplainer {
    private final PgExplainer explainer = new PgExplainer();

    @Override
    public LearntWeights train(ExplainerTraining training) {
        return explainer.train(new Poor(training));
    }

    @Override
    public ExplainerInfo info() {
        return explainer.info();
    }

    @Override
    public OptionSchema<?> options() {
        return explainer.options();
    }

    @Override
    public List<MaskValues> explain(ExplanationBatch batch) {
        return explainer.explain(batch);
    }

    private record Poor(ExplainerTraining rich) implements ExplainerTraining {
        @Override
        public ModelSession session() {
            return rich.session();
        }

        @Override
        public List<ExplanationTarget> targets() {
            return rich.targets();
        }

        @Override
        public Map<String, String> options() {
            return rich.options();
        }

        @Override
        public long seed() {
            return rich.seed();
        }

        @Override
        public List<List<Integer>> plan(int most) {
            return rich.plan(most);
        }

        @Override
        public Work open(List<Integer> positions) {
            Work work = rich.open(positions);
            ExplanationBatch batch = work.batch();
            ExplanationBatch poor = new ExplanationBatch(
                    batch.session(),
                    batch.prepared(),
                    batch.targets(),
                    batch.options(),
                    lease(),
                    batch.manager(),
                    batch.monitor());
            return new Work() {
                @Override
                public ExplanationBatch batch() {
                    return poor;
                }

                @Override
                public void close() {
                    work.close();
                }
            };
        }

        @Override
        public DeviceLease lease() {
            return new PoorLease(rich.lease());
        }

        @Override
        public NDManager manager() {
            return rich.manager();
        }

        @Override
        public TaskMonitor monitor() {
            return rich.monitor();
        }
    }

    private record PoorLease(DeviceLease rich) implements DeviceLease {
        @Override
        public String id() {
            return rich.id();
        }

        @Override
        public String purpose() {
            return rich.purpose();
        }

        @Override
        public String deviceId() {
            return rich.deviceId();
        }

        @Override
        public long memoryBudget() {
            return 1;
        }

        @Override
        public TensorEngine engine() {
            return rich.engine();
        }

        @Override
        public NDManager manager() {
            return rich.manager();
        }

        @Override
        public boolean isValid() {
            return rich.isValid();
        }

        @Override
        public void checkValid() {
            rich.checkValid();
        }

        @Override
        public void close() {
            rich.close();
        }
    }
}
