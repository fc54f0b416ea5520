package org.aitia.dataset.tudataset.internal;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetCache;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.dataset.DatasetProvider;
import org.aitia.api.option.OptionSchema;
import org.aitia.api.option.OptionSpec;
import org.aitia.dataset.tudataset.internal.KnownSets.KnownSet;
import org.aitia.formats.FileSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers sets of graphs of TU Dortmund, and those that the user has in the same form. */
@Component(
        property = {
            "aitia.name=mutag",
            "aitia.name=mutagenicity",
            "aitia.name=proteins",
            "aitia.name=enzymes",
            "aitia.name=dd",
            "aitia.name=nci1",
            "aitia.name=nci109",
            "aitia.name=aids",
            "aitia.name=ptc-mr",
            "aitia.name=imdb-binary",
            "aitia.name=imdb-multi",
            "aitia.name=collab",
            "aitia.name=reddit-binary",
            "aitia.name=reddit-multi-5k",
            "aitia.name=tu"
        })
public final class TuDatasets implements DatasetProvider {
    private static final DatasetInfo LOCAL = new DatasetInfo(
            "tu",
            "Graphs in TU Dortmund's form",
            "Any set of graphs in the form of TU Dortmund (NAME_A.txt and so on) or in the text form of GIN, from a"
                    + " folder or zip archive of yours; the class is what its labels say.",
            Task.GRAPH,
            "your own files, named by option path",
            "",
            "that of your files",
            false);

    private final DatasetCache cache;
    private final KnownSets known = new KnownSets();
    private final OptionSchema<TuOptions> schema = OptionSchema.of(TuOptions.class);
    private final OptionSchema<LocalOptions> localSchema = OptionSchema.of(LocalOptions.class);

    /**
     * Creates the provider.
     *
     * @param cache fetches the files
     */
    @Activate
    public TuDatasets(@Reference DatasetCache cache) {
        this.cache = cache;
    }

    @Override
    public List<DatasetInfo> datasets() {
        List<DatasetInfo> infos = new ArrayList<>();
        known.byName().values().forEach(set -> infos.add(set.info()));
        infos.add(LOCAL);
        return List.copyOf(infos);
    }

    @Override
    public List<OptionSpec> options(String name) {
        if (name.equals(LOCAL.name())) {
            return localSchema.specs();
        }
        known(name);
        return schema.specs();
    }

    @Override
    public Dataset load(String name, Map<String, String> options, TaskMonitor monitor) {
        if (name.equals(LOCAL.name())) {
            return loadLocal(options, monitor);
        }
        KnownSet set = known(name);
        TuOptions parsed = schema.parse(options);
        monitor.checkCancelled();
        var place = parsed.cleaned() ? set.cleaned() : set.original();
        try (FileSet files = place.fetch(cache, set.info(), monitor)) {
            Tables tables = TuFiles.read(files, set.files(), monitor);
            return new GraphSet(tables, Meanings.of(set.files()), monitor)
                    .toDataset(set.info(), parsed.features(), parsed.attributes(), parsed.seed())
                    .options(options)
                    .build();
        }
    }

    private Dataset loadLocal(Map<String, String> options, TaskMonitor monitor) {
        LocalOptions parsed = localSchema.parse(options);
        monitor.checkCancelled();
        try (FileSet files = FileSet.open(path(parsed.path()), KnownSets.LIMITS)) {
            LocalSet.Found found = new LocalSet(files, parsed.name()).read(monitor);
            return new GraphSet(found.tables(), found.meanings(), monitor)
                    .toDataset(LOCAL, parsed.features(), parsed.attributes(), parsed.seed())
                    .options(options)
                    .build();
        }
    }

    private static Path path(String text) {
        if (text.isBlank()) {
            throw new InvalidRequestException("data set 'tu' needs option path: a folder or zip archive that holds"
                    + " NAME_A.txt, NAME_graph_indicator.txt and NAME_graph_labels.txt");
        }
        try {
            Path path = Path.of(text);
            if (!Files.exists(path)) {
                throw new InvalidRequestException("option path of data set 'tu' is '" + text + "', but there is no "
                        + path.toAbsolutePath() + "; name a folder or zip archive");
            }
            return path;
        } catch (InvalidPathException e) {
            throw new InvalidRequestException("option path of data set 'tu' is no path: '" + text + "'", e);
        }
    }

    private KnownSet known(String name) {
        KnownSet set = known.byName().get(name);
        if (set == null) {
            throw NotFoundException.of(
                    "dataset", name, datasets().stream().map(DatasetInfo::name).toList());
        }
        return set;
    }
}
