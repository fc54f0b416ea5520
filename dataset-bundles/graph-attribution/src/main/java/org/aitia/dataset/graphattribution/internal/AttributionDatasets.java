package org.aitia.dataset.graphattribution.internal;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aitia.api.NotFoundException;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetCache;
import org.aitia.api.dataset.DatasetCache.RemoteFile;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.dataset.DatasetProvider;
import org.aitia.api.graph.Graph;
import org.aitia.api.option.OptionSchema;
import org.aitia.api.option.OptionSpec;
import org.aitia.formats.split.RandomSplits;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers molecules of which every atom that is a reason of the class is marked. */
@Component(property = "aitia.name=alkane-carbonyl")
public final class AttributionDatasets implements DatasetProvider {
    private static final double VALIDATION = 0.1;
    private static final double TEST = 0.1;

    /** GraphXAI's names of the features of atoms. */
    static final List<String> ELEMENTS =
            List.of("C", "N", "O", "S", "F", "P", "Cl", "Br", "Na", "Ca", "I", "B", "H", "other element");

    /** By the bonds that SMILES of the same molecules have; the last never occurs. */
    static final List<String> KINDS = List.of("single", "double", "triple", "aromatic", "other bond");

    private static final DatasetInfo INFO = new DatasetInfo(
            "alkane-carbonyl",
            "Alkane-carbonyl",
            "4326 molecules with marked atoms, published as alkane-carbonyl; by its labels and marks the class is whether"
                    + " there are a fluorine and a carbonyl group, and these are its reason.",
            Task.GRAPH,
            "https://github.com/mims-harvard/GraphXAI",
            "C. Agarwal, O. Queen, H. Lakkaraju, M. Zitnik: Evaluating explainability for graph neural networks."
                    + " Scientific Data 10, 2023; B. Sanchez-Lengeling, J. Wei, B. Lee, E. Reif, P. Wang, W. Qian,"
                    + " K. McCloskey, L. Colwell, A. Wiltschko: Evaluating Attribution for Graph Neural Networks."
                    + " NeurIPS 2020",
            "MIT (repository); none is stated for the underlying data",
            false);

    private static final String MIRROR = "graph-attribution/alkane_carbonyl/";
    private static final String ORIGIN = "https://raw.githubusercontent.com/mims-harvard/GraphXAI/"
            + "a11e65ffbc4df737f35522a8accf2283a8aeaa37/graphxai/datasets/real_world/alkane_carbonyl/ac_data/";
    private static final List<RemoteFile> FILES = List.of(
            file("x_true.npz", "9b48ce0ad9aa147a8fafd4031563bb1e0323335cf5a7cd4b5d6228f2775fce9c"),
            file(
                    "true_raw_attribution_datadicts.npz",
                    "842a6985ee45f8a85a5e7294199cfa7fc866365357ff1bae371a7a23467b00b2"),
            file("y_true.npz", "20577c22a6975f20c033a2cf213df9108c10756e7971e83cdd6009f05f2896d5"));

    private final DatasetCache cache;
    private final OptionSchema<AttributionOptions> schema = OptionSchema.of(AttributionOptions.class);

    /**
     * Creates the provider.
     *
     * @param cache fetches the files
     */
    @Activate
    public AttributionDatasets(@Reference DatasetCache cache) {
        this.cache = cache;
    }

    private static RemoteFile file(String name, String sha256) {
        return new RemoteFile(MIRROR + name, URI.create(ORIGIN + name), Optional.of(sha256));
    }

    @Override
    public List<DatasetInfo> datasets() {
        return List.of(INFO);
    }

    @Override
    public List<OptionSpec> options(String name) {
        require(name);
        return schema.specs();
    }

    @Override
    public Dataset load(String name, Map<String, String> options, TaskMonitor monitor) {
        require(name);
        AttributionOptions parsed = schema.parse(options);
        monitor.checkCancelled();
        List<Path> files = cache.fetch(INFO, FILES, monitor);
        List<Molecule> molecules =
                MoleculeFiles.read(files.get(0), files.get(1), files.get(2), ELEMENTS.size(), KINDS.size(), monitor);
        return dataset(kept(molecules, parsed), parsed.seed()).options(options).build();
    }

    /** All molecules of class 1 and some of class 0, in their order. */
    static List<Molecule> kept(List<Molecule> molecules, AttributionOptions options) {
        if (options.negatives() == 0) {
            return molecules;
        }
        int zerosLeft = (int)
                molecules.stream().filter(molecule -> molecule.label() == 0).count();
        long wanted = (long) options.negatives() * (molecules.size() - zerosLeft);
        RandomGenerator random = Seeds.generator(options.seed());
        List<Molecule> kept = new ArrayList<>();
        for (Molecule molecule : molecules) { // selection sampling: each set of the size is as likely
            if (molecule.label() != 0) {
                kept.add(molecule);
            } else if (random.nextInt(zerosLeft--) < wanted) {
                kept.add(molecule);
                wanted--;
            }
        }
        return kept;
    }

    static Dataset.Builder dataset(List<Molecule> molecules, long seed) {
        List<Graph> graphs =
                molecules.stream().map(molecule -> molecule.toGraph(ELEMENTS)).toList();
        int[] labels = molecules.stream().mapToInt(Molecule::label).toArray();
        return Dataset.builder(INFO)
                .graphs(graphs, labels)
                .classNames(List.of("not both", "fluorine and carbonyl"))
                .featureNames(ELEMENTS)
                .edgeFeatureNames(KINDS)
                .split("random", RandomSplits.fractions(labels, 2, VALIDATION, TEST, seed))
                .groundTruth(new AtomTruth(graphs, molecules))
                .suggestedTargets(IntStream.range(0, labels.length)
                        .filter(g -> !molecules.get(g).marks().isEmpty())
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(",")));
    }

    private static void require(String name) {
        if (!name.equals(INFO.name())) {
            throw NotFoundException.of("dataset", name, List.of(INFO.name()));
        }
    }
}
