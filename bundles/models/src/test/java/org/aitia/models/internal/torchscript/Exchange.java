package org.aitia.models.internal.torchscript;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.aitia.api.NotFoundException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ImportReport;
import org.aitia.api.model.ImportRequest;
import org.aitia.models.internal.Architectures;
import org.aitia.models.internal.store.DirectoryModelStore;
import org.aitia.testkit.tck.Workbench;

/** Imports and exports between a directory and the modules among the test resources. */
final class Exchange {
    final DirectoryModelStore store;
    final TorchScriptExchange exchange;

    Exchange(Path directory, Architectures architectures, Dataset... datasets) {
        store = new DirectoryModelStore(directory, architectures);
        exchange = new TorchScriptExchange(new Given(datasets), Workbench.devices(), store, "0.1.0");
    }

    Exchange(Path directory, Dataset... datasets) {
        this(directory, Architectures.of(new TorchScriptArchitecture()), datasets);
    }

    static Path module(String name) {
        try {
            return Path.of(Exchange.class.getResource("/torchscript/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    static ImportRequest request(Path file, Task task) {
        return new ImportRequest(
                file, "imported", task, OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Map.of(), 3);
    }

    static ImportRequest on(ImportRequest r, String dataset) {
        return new ImportRequest(
                r.file(), r.name(), r.task(), r.classes(), r.features(), Optional.of(dataset), Map.of(), r.seed());
    }

    ImportReport importModule(String name, Task task) {
        return exchange.importModel(request(module(name), task), TaskMonitor.NONE);
    }

    GnnModel imported() {
        return store.load("imported");
    }

    private record Given(Dataset... datasets) implements Datasets {
        @Override
        public List<DatasetEntry> list() {
            return List.of();
        }

        @Override
        public DatasetEntry find(String name) {
            throw NotFoundException.of("data set", name, List.of());
        }

        @Override
        public Dataset load(String name, Map<String, String> options, TaskMonitor monitor) {
            return Arrays.stream(datasets)
                    .filter(d -> d.info().name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> NotFoundException.of("data set", name, List.of()));
        }
    }
}
