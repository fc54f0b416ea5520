package org.aitia.evaluation.internal;

import java.util.List;
import org.aitia.api.metric.ExplanationMetric;

/** Every metric of this bundle. */
final class AllMetrics {
    private AllMetrics() {}

    static List<ExplanationMetric> each() {
        return List.of(
                new AveragePrecisionMetric(),
                new CharacterizationMetric(),
                new ConnectednessMetric(),
                new ConsistencyMetric(),
                new ConvergenceDeltaMetric(),
                new EdgeStabilityMetric(),
                new EntropyMetric(),
                new FidelityCurveMetric(),
                new FidelityMinusMetric(),
                new FidelityPlusMetric(),
                new GroundTruthF1Metric(),
                new GroundTruthJaccardMetric(),
                new GroundTruthPrecisionMetric(),
                new GroundTruthRecallMetric(),
                new InfidelityMetric(),
                new MaxSensitivityMetric(),
                new NativeMemoryMetric(),
                new NodeRocAucMetric(),
                new OracleCallsMetric(),
                new RobustFidelityMinusMetric(),
                new RobustFidelityPlusMetric(),
                new RocAucMeanMetric(),
                new RocAucMetric(),
                new SecondsMetric(),
                new SparsityMetric(),
                new StabilityMetric(),
                new UnfaithfulnessMetric());
    }
}
