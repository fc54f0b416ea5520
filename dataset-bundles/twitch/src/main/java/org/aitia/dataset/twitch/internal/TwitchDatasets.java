package org.aitia.dataset.twitch.internal;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.api.NotFoundException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetCache;
import org.aitia.api.dataset.DatasetCache.RemoteFile;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.dataset.DatasetProvider;
import org.aitia.api.dataset.Split;
import org.aitia.api.option.OptionSchema;
import org.aitia.api.option.OptionSpec;
import org.aitia.dataset.twitch.internal.TwitchOptions.Form;
import org.aitia.formats.FileSet;
import org.aitia.formats.origin.LooseOrZipped;
import org.aitia.formats.split.RandomSplits;
import org.aitia.formats.zip.ZipLimits;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers the networks of seven countries. */
@Component(
        property = {
            "aitia.name=twitch-de",
            "aitia.name=twitch-engb",
            "aitia.name=twitch-es",
            "aitia.name=twitch-fr",
            "aitia.name=twitch-ptbr",
            "aitia.name=twitch-ru",
            "aitia.name=twitch-tw"
        })
public final class TwitchDatasets implements DatasetProvider {
    private static final URI ARCHIVE = URI.create("https://snap.stanford.edu/data/twitch.zip");
    private static final String DEAD = "https://graphmining.ai/datasets/ptg/twitch/";

    /** What is known of the files of two countries. */
    private static final Map<String, String> CHECKSUMS = Map.of(
            "DE/musae_DE_edges.csv", "54feaf3e3e70a485fe07f8611e4d2677841b97f77b8358204bcf4a48cc884d86",
            "DE/musae_DE_features.json", "7b39c42570f05cd46017c765df8d8a1bc03f19787c3eb0f9684f50a52476ae3a",
            "DE/musae_DE_target.csv", "2188f58a093bb9db363d3eaf7c3a52c2adc8ff6b23cbcb4f53875f87061c0321",
            "ENGB/musae_ENGB_edges.csv", "5ea4d7f7267454e9523577eb2a9b4dcb7a22dd660a548240f01b815d08e0e3cc",
            "ENGB/musae_ENGB_features.json", "efcd846f7b687d299c9c674f3cda43cd70de8307d2558895bddd3645eb38d500",
            "ENGB/musae_ENGB_target.csv", "e9d51399878216d2dd662b0a152b602cccde7b5cbb8452cb91d9379f64114443");

    /**
     * A country.
     *
     * @param info what is known of it
     * @param code as in the names of SNAP's files
     * @param npz as in the name of PyTorch Geometric's file
     */
    private record Country(DatasetInfo info, String code, String npz) {}

    private final DatasetCache cache;
    private final OptionSchema<TwitchOptions> schema = OptionSchema.of(TwitchOptions.class);
    private final Map<String, Country> countries = new LinkedHashMap<>();

    /**
     * Creates the provider.
     *
     * @param cache fetches the files
     */
    @Activate
    public TwitchDatasets(@Reference DatasetCache cache) {
        this.cache = cache;
        add("twitch-de", "DE", "DE", "German", 9498, 153138);
        add("twitch-engb", "ENGB", "EN", "English", 7126, 35324);
        add("twitch-es", "ES", "ES", "Spanish", 4648, 59382);
        add("twitch-fr", "FR", "FR", "French", 6549, 112666);
        add("twitch-ptbr", "PTBR", "PT", "Portuguese", 1912, 31299);
        add("twitch-ru", "RU", "RU", "Russian", 4385, 37304);
        add("twitch-tw", "TW", "TW", "Chinese (Taiwan)", 2772, 63462);
    }

    private void add(String name, String code, String npz, String language, int nodes, int edges) {
        DatasetInfo info = new DatasetInfo(
                name,
                "Twitch " + code,
                nodes + " people who stream games in " + language + " and the " + edges
                        + " friendships among them, with games they like, place and habits; the class is whether they"
                        + " stream mature content.",
                Task.NODE,
                "https://snap.stanford.edu/data/twitch-social-networks.html",
                "B. Rozemberczki, C. Allen, R. Sarkar: Multi-scale Attributed Node Embedding. 2019, arXiv 1909.13021",
                "none stated with the files; the author's repository (MUSAE), which holds the same, is GPL-3.0",
                false);
        countries.put(name, new Country(info, code, npz));
    }

    @Override
    public List<DatasetInfo> datasets() {
        return countries.values().stream().map(Country::info).toList();
    }

    @Override
    public List<OptionSpec> options(String name) {
        country(name);
        return schema.specs();
    }

    @Override
    public Dataset load(String name, Map<String, String> options, TaskMonitor monitor) {
        Country country = country(name);
        TwitchOptions parsed = schema.parse(options);
        monitor.checkCancelled();
        Streamers streamers = parsed.form() == Form.NPZ ? npz(country, monitor) : snap(country, parsed, monitor);
        int nodes = streamers.mature().length;
        return Dataset.builder(country.info())
                .options(options)
                .graph(streamers.graph(parsed.selfLoops()))
                .classNames(List.of("not mature", "mature"))
                .featureNames(streamers.featureNames())
                .split("random", RandomSplits.fractions(streamers.mature(), 2, 0.2, 0.2, parsed.seed()))
                .split("all", everything(nodes))
                .build();
    }

    /** All nodes in every part: shows how well a model can describe the data, not how well it predicts. */
    private static Split everything(int nodes) {
        int[] all = IntStream.range(0, nodes).toArray();
        return new Split(all, all, all);
    }

    private Streamers snap(Country country, TwitchOptions options, TaskMonitor monitor) {
        String prefix = country.code() + "/musae_" + country.code();
        String edges = prefix + "_edges.csv";
        String features = prefix + "_features.json";
        String target = prefix + "_target.csv";
        LooseOrZipped files = new LooseOrZipped(
                "twitch",
                Map.of(edges, checksum(edges), features, checksum(features), target, checksum(target)),
                new RemoteFile("twitch/twitch.zip", ARCHIVE, Optional.empty()),
                ZipLimits.DEFAULT.withBytes(1L << 28, 1L << 30));
        try (FileSet found = files.fetch(cache, country.info(), monitor)) {
            return SnapFiles.read(
                    found.require(edges), found.require(features), found.require(target), options.features(), monitor);
        }
    }

    private static Optional<String> checksum(String file) {
        return Optional.ofNullable(CHECKSUMS.get(file));
    }

    private Streamers npz(Country country, TaskMonitor monitor) {
        String file = country.npz() + ".npz";
        Path path = cache.fetch(
                        country.info(),
                        List.of(new RemoteFile("twitch/" + file, URI.create(DEAD + file), Optional.empty())),
                        monitor)
                .get(0);
        return NpzFile.read(path);
    }

    private Country country(String name) {
        Country country = countries.get(name);
        if (country == null) {
            throw NotFoundException.of("dataset", name, countries.keySet());
        }
        return country;
    }
}
