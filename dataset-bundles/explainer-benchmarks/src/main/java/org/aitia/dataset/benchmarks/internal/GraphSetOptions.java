package org.aitia.dataset.benchmarks.internal;

import org.aitia.api.option.Option;

/**
 * Options of BA-2motifs.
 *
 * @param selfLoops whether the loops of the file are kept
 * @param seed decides the split
 */
record GraphSetOptions(
        @Option(
                description = "keep the self-loop that forty graphs of the file have in place of the edge between base"
                        + " and motif",
                defaultValue = "false")
        boolean selfLoops,

        @Option(
                description = "seed of the split, which the file does not have: 80, 10 and 10 % of each class",
                defaultValue = "0")
        long seed) {}
