package org.aitia.models.internal.sage;

import org.aitia.models.internal.batch.MessageRule;

/** How the messages of a node's neighbours become one. */
enum Aggregator {
    MEAN(MessageRule.Scale.MEAN),
    MAX(MessageRule.Scale.NONE),
    SUM(MessageRule.Scale.SUM);

    private final MessageRule.Scale scale;

    Aggregator(MessageRule.Scale scale) {
        this.scale = scale;
    }

    MessageRule messages(boolean edgeWeights) {
        return new MessageRule(scale, MessageRule.SelfLoops.KEEP, edgeWeights);
    }
}
