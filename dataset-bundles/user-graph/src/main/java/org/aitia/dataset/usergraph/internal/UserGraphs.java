package org.aitia.dataset.usergraph.internal;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.dataset.DatasetProvider;
import org.aitia.api.option.OptionSchema;
import org.aitia.api.option.OptionSpec;
import org.aitia.formats.ByteSource;
import org.aitia.formats.FileSet;
import org.aitia.formats.zip.ZipLimits;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Offers the graph that the user names by its path. */
@Component(property = "aitia.name=" + UserGraphs.NAME)
public final class UserGraphs implements DatasetProvider {
    static final String NAME = "user-graph";

    private static final String FORMS =
            "a folder with nodes.csv and edges.csv, a zip of one, a .graphml file or an .npz file";
    private static final DatasetInfo INFO = new DatasetInfo(
            NAME,
            "User graph",
            "Your own graph, from -D path=...: " + FORMS + ".",
            Task.NODE,
            "your own files",
            "",
            "yours",
            true);
    private static final OptionSchema<UserGraphOptions> SCHEMA = OptionSchema.of(UserGraphOptions.class);

    /** Reads nothing. */
    @Activate
    public UserGraphs() {
        // nothing to do
    }

    @Override
    public List<DatasetInfo> datasets() {
        return List.of(INFO);
    }

    @Override
    public List<OptionSpec> options(String name) {
        check(name);
        return SCHEMA.specs();
    }

    @Override
    public Dataset load(String name, Map<String, String> options, TaskMonitor monitor) {
        check(name);
        UserGraphOptions parsed = SCHEMA.parse(options);
        monitor.checkCancelled();
        Path path = path(parsed.path());
        UserData data = new UserData(parsed.path(), parsed.seed(), options, monitor);
        String file =
                path.getFileName() == null ? "" : path.getFileName().toString().toLowerCase(Locale.ROOT);
        if (Files.isDirectory(path) || file.endsWith(".zip")) {
            return files(path, data);
        }
        if (file.endsWith(".npz")) {
            return new NpzGraph(beside(path), data).load(path);
        }
        if (file.endsWith(".graphml") || file.endsWith(".xml")) {
            Descriptor descriptor = beside(path);
            return new TableGraph(GraphMl.read(ByteSource.of(path), monitor), descriptor, monitor).load(data);
        }
        throw new InvalidRequestException(
                "option path: expected " + FORMS + ", found '" + path + "'; convert it first");
    }

    private static void check(String name) {
        if (!name.equals(NAME)) {
            throw NotFoundException.of("dataset", name, List.of(NAME));
        }
    }

    private static Path path(String given) {
        if (given.isBlank()) {
            throw new InvalidRequestException(
                    "data set 'user-graph' needs option path: " + FORMS + "; for example -D path=mygraph");
        }
        Path path;
        try {
            path = given.startsWith("~/")
                    ? Path.of(System.getProperty("user.home"), given.substring(2))
                    : Path.of(given);
        } catch (InvalidPathException e) {
            throw new InvalidRequestException("option path: '" + given + "' is no path: " + e.getReason(), e);
        }
        if (!Files.exists(path)) {
            throw new InvalidRequestException("option path: expected " + FORMS + ", found nothing at '" + given + "'"
                    + (path.isAbsolute()
                            ? ""
                            : " (that is " + path.toAbsolutePath().normalize() + ")")
                    + "; correct the path");
        }
        return path;
    }

    /** What archives may hold: as much as any, or twice as much as they are long, which no bomb does. */
    static ZipLimits limits(Path file) {
        long size = file.toFile().length();
        return ZipLimits.DEFAULT.withBytes(
                Math.max(ZipLimits.DEFAULT.entryBytes(), 2 * size), Math.max(ZipLimits.DEFAULT.totalBytes(), 2 * size));
    }

    private static Dataset files(Path path, UserData data) {
        try (FileSet files = FileSet.open(path, limits(path))) {
            Descriptor descriptor =
                    files.find("graph.json").map(Descriptor::read).orElseGet(Descriptor::none);
            TableGraph.Tables tables = new TableGraph.Tables(
                    files.name(),
                    table(files, descriptor.nodes(), "nodes.csv"),
                    Table.csv(files.require(descriptor.edges().file().orElse("edges.csv"))),
                    table(files, descriptor.graphs(), "graphs.csv"),
                    table(files, descriptor.links(), "links.csv"),
                    false);
            return new TableGraph(tables, descriptor, data.monitor()).load(data);
        }
    }

    /** A table that may be missing, unless the descriptor names it. */
    private static Optional<Table> table(FileSet files, Descriptor.TableRules rules, String customary) {
        return rules.file().map(files::require).or(() -> files.find(customary)).map(Table::csv);
    }

    /** The descriptor of a single file: {@code x.json} beside {@code x.npz}. */
    private static Descriptor beside(Path file) {
        String name = file.getFileName().toString();
        Path json = file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".json");
        return Files.isRegularFile(json) ? Descriptor.read(ByteSource.of(json)) : Descriptor.none();
    }
}
