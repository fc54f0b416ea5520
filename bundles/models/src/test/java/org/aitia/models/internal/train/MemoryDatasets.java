package org.aitia.models.internal.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aitia.api.NotFoundException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetCache;
import org.aitia.api.dataset.DatasetProvider;
import org.aitia.api.dataset.Datasets;
import org.aitia.dataset.planetoid.internal.PlanetoidDatasets;
import org.aitia.dataset.synthetic.internal.SyntheticDatasets;
import org.aitia.testkit.data.SharedFiles;

/** Data sets without OSGi: generated ones, Planetoid's from the shared folder, and those that a test adds. */
public final class MemoryDatasets implements Datasets {
    private static final Path SHARED = SharedFiles.datasets();

    private final Map<String, Dataset> own;
    private final DatasetProvider synthetic = new SyntheticDatasets();

    /** Offers data sets of the test besides the others. */
    public MemoryDatasets(Dataset... own) {
        this.own = java.util.Arrays.stream(own)
                .collect(java.util.stream.Collectors.toMap(d -> d.info().name(), d -> d));
    }

    public static boolean hasPlanetoid() {
        return Files.exists(SHARED.resolve("planetoid"));
    }

    @Override
    public List<DatasetEntry> list() {
        return List.of();
    }

    @Override
    public DatasetEntry find(String name) {
        throw NotFoundException.of("data set", name, own.keySet());
    }

    @Override
    public Dataset load(String name, Map<String, String> options, TaskMonitor monitor) {
        if (own.containsKey(name)) {
            return own.get(name);
        }
        for (DatasetProvider provider : List.of(synthetic, planetoid())) {
            if (provider.datasets().stream().anyMatch(info -> info.name().equals(name))) {
                return provider.load(name, options, monitor);
            }
        }
        throw NotFoundException.of("data set", name, own.keySet());
    }

    private static DatasetProvider planetoid() {
        DatasetCache shared = (dataset, files, monitor) ->
                files.stream().map(f -> SHARED.resolve(f.mirrorPath())).toList();
        return new PlanetoidDatasets(shared);
    }
}
