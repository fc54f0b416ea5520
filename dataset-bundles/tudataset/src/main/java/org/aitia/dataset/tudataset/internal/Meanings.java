package org.aitia.dataset.tudataset.internal;

import java.util.Map;
import java.util.Optional;

/**
 * What the numbers in a set's files stand for, where its authors say so.
 *
 * @param classes of graphs
 * @param nodeLabels for example atoms
 * @param edgeLabels for example kinds of bonds
 * @param explainedClass the class that marked edges explain; empty if any
 */
record Meanings(
        Map<Integer, String> classes,
        Map<Integer, String> nodeLabels,
        Map<Integer, String> edgeLabels,
        Optional<Integer> explainedClass) {
    private static final Meanings UNKNOWN = new Meanings(Map.of(), Map.of(), Map.of(), Optional.empty());

    /** From the README of MUTAG and the label_readme of Mutagenicity. */
    private static final Map<String, Meanings> BY_NAME = Map.of(
            "MUTAG",
            new Meanings(
                    Map.of(-1, "not mutagenic", 1, "mutagenic"),
                    Map.of(0, "C", 1, "N", 2, "O", 3, "F", 4, "I", 5, "Cl", 6, "Br"),
                    Map.of(0, "aromatic", 1, "single", 2, "double", 3, "triple"),
                    Optional.empty()),
            "Mutagenicity",
            new Meanings(
                    Map.of(0, "mutagen", 1, "nonmutagen"),
                    Map.ofEntries(
                            Map.entry(0, "C"),
                            Map.entry(1, "O"),
                            Map.entry(2, "Cl"),
                            Map.entry(3, "H"),
                            Map.entry(4, "N"),
                            Map.entry(5, "F"),
                            Map.entry(6, "Br"),
                            Map.entry(7, "S"),
                            Map.entry(8, "P"),
                            Map.entry(9, "I"),
                            Map.entry(10, "Na"),
                            Map.entry(11, "K"),
                            Map.entry(12, "Li"),
                            Map.entry(13, "Ca")),
                    Map.of(0, "valence 1", 1, "valence 2", 2, "valence 3"),
                    Optional.of(0)));

    /** Finds what is known of a set by the name in its files. */
    static Meanings of(String name) {
        return BY_NAME.getOrDefault(name, UNKNOWN);
    }

    /** Numbers of other forms of the same set stand for other things. */
    static Meanings unknown() {
        return UNKNOWN;
    }
}
