package org.aitia.dataset.graphattribution.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.aitia.api.AitiaException;
import org.aitia.api.DataFormatException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.graph.Graph;
import org.aitia.datasets.internal.FileDatasetCache;
import org.aitia.testkit.data.Damage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files like the published ones, of two small molecules: formyl fluoride's atoms in a row, and two carbons. */
class MoleculeFilesTest {
    private static final int ELEMENTS = 14;
    private static final int KINDS = 5;
    private static final long[] CHAIN_SENDERS = {0, 1, 1, 2};
    private static final long[] CHAIN_RECEIVERS = {1, 0, 2, 1};

    @TempDir
    private Path folder;

    private Path molecules;
    private Path marks;
    private Path labels;

    @BeforeEach
    void write() throws IOException {
        molecules = both().write(folder.resolve("x.npz"));
        marks = marks().write(folder.resolve("marks.npz"));
        labels = MoleculeNpz.write(folder.resolve("y.npz"), "y.npy", MoleculeNpz.labels(1, 0));
    }

    private static MoleculeNpz both() {
        return chain(new MoleculeNpz())
                .molecule(rows(ELEMENTS, 0, 0), rows(KINDS, 0, 0), new long[] {0, 1}, new long[] {1, 0});
    }

    /** Oxygen, carbon, fluorine. */
    private static MoleculeNpz chain(MoleculeNpz npz) {
        return npz.molecule(rows(ELEMENTS, 2, 0, 4), rows(KINDS, 1, 1, 0, 0), CHAIN_SENDERS, CHAIN_RECEIVERS);
    }

    private static MoleculeNpz marks() {
        return new MoleculeNpz()
                .molecule(
                        new float[][] {{1, 1, 0}, {1, 1, 0}, {0, 1, 0}}, new float[0][], CHAIN_SENDERS, CHAIN_RECEIVERS)
                .molecule(new float[][] {{0}, {0}}, new float[0][], new long[] {0, 1}, new long[] {1, 0});
    }

    private static float[][] rows(int columns, int... ones) {
        float[][] rows = new float[ones.length][columns];
        for (int i = 0; i < ones.length; i++) {
            rows[i][ones[i]] = 1;
        }
        return rows;
    }

    private List<Molecule> read() {
        return MoleculeFiles.read(molecules, marks, labels, ELEMENTS, KINDS, TaskMonitor.NONE);
    }

    @Test
    void moleculesHaveAtomsBondsAndClass() {
        Dataset set = AttributionDatasets.dataset(read(), 0).build();
        Graph chain = set.graphs().get(0);
        assertThat(List.of(chain.nodeName(0), chain.nodeName(1), chain.nodeName(2)))
                .extracting(name -> name.orElseThrow())
                .containsExactly("O", "C", "F");
        assertThat(chain.edgeCount()).isEqualTo(4);
        assertThat(chain.edgeFeatures().value(chain.edge(1, 0), 1)).isEqualTo(1);
        assertThat(chain.edgeFeatures().value(chain.edge(1, 2), 0)).isEqualTo(1);
        assertThat(set.label(0)).isOne();
        assertThat(set.label(1)).isZero();
    }

    @Test
    void everyColumnWithMarksIsAReasonAndTheirUnionIsTheTruthOfTheMolecule() {
        Dataset set = AttributionDatasets.dataset(read(), 0).build();
        GroundTruth truth = set.groundTruth().orElseThrow();
        Graph chain = set.graphs().get(0);
        assertThat(truth.alternatives(0)).hasSize(2);
        assertThat(truth.alternatives(0).get(0).nodes()).isEqualTo(bits(0, 1));
        assertThat(truth.alternatives(0).get(0).edges()).isEqualTo(bits(chain.edge(0, 1), chain.edge(1, 0)));
        assertThat(truth.alternatives(0).get(1).edges().cardinality()).isEqualTo(4);
        assertThat(truth.nodes(0)).isEqualTo(bits(0, 1, 2));
        assertThat(truth.edges(0).cardinality()).isEqualTo(4);
        assertThat(truth.alternatives(1)).isEmpty();
        assertThat(truth.nodes(1).isEmpty()).isTrue();
        assertThat(set.suggestedTargets()).isEqualTo("0");
    }

