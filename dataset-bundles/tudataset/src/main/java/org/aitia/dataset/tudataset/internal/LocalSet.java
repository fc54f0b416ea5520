package org.aitia.dataset.tudataset.internal;

import java.util.List;
import java.util.regex.Pattern;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.TaskMonitor;
import org.aitia.formats.BadFormat;
import org.aitia.formats.FileSet;

/** Finds a set among files of a user, in the form of TU Dortmund or in the text form of GIN. */
final class LocalSet {
    /** Texts beside sets: descriptions, and the folds of GIN's archive. */
    private static final Pattern OTHER_TEXT = Pattern.compile("(?i)(.*readme.*|.*idx[-_]?\\d*|licen[cs]e.*|citing.*"
            + "|.*_(graph_indicator|(graph|node|edge)_(labels|attributes)|edge_gt))");

    private final FileSet files;
    private final String name;

    LocalSet(FileSet files, String name) {
        this.files = files;
        this.name = name;
    }

    /** A set that has been read, and what its numbers stand for. */
    record Found(Tables tables, Meanings meanings) {}

    Found read(TaskMonitor monitor) {
        List<String> prefixes = files.paths().stream()
                .filter(path -> path.endsWith(TuFiles.ADJACENCY))
                .map(path -> path.substring(0, path.length() - TuFiles.ADJACENCY.length()))
                .toList();
        if (!prefixes.isEmpty()) {
            Tables tables = TuFiles.read(files, choose(prefixes), monitor);
            return new Found(tables, Meanings.of(tables.name()));
        }
        List<String> texts = files.paths().stream()
                .filter(path -> path.endsWith(".txt"))
                .map(path -> path.substring(0, path.length() - ".txt".length()))
                .filter(path -> !OTHER_TEXT.matcher(last(path)).matches())
                .toList();
        if (texts.isEmpty()) {
            throw BadFormat.of(
                    files.name(),
                    "",
                    "NAME_A.txt, NAME_graph_indicator.txt and NAME_graph_labels.txt",
                    files.paths().isEmpty() ? "no files" : BadFormat.quote(String.join(", ", files.paths())),
                    "name a folder or zip archive that holds them");
        }
        String text = choose(texts);
        return new Found(GinText.read(last(text), files.require(text + ".txt"), monitor), Meanings.unknown());
    }

    private String choose(List<String> prefixes) {
        List<String> names = prefixes.stream().map(LocalSet::last).toList();
        if (name.isEmpty()) {
            if (prefixes.size() > 1) {
                throw new InvalidRequestException(files.name() + " holds several sets ("
                        + BadFormat.quote(String.join(", ", names)) + "); choose one with option name");
            }
            return prefixes.get(0);
        }
        List<String> found =
                prefixes.stream().filter(prefix -> last(prefix).equals(name)).toList();
        if (found.isEmpty()) {
            throw NotFoundException.of("set in " + files.name(), name, names);
        } else if (found.size() > 1) {
            throw new InvalidRequestException(files.name() + " holds set " + BadFormat.quote(name) + " " + found.size()
                    + " times; name the folder of the right one as path");
        }
        return found.get(0);
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
