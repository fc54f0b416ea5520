package org.aitia.models.internal.train;

/** The parts of a split, with what the names of their metrics begin with. */
enum Part {
    TRAIN("train"),
    VALIDATION("val"),
    TEST("test");

    private final String prefix;

    Part(String prefix) {
        this.prefix = prefix;
    }

    String prefix() {
        return prefix;
    }
}
