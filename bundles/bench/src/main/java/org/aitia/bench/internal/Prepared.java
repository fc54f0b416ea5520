package org.aitia.bench.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.bench.Suite.Data;
import org.aitia.api.dataset.Dataset;
import org.aitia.bench.internal.suite.Instances;

/**
 * A data set of a suite that is there. It does not hold the data, which may be large.
 *
 * @param data what the suite says of it
 * @param digest identity of the content
 * @param task what its labels are about
 * @param options that it was loaded with
 * @param targets instances that are explained
 * @param validation instances on which settings are chosen; may be empty
 * @param examples targets that are drawn
 * @param size nodes and edges, to tell how long training takes
 */
record Prepared(
        Data data,
        String digest,
        Task task,
        Map<String, String> options,
        List<Integer> targets,
        List<Integer> validation,
        List<Integer> examples,
        double size) {

    /**
     * Reads what the suite says of loaded data.
     *
     * @param monitor told of examples that are not explained
     * @throws InvalidRequestException if an instance is not there, or is both explained and used for validation
     */
    static Prepared of(Data data, Dataset dataset, TaskMonitor monitor) {
        List<Integer> targets = Instances.parse(data.targets()).of(dataset);
        List<Integer> validation =
                data.validation().map(text -> Instances.parse(text).of(dataset)).orElse(List.of());
        Set<Integer> explained = new HashSet<>(targets);
        Optional<Integer> shared =
                validation.stream().filter(explained::contains).findFirst();
        if (shared.isPresent()) {
            throw new InvalidRequestException("instance " + shared.get() + " of data set '" + data.label()
                    + "' is both among 'targets' and 'validation': settings would be chosen on what they are judged by;"
                    + " take it from one of them");
        }
        List<Integer> examples =
                data.examples().stream().filter(explained::contains).toList();
        if (examples.size() < data.examples().size()) {
            monitor.message("note: of the examples of data set '" + data.label() + "', only " + examples
                    + " are among its targets; others are not drawn");
        }
        double size = dataset.graphs().stream()
                .mapToDouble(graph -> (double) graph.nodeCount() + graph.edgeCount())
                .sum();
        return new Prepared(
                data,
                dataset.digest(),
                dataset.info().task(),
                dataset.options(),
                targets,
                validation,
                examples.isEmpty() ? targets.subList(0, 1) : examples,
                size);
    }
}
