package org.aitia.dataset.tudataset.internal;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.Task;
import org.aitia.api.dataset.DatasetCache.RemoteFile;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.formats.origin.LooseOrZipped;
import org.aitia.formats.zip.ZipLimits;

/** The sets that are offered by name. */
final class KnownSets {
    /** Text of this kind shrinks without limit; how much is read is bounded by rows. */
    static final ZipLimits LIMITS =
            ZipLimits.DEFAULT.withBytes(1L << 29, 1L << 30).withRatio(1100);

    private static final String ORIGIN = "https://www.chrsmrrs.com/graphkerneldatasets/";
    private static final String CLEANED = "https://raw.githubusercontent.com/nd7141/graph_datasets/master/datasets/";
    private static final String PGEXPLAINER =
            "https://github.com/flyingdoog/PGExplainer/raw/51edc7b3000e980635f68618af027ae24297f6e5/dataset/";
    private static final String LICENCE = "none stated; TUDataset asks for citation";
    private static final String TU =
            "C. Morris, N. M. Kriege, F. Bause, K. Kersting, P. Mutzel, M. Neumann: TUDataset: A"
                    + " collection of benchmark datasets for learning with graphs. GRL+ workshop, ICML 2020";

    private static final String NODE_LABELS = "_node_labels.txt";
    private static final String NODE_ATTRIBUTES = "_node_attributes.txt";
    private static final String EDGE_LABELS = "_edge_labels.txt";

    private static final Map<String, String> CHECKSUMS = Map.ofEntries(
            Map.entry("MUTAG/MUTAG_A.txt", "d9656ca7493f3445d737c711710bb36fd432dddd1c0ea32e1d4713c86ebd28e2"),
            Map.entry(
                    "MUTAG/MUTAG_edge_labels.txt", "4669ce755075ff86c3240709345745886400908fa637a49310459b9c267b3e56"),
            Map.entry(
                    "MUTAG/MUTAG_graph_indicator.txt",
                    "7d520a4d6c7961c0cdeabe076d8fe27e795b6d373485c9a2b744987e560a2056"),
            Map.entry(
                    "MUTAG/MUTAG_graph_labels.txt", "a1518ea39ba3426bd42f57396b9c4baffe68e9adc718caeeab0119c6591a5f2c"),
            Map.entry(
                    "MUTAG/MUTAG_node_labels.txt", "678f429965490e84dd27713017538c995fc05d1621beac910848b600015ee863"),
            Map.entry("PROTEINS/PROTEINS_A.txt", "4c4b33e272fc95cac6d27ed6d5d12b9a852c8610e91fff59f8f0dbdd5a20df67"),
            Map.entry(
                    "PROTEINS/PROTEINS_graph_indicator.txt",
                    "8d4ff1e852a5c28561e9bffb44cf9490bc552b13a3b6156dd12dc7f44e9afc4a"),
            Map.entry(
                    "PROTEINS/PROTEINS_graph_labels.txt",
                    "c0ef9810c440775252872318d0c8adc385588e14bc4c47a2c34aa96ee3c7cdcd"),
            Map.entry(
                    "PROTEINS/PROTEINS_node_attributes.txt",
                    "54eef829abb37e458a5fbf3a3c581e48e5810e220463c2cd951856b9ceb08f07"),
            Map.entry(
                    "PROTEINS/PROTEINS_node_labels.txt",
                    "f758e8ad3d6e3c026b50833d75f6f90735b94eb3345e4243707f495ca8afea8d"),
            Map.entry("cleaned/IMDB-BINARY.zip", "3b2c054fc846d83208527794c72ed9ec9e539bda45453a2d9e0fb146c339e606"),
            Map.entry("cleaned/PROTEINS.zip", "d206560ede2a4189410ec08a3b06ca8d4fe9d8ab8715e6185d445bee02b8d1cf"),
            Map.entry("Mutagenicity.zip", "20c0134bad28fa23a1dd928c6cf5afa6b6f1db10758d8622cfac7245207a95ca"));

    /**
     * A set.
     *
     * @param info what is known of it
     * @param files its name in files
     * @param original where it is
     * @param cleaned where it is without isomorphic graphs
     */
    record KnownSet(DatasetInfo info, String files, LooseOrZipped original, LooseOrZipped cleaned) {}

    private final Map<String, KnownSet> sets = new LinkedHashMap<>();

