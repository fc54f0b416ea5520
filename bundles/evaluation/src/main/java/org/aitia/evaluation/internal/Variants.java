package org.aitia.evaluation.internal;

import java.util.AbstractList;
import java.util.Objects;
import org.aitia.api.metric.Variant;

/**
 * Variants that are made when they are asked for: their masks are needed one batch at a time, and all of them together
 * may be many times as large as the explanations.
 */
final class Variants extends AbstractList<Variant> {
    private final int explanations;
    private final int each;
    private final Maker maker;

    /** Makes the masks of one variant; the same whenever it is asked. */
    interface Maker {
        /**
         * Makes a variant.
         *
         * @param explanation its position
         * @param number of the variant among those of the explanation
         */
        Variant make(int explanation, int number);
    }

    /**
     * Describes.
     *
     * @param explanations how many there are
     * @param each how many variants of each; variant k of explanation i is at {@code i * each + k}
     * @param maker makes them
     */
    Variants(int explanations, int each, Maker maker) {
        this.explanations = explanations;
        this.each = each;
        this.maker = maker;
    }

    int explanation(int index) {
        return Objects.checkIndex(index, size()) / each;
    }

    @Override
    public Variant get(int index) {
        return maker.make(explanation(index), index % each);
    }

    @Override
    public int size() {
        return Math.multiplyExact(explanations, each);
    }
}
