package org.aitia.dataset.twitch.internal;

import org.aitia.api.option.Option;

/**
 * Options of loading.
 *
 * @param form which files are read
 * @param features which columns there are
 * @param selfLoops whether every node has an edge to itself
 * @param seed decides the random split
 */
record TwitchOptions(
        @Option(
                description = "snap: the published edges, features and targets; npz: the file that PyTorch Geometric"
                        + " used, with 128 other features, if you have it (its address is dead)",
                defaultValue = "snap")
        Form form,

        @Option(
                description = "all: a column for each of the 3170 identifiers of all countries; used: only for those"
                        + " that occur in this one",
                defaultValue = "all")
        Columns features,

        @Option(
                description = "give every node an edge to itself, as PyTorch Geometric's file has",
                defaultValue = "false")
        boolean selfLoops,

        @Option(description = "seed of the random split", defaultValue = "0")
        long seed) {

    /** Which files. */
    enum Form {
        SNAP,
        NPZ
    }

    /** Which identifiers are features. */
    enum Columns {
        ALL,
        USED
    }
}
