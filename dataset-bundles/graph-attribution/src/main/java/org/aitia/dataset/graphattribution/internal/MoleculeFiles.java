package org.aitia.dataset.graphattribution.internal;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.aitia.api.DataFormatException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.graph.DenseFeatures;
import org.aitia.formats.BadFormat;
import org.aitia.formats.python.NdArray;
import org.aitia.formats.python.Npz;
import org.aitia.formats.python.Pickles;

/**
 * Reads the three files of a set. Molecules and their marks are arrays of dictionaries in the manner of DeepMind's Graph
 * Nets: {@code nodes} [N, F], {@code edges} [E, D] or nothing, {@code senders} and {@code receivers} [E]. In the file of
 * marks {@code nodes} [N, K] has a column for each of K reasons.
 */
final class MoleculeFiles {
    private static final String LIST = "datadict_list";
    private static final int MOLECULES_PER_CHECK = 256;

    private final String elementFile;
    private final int elements;
    private final int kinds;

    private MoleculeFiles(String elementFile, int elements, int kinds) {
        this.elementFile = elementFile;
        this.elements = elements;
        this.kinds = kinds;
    }

    /**
     * Reads a set.
     *
     * @param molecules the file of graphs
     * @param marks the file of marked atoms
     * @param labels the file of classes
     * @param elements how many features an atom has
     * @param kinds how many features a bond has
     * @param monitor told of progress
     */
    static List<Molecule> read(Path molecules, Path marks, Path labels, int elements, int kinds, TaskMonitor monitor) {
        int[] classes = classes(labels);
        List<Object> graphs = dictionaries(molecules, classes.length);
        monitor.checkCancelled();
        List<Object> marked = dictionaries(marks, classes.length);
        List<Molecule> found = new ArrayList<>();
        MoleculeFiles files = new MoleculeFiles(molecules.toString(), elements, kinds);
        for (int i = 0; i < classes.length; i++) {
            if (i % MOLECULES_PER_CHECK == 0) {
                monitor.checkCancelled();
                monitor.progress("reading molecules", i, classes.length);
            }
            found.add(files.molecule(
                    new Part(molecules.toString(), i, graphs.get(i)),
                    new Part(marks.toString(), i, marked.get(i)),
                    classes[i]));
        }
        return found;
    }

    private static int[] classes(Path file) {
        try (Npz npz = Npz.open(file)) {
            float[] values = npz.require("y").floats();
            int[] classes = new int[values.length];
            for (int i = 0; i < values.length; i++) {
                if (values[i] != 0 && values[i] != 1) {
                    throw BadFormat.of(file.toString(), "molecule " + i, "class 0 or 1", Float.toString(values[i]));
                }
                classes[i] = (int) values[i];
            }
            return classes;
        }
    }

    private static List<Object> dictionaries(Path file, int expected) {
        try (Npz npz = Npz.open(file)) {
            List<Object> objects = npz.require(LIST).objects();
            if (objects.size() != expected) {
                throw BadFormat.of(
                        file.toString(),
                        "",
                        "as many molecules as classes, " + expected,
                        objects.size() + " molecules");
            }
            return objects;
        }
    }

    private Molecule molecule(Part graph, Part marked, int label) {
        DenseFeatures atoms = graph.matrix("nodes", elements);
        int[] senders = graph.ends("senders", atoms.rows());
        int[] receivers = graph.ends("receivers", atoms.rows());
        DenseFeatures bonds = graph.matrix("edges", kinds);
        if (senders.length != receivers.length || senders.length != bonds.rows()) {
            throw graph.wrong(
                    "as many senders, receivers and edges",
                    senders.length + ", " + receivers.length + " and " + bonds.rows());
        }
        return new Molecule(atoms, senders, receivers, bonds, marked.marks(atoms.rows(), elementFile), label);
    }

    /** A dictionary of one molecule. */
    private record Part(String file, int molecule, Object content) {
        DataFormatException wrong(String expected, String found) {
            return BadFormat.of(file, "molecule " + molecule, expected, found);
        }

        private NdArray array(String key) {
            if (!(content instanceof Map<?, ?> map)) {
                throw wrong("a dictionary", Pickles.describe(content));
            }
            if (!(map.get(key) instanceof NdArray array)) {
                throw wrong("an array '" + key + "'", Pickles.describe(map.get(key)));
            }
            return array;
        }

        private NdArray table(String key) {
            NdArray array = array(key);
            if (array.shape().length != 2) {
                throw wrong("'" + key + "' of two axes", array.shape().length + " axes");
            }
            return array;
        }

        DenseFeatures matrix(String key, int columns) {
            NdArray array = table(key);
            if (array.length(1) != columns) {
                throw wrong("'" + key + "' of " + columns + " columns", array.length(1) + " columns");
            }
            return new DenseFeatures(array.length(0), columns, FloatBuffer.wrap(array.floats()));
        }

        int[] ends(String key, int atoms) {
            int[] ends = array(key).ints();
            for (int end : ends) {
                if (end < 0 || end >= atoms) {
                    throw wrong("'" + key + "' of atoms in [0, " + atoms + ")", Integer.toString(end));
                }
            }
            return ends;
        }

        /** Columns without any mark say that there is no reason. */
        List<BitSet> marks(int atoms, String other) {
            NdArray array = table("nodes");
            if (array.length(0) != atoms) {
                throw wrong("marks for the " + atoms + " atoms that " + other + " has", "for " + array.length(0));
            }
            float[] values = array.floats();
            int columns = array.length(1);
            List<BitSet> marks = new ArrayList<>();
            for (int column = 0; column < columns; column++) {
                BitSet mark = new BitSet();
                for (int atom = 0; atom < atoms; atom++) {
                    mark.set(atom, values[atom * columns + column] != 0);
                }
                if (!mark.isEmpty()) {
                    marks.add(mark);
                }
            }
            return List.copyOf(marks);
        }
    }
}