    KnownSets() {
        add(
                "mutag",
                "MUTAG",
                "188 molecules; the class is whether they are mutagenic to a bacterium.",
                "A. K. Debnath, R. L. Lopez de Compadre, G. Debnath, A. J. Shusterman, C. Hansch: Structure-activity"
                        + " relationship of mutagenic aromatic and heteroaromatic nitro compounds. J. Med. Chem. 34, 1991",
                NODE_LABELS,
                EDGE_LABELS);
        addMutagenicity();
        String borgwardt =
                "K. M. Borgwardt, C. S. Ong, S. Schoenauer, S. V. N. Vishwanathan, A. J. Smola, H. P. Kriegel:"
                        + " Protein function prediction via graph kernels. Bioinformatics 21, 2005";
        add(
                "proteins",
                "PROTEINS",
                "1113 proteins as graphs of their secondary structure; the class is whether they are enzymes.",
                borgwardt,
                NODE_LABELS,
                NODE_ATTRIBUTES);
        add(
                "enzymes",
                "ENZYMES",
                "600 enzymes as graphs of their secondary structure; the class is one of six kinds of enzymes.",
                borgwardt,
                NODE_LABELS,
                NODE_ATTRIBUTES);
        String dobson =
                "P. D. Dobson, A. J. Doig: Distinguishing enzyme structures from non-enzymes without alignments."
                        + " J. Mol. Biol. 330, 2003";
        add(
                "dd",
                "DD",
                "1178 proteins as graphs of amino acids; the class is whether they are enzymes.",
                dobson,
                NODE_LABELS);
        String wale =
                "N. Wale, I. A. Watson, G. Karypis: Comparison of descriptor spaces for chemical compound retrieval"
                        + " and classification. Knowledge and Information Systems 14, 2008";
        add("nci1", "NCI1", "4110 molecules; the class is whether they act on lung cancer.", wale, NODE_LABELS);
        add("nci109", "NCI109", "4127 molecules; the class is whether they act on ovarian cancer.", wale, NODE_LABELS);
        add(
                "aids",
                "AIDS",
                "2000 molecules; the class is whether they act on HIV.",
                "K. Riesen, H. Bunke: IAM Graph Database Repository for Graph Based Pattern Recognition and Machine"
                        + " Learning. SSPR 2008",
                NODE_LABELS,
                NODE_ATTRIBUTES,
                EDGE_LABELS);
        add(
                "ptc-mr",
                "PTC_MR",
                "344 molecules; the class is whether they cause cancer in male rats.",
                "C. Helma, R. D. King, S. Kramer, A. Srinivasan: The Predictive Toxicology Challenge 2000-2001."
                        + " Bioinformatics 17, 2001",
                NODE_LABELS,
                EDGE_LABELS);
        String yanardag = "P. Yanardag, S. V. N. Vishwanathan: Deep Graph Kernels. KDD 2015";
        add(
                "imdb-binary",
                "IMDB-BINARY",
                "1000 circles of actors who played together; the class is the genre, action or romance.",
                yanardag);
        add(
                "imdb-multi",
                "IMDB-MULTI",
                "1500 circles of actors who played together; the class is the genre, comedy, romance or science fiction.",
                yanardag);
        add(
                "collab",
                "COLLAB",
                "5000 circles of researchers who wrote together; the class is one of three fields of physics.",
                yanardag);
        add(
                "reddit-binary",
                "REDDIT-BINARY",
                "2000 discussions as graphs of who answered whom; the class is the kind of community, questions and"
                        + " answers or debate.",
                yanardag);
        add(
                "reddit-multi-5k",
                "REDDIT-MULTI-5K",
                "4999 discussions as graphs of who answered whom; the class is one of five communities.",
                yanardag);
    }

    private void add(String name, String files, String description, String citation, String... parts) {
        Map<String, Optional<String>> loose = new LinkedHashMap<>();
        for (String part : List.of(TuFiles.ADJACENCY, "_graph_indicator.txt", "_graph_labels.txt")) {
            addFile(loose, files, part);
        }
        for (String part : parts) {
            addFile(loose, files, part);
        }
        RemoteFile archive =
                new RemoteFile("tudataset/" + files + ".zip", URI.create(ORIGIN + files + ".zip"), Optional.empty());
        add(
                new DatasetInfo(
                        name,
                        files,
                        description,
                        Task.GRAPH,
                        ORIGIN + files + ".zip",
                        TU + "; " + citation,
                        LICENCE,
                        false),
                files,
                new LooseOrZipped("tudataset/" + files, loose, archive, LIMITS));
    }

    private static void addFile(Map<String, Optional<String>> loose, String files, String part) {
        loose.put(files + part, Optional.ofNullable(CHECKSUMS.get(files + "/" + files + part)));
    }

    /** From the PGExplainer repository, which adds the true explanation. */
    private void addMutagenicity() {
        String file = "Mutagenicity.zip";
        add(
                new DatasetInfo(
                        "mutagenicity",
                        "Mutagenicity",
                        "4337 molecules; the class is whether they are mutagenic. NO2 and NH2 groups are marked as the"
                                + " reason, which explains 1015 of the 2401 mutagens.",
                        Task.GRAPH,
                        "https://github.com/flyingdoog/PGExplainer (the set of TU Dortmund with marked edges)",
                        TU + "; J. Kazius, R. McGuire, R. Bursi: Derivation and validation of toxicophores for"
                                + " mutagenicity prediction. J. Med. Chem. 48, 2005; D. Luo, W. Cheng, D. Xu, W. Yu,"
                                + " B. Zong, H. Chen, X. Zhang: Parameterized Explainer for Graph Neural Network."
                                + " NeurIPS 2020",
                        "none stated, neither by TUDataset, which asks for citation, nor by PGExplainer",
                        false),
                "Mutagenicity",
                new LooseOrZipped(
                        "pgexplainer/Mutagenicity",
                        Map.of(),
                        new RemoteFile(
                                "pgexplainer/" + file,
                                URI.create(PGEXPLAINER + file),
                                Optional.of(CHECKSUMS.get(file))),
                        LIMITS));
    }

    private void add(DatasetInfo info, String files, LooseOrZipped original) {
        String file = "cleaned/" + files + ".zip";
        RemoteFile archive = new RemoteFile(
                "tudataset/" + file, URI.create(CLEANED + files + ".zip"), Optional.ofNullable(CHECKSUMS.get(file)));
        sets.put(
                info.name(),
                new KnownSet(
                        info,
                        files,
                        original,
                        new LooseOrZipped("tudataset/cleaned/" + files, Map.of(), archive, LIMITS)));
    }

    Map<String, KnownSet> byName() {
        return sets;
    }
}
