package org.aitia.models.internal.train;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.Split;

/** What a training is about: data, which instances of it are for what, and the seed. */
final class Subject {
    private final Dataset dataset;
    private final Map<Part, int[]> parts = new EnumMap<>(Part.class);
    private final long seed;
    private final boolean followsTest;

    /**
     * For a split.
     *
     * @param dataset the data
     * @param split which instances are for what; those without a label are left out
     * @param seed of dropout and order
     * @param followsTest whether accuracy on the test instances is computed after each epoch
     */
    Subject(Dataset dataset, Split split, long seed, boolean followsTest) {
        this.dataset = dataset;
        this.seed = seed;
        this.followsTest = followsTest;
        parts.put(Part.TRAIN, labelled(dataset, split.train()));
        parts.put(Part.VALIDATION, labelled(dataset, split.validation()));
        parts.put(Part.TEST, labelled(dataset, split.test()));
        if (instances(Part.TRAIN).length == 0) {
            throw new InvalidRequestException("the split of data set '"
                    + dataset.info().name() + "' has no labelled training instance; choose another split or data set");
        }
    }

    /** Leaves out what has no class. */
    static int[] labelled(Dataset dataset, int[] instances) {
        return IntStream.of(instances).filter(i -> dataset.label(i) >= 0).toArray();
    }

    Dataset dataset() {
        return dataset;
    }

    /** The labelled instances of a part; not to be changed. */
    int[] instances(Part part) {
        return parts.get(part);
    }

    long seed() {
        return seed;
    }

    boolean followsTest() {
        return followsTest;
    }
}
