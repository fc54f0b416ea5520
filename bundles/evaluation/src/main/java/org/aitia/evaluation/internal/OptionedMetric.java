package org.aitia.evaluation.internal;

import java.util.Map;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.aitia.api.option.OptionSchema;

/** A metric whose options are a record. */
abstract class OptionedMetric<T extends Record> implements ExplanationMetric {
    private final MetricInfo info;
    private final OptionSchema<T> schema;

    OptionedMetric(MetricInfo info, Class<T> options) {
        this.info = info;
        this.schema = OptionSchema.of(options);
    }

    @Override
    public final MetricInfo info() {
        return info;
    }

    @Override
    public final OptionSchema<T> options() {
        return schema;
    }

    @Override
    public final MetricScore score(MetricContext context, Map<String, String> options) {
        return measure(context, schema.parse(options));
    }

    abstract MetricScore measure(MetricContext context, T options);

    final String name() {
        return info.name();
    }
}
