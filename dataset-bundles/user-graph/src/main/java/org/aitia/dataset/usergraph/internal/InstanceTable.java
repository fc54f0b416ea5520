package org.aitia.dataset.usergraph.internal;

import java.util.List;
import java.util.Optional;
import org.aitia.api.TaskMonitor;

/** Graphs of a graph task or candidate links of a link task: what they are, their labels and parts. */
final class InstanceTable {
    private final Table table;
    private final Labels labels;
    private final Splits splits = new Splits();
    private final Ints sources = new Ints();
    private final Ints targets = new Ints();

    InstanceTable(Table table, List<String> classes) {
        this.table = table;
        this.labels = new Labels(classes);
    }

    void readGraphs(Descriptor.TableRules rules, NodeTable.GraphNames names, Faults faults, TaskMonitor monitor) {
        int id = table.find(rules.name("id"), "id", "graph_id", "graph").orElse(0);
        Optional<Integer> label = table.find(rules.name("label"), "label", "class", "y");
        Optional<Integer> split = table.find(rules.name("split"), "split");
        table.read(faults, monitor, row -> {
            String name = row.text(id);
            if (name.isEmpty() || names.contains(name)) {
                throw row.fault(id, "an id that no line before has", "give every graph its own");
            }
            names.number(name);
            rest(row, label, split);
        });
        names.close();
    }

    void readLinks(Descriptor.TableRules rules, NodeTable nodes, Faults faults, TaskMonitor monitor) {
        int source =
                table.find(rules.name("source"), "source", "src", "from", "u").orElse(0);
        int target = table.find(rules.name("target"), "target", "dst", "to", "v")
                .orElseGet(() -> table.columns().size() > 1 ? 1 : table.require("target"));
        Optional<Integer> label = table.find(rules.name("label"), "label", "class", "y");
        Optional<Integer> split = table.find(rules.name("split"), "split");
        table.read(faults, monitor, row -> {
            int from = nodes.find(0, row.text(source));
            int to = nodes.find(0, row.text(target));
            if (from < 0 || to < 0) {
                throw row.fault(from < 0 ? source : target, "the id of a node", "add the node or remove the line");
            }
            if (from == to) {
                throw row.fault(target, "another node than the link's source", "remove the line");
            }
            sources.add(from);
            targets.add(to);
            rest(row, label, split);
        });
    }

    private void rest(Row row, Optional<Integer> label, Optional<Integer> split) {
        label.ifPresentOrElse(column -> labels.add(row, column), labels::addNone);
        split.ifPresentOrElse(column -> splits.add(row, column, labels.lastIsKnown()), splits::addNone);
    }

    Labels labels() {
        return labels;
    }

    Splits splits() {
        return splits;
    }

    int[] sources() {
        return sources.toArray();
    }

    int[] targets() {
        return targets.toArray();
    }
}