    @Test
    void negativesAreDrawnFromAllOfClassZero() {
        List<Molecule> read = read();
        List<Molecule> many = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            many.add(read.get(1));
        }
        many.add(read.get(0));
        assertThat(AttributionDatasets.kept(many, new AttributionOptions(3, 0)))
                .hasSize(4)
                .contains(read.get(0));
        assertThat(AttributionDatasets.kept(many, new AttributionOptions(0, 0))).hasSize(21);
        assertThat(AttributionDatasets.kept(many, new AttributionOptions(1000, 0)))
                .hasSize(21);
    }

    @Test
    void differentNumbersOfMoleculesAreRefused() throws IOException {
        molecules = chain(new MoleculeNpz()).write(folder.resolve("one.npz"));
        assertRefused("file " + molecules + ": expected as many molecules as classes, 2, found 1 molecules");
    }

    @Test
    void anotherNumberOfAtomsInTheFileOfMarksIsRefused() throws IOException {
        marks = new MoleculeNpz()
                .molecule(new float[][] {{1}, {1}}, new float[0][], CHAIN_SENDERS, CHAIN_RECEIVERS)
                .none()
                .write(folder.resolve("short.npz"));
        assertRefused("file " + marks + ", molecule 0: expected marks for the 3 atoms that " + molecules
                + " has, found for 2");
    }

    @Test
    void aBondToNoAtomIsRefused() throws IOException {
        molecules = new MoleculeNpz()
                .molecule(rows(ELEMENTS, 0, 0), rows(KINDS, 0, 0), new long[] {0, 2}, new long[] {1, 0})
                .none()
                .write(folder.resolve("far.npz"));
        assertRefused("file " + molecules + ", molecule 0: expected 'senders' of atoms in [0, 2), found 2");
    }

    @Test
    void otherFeaturesAreRefused() throws IOException {
        molecules = new MoleculeNpz()
                .molecule(rows(7, 0, 0), rows(KINDS, 0, 0), new long[] {0, 1}, new long[] {1, 0})
                .none()
                .write(folder.resolve("narrow.npz"));
        assertRefused("file " + molecules + ", molecule 0: expected 'nodes' of 14 columns, found 7 columns");
    }

    @Test
    void bondsWithoutFeaturesAreRefused() throws IOException {
        molecules = new MoleculeNpz()
                .molecule(rows(ELEMENTS, 0, 0), rows(KINDS, 0), new long[] {0, 1}, new long[] {1, 0})
                .none()
                .write(folder.resolve("few.npz"));
        assertRefused("file " + molecules + ", molecule 0: expected as many senders, receivers and edges, found 2, 2"
                + " and 1");
    }

    @Test
    void somethingElseThanADictionaryIsRefused() throws IOException {
        molecules = chain(new MoleculeNpz()).none().write(folder.resolve("none.npz"));
        assertRefused("file " + molecules + ", molecule 1: expected a dictionary, found nothing");
    }

    @Test
    void aClassThatIsNeitherIsRefused() throws IOException {
        labels = MoleculeNpz.write(folder.resolve("two.npz"), "y.npy", MoleculeNpz.labels(1, 2));
        assertRefused("file " + labels + ", molecule 1: expected class 0 or 1, found 2.0");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::read)
                .isInstanceOf(DataFormatException.class)
                .hasMessageStartingWith(message)
                .hasMessageEndingWith("fetch it anew");
    }

    @Test
    void wrongOptionsAreRefusedWithTheirRange() {
        AttributionDatasets provider = new AttributionDatasets(new FileDatasetCache(folder, ""));
        assertThatThrownBy(() -> provider.load("alkane-carbonyl", Map.of("negatives", "-1"), TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("negatives")
                .hasMessageContaining("1000");
    }

    /** Whatever happens to a file, the answer is data or one clear error. */
    @ParameterizedTest
    @EnumSource
    void damageIsAnErrorOrData(Damage damage) throws IOException {
        int refused = 0;
        for (int seed = 0; seed < 150; seed++) {
            molecules = MoleculeNpz.write(folder.resolve("x.npz"), "datadict_list.npy", damage.of(both().npy(), seed));
            marks = MoleculeNpz.write(
                    folder.resolve("marks.npz"), "datadict_list.npy", damage.of(marks().npy(), seed + 1000));
            try {
                assertThat(read()).hasSize(2);
            } catch (AitiaException e) {
                assertThat(e).hasMessageNotContaining("\n");
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError(damage + " with seed " + seed, e);
            }
        }
        assertThat(refused).isPositive();
    }

    private static BitSet bits(int... numbers) {
        BitSet bits = new BitSet();
        for (int number : numbers) {
            bits.set(number);
        }
        return bits;
    }
}
