package org.aitia.evaluation.internal;

import java.util.Set;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.osgi.service.component.annotations.Component;

/** How much memory of arrays explaining takes. */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + NativeMemoryMetric.NAME)
public final class NativeMemoryMetric extends OptionedMetric<ExplanationMetric.None> {
    static final String NAME = "native-memory";

    /** Creates the metric. */
    public NativeMemoryMetric() {
        super(
                new MetricInfo(
                        NAME,
                        "native memory",
                        "Most bytes of arrays that were there at once while explaining, summed over lanes; of the whole"
                                + " request, not per explanation.",
                        "",
                        MetricInfo.Better.LOWER,
                        Set.of(),
                        Set.of(Task.values())),
                None.class);
    }

    @Override
    MetricScore measure(MetricContext context, None options) {
        ExplanationResult result = context.result();
        if (result.cost().peakNativeBytes() == 0) {
            throw new InvalidRequestException("metric '" + NAME + "' needs the peak of native memory, which was not"
                    + " measured when these explanations were made; explain again with memory measured");
        }
        return new MetricScore(NAME, result.cost().peakNativeBytes(), new double[0]);
    }
}
