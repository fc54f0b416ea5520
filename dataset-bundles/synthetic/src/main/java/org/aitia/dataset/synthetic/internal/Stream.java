package org.aitia.dataset.synthetic.internal;

import java.util.random.RandomGenerator;
import org.aitia.api.Seeds;

/** The independent random streams of one seed; more noise, for example, changes nothing but the noise. */
enum Stream {
    BASE(0),
    NOISE(1),
    TIES(2),
    BRIDGES(3),
    FEATURES(4),
    SPLIT(5),
    FIRST(6),
    SECOND(7);

    private final int id; // part of every generated graph: never to change

    Stream(int id) {
        this.id = id;
    }

    long seed(long seed) {
        return Seeds.derive(seed, id);
    }

    RandomGenerator of(long seed) {
        return Seeds.generator(seed(seed));
    }
}
