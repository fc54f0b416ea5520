package org.aitia.shell.internal.command;

import java.util.Locale;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;

/** Nodes, graphs and links as commands name them. */
final class InstanceText {
    private InstanceText() {}

    /** What instances are: {@code node}, {@code graph} or {@code link}. */
    static String kind(Dataset dataset) {
        return dataset.info().task().name().toLowerCase(Locale.ROOT);
    }

    /** A class by its name, or by its number: a model may know classes that the data does not name. */
    static String className(Dataset dataset, int number) {
        return number < dataset.classCount() ? dataset.classNames().get(number) : Integer.toString(number);
    }

    /** A node's number and name, a graph's number, or both ends of a link. */
    static String name(Dataset dataset, int instance) {
        if (dataset.info().task() == Task.LINK) {
            return dataset.linkSource(instance) + "-" + dataset.linkTarget(instance);
        }
        return dataset.info().task() == Task.GRAPH
                ? Integer.toString(instance)
                : instance
                        + dataset.graph()
                                .nodeName(instance)
                                .map(name -> " (" + name + ")")
                                .orElse("");
    }
}
