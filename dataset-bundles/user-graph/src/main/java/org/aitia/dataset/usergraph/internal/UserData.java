package org.aitia.dataset.usergraph.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;

/**
 * What is known before reading, and who is told what was found out.
 *
 * @param path as the user wrote it
 * @param seed of the random split
 * @param given options as given
 * @param monitor told what was guessed
 */
record UserData(String path, long seed, Map<String, String> given, TaskMonitor monitor) {
    private static final int LONGEST = 600;

    /** Begins the data set, and says in its description and to the monitor how the files were understood. */
    Dataset.Builder begin(Descriptor descriptor, Task task, List<String> findings) {
        String understood = String.join("; ", findings);
        monitor.message("user-graph: " + path + " read as " + understood);
        String shown = understood.length() <= LONGEST ? understood : understood.substring(0, LONGEST) + "...";
        DatasetInfo info = new DatasetInfo(
                UserGraphs.NAME,
                descriptor.title().orElse("User graph"),
                descriptor.description().map(d -> d + " ").orElse("") + "Read from " + path + " as " + shown + ".",
                task,
                descriptor.origin().orElse("your own file: " + path),
                descriptor.citation().orElse(""),
                descriptor.licence().orElse("yours; none stated"),
                true); // no files of ours: nothing to verify or to refresh
        return Dataset.builder(info).options(given);
    }

    /** One clause on the classes. */
    static String classes(List<String> names) {
        if (names.isEmpty()) {
            return "no labels";
        }
        List<String> shown = new ArrayList<>(names.subList(0, Math.min(8, names.size())));
        if (shown.size() < names.size()) {
            shown.add("...");
        }
        return "classes: " + String.join(", ", shown);
    }
}
