package org.aitia.dataset.usergraph.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.formats.ByteSource;

/**
 * What users say of their graph in {@code graph.json}; all of it may be left out.
 *
 * @param title for people
 * @param description what it is
 * @param origin where it comes from
 * @param citation what to cite
 * @param licence under which terms
 * @param task what labels are about; empty if the files tell
 * @param directed whether edges have a direction; empty if the format tells
 * @param selfLoops what becomes of edges from a node to itself
 * @param duplicates what becomes of edges that are there twice
 * @param normalization what is done to features
 * @param classes the classes in their order; empty if labels tell
 * @param nodes of nodes.csv
 * @param edges of edges.csv
 * @param graphs of graphs.csv
 * @param links of links.csv
 * @param fractions of the random split
 */
record Descriptor(
        Optional<String> title,
        Optional<String> description,
        Optional<String> origin,
        Optional<String> citation,
        Optional<String> licence,
        Optional<TaskName> task,
        Optional<Boolean> directed,
        Loops selfLoops,
        Duplicates duplicates,
        Normalization normalization,
        List<String> classes,
        TableRules nodes,
        TableRules edges,
        TableRules graphs,
        TableRules links,
        Fractions fractions) {

    /** What labels are about. */
    enum TaskName {
        /** Nodes. */
        NODE,
        /** Whole graphs. */
        GRAPH,
        /** Pairs of nodes. */
        LINK
    }

    /** What becomes of edges from a node to itself. */
    enum Loops {
        /** They stay. */
        KEEP,
        /** They go. */
        DROP,
        /** They are faults. */
        ERROR
    }

    /** What becomes of edges that are there twice. */
    enum Duplicates {
        /** The first stays. */
        FIRST,
        /** They are faults. */
        ERROR
    }

    /** What is done to the features of nodes. */
    enum Normalization {
        /** Nothing. */
        NONE,
        /** Those of each node are divided by the sum of their absolute values. */
        ROW,
        /** Each has mean 0 and standard deviation 1 over all nodes. */
        STANDARD
    }

    /**
     * Of a table.
     *
     * @param file its name
     * @param names which column is what, for example {@code label} to {@code species}
     * @param rules of columns of features
     * @param missing what becomes of missing values where no rule says otherwise
     */
    record TableRules(
            Optional<String> file,
            Map<String, String> names,
            Map<String, ColumnRule> rules,
            ColumnRule.Missing missing) {
        Optional<String> name(String role) {
            return Optional.ofNullable(names.get(role));
        }

        ColumnRule rule(String column) {
            return rules.getOrDefault(column, new ColumnRule(Optional.empty(), missing));
        }
    }

    /**
     * Of the random split.
     *
     * @param train to learn from
     * @param validation to choose by
     * @param test to report on
     */
    record Fractions(double train, double validation, double test) {}

    /** Nothing said. */
    static Descriptor none() {
        return of(JsonPart.empty());
    }

    static Descriptor read(ByteSource source) {
        return of(JsonPart.parse(source));
    }

    private static Descriptor of(JsonPart json) {
        json.allow(
                "title",
                "description",
                "origin",
                "citation",
                "licence",
                "task",
                "directed",
                "selfLoops",
                "duplicates",
                "normalization",
                "classes",
                "nodes",
                "edges",
                "graphs",
                "links",
                "split");
        List<String> classes = json.texts("classes");
        if (classes.stream().distinct().count() < classes.size()) {
            throw json.wrong("classes", "different names", "one of them twice", "name every class once");
        }
        return new Descriptor(
                json.text("title"),
                json.text("description"),
                json.text("origin"),
                json.text("citation"),
                json.text("licence"),
                json.choice("task", TaskName.class),
                json.truth("directed"),
                json.choice("selfLoops", Loops.class).orElse(Loops.KEEP),
                json.choice("duplicates", Duplicates.class).orElse(Duplicates.FIRST),
                json.choice("normalization", Normalization.class).orElse(Normalization.NONE),
                classes,
                table(json.part("nodes"), "id", "label", "split", "graph"),
                table(json.part("edges"), "source", "target", "weight", "truth", "graph"),
                table(json.part("graphs"), "id", "label", "split"),
                table(json.part("links"), "source", "target", "label", "split"),
                fractions(json.part("split")));
    }

    private static TableRules table(JsonPart json, String... roles) {
        String[] keys = new String[roles.length + 3];
        System.arraycopy(roles, 0, keys, 0, roles.length);
        keys[roles.length] = "file";
        keys[roles.length + 1] = "columns";
        keys[roles.length + 2] = "missing";
        json.allow(keys);
        Map<String, String> names = new LinkedHashMap<>();
        for (String role : roles) {
            json.text(role).ifPresent(name -> names.put(role, name));
        }
        ColumnRule.Missing missing =
                json.choice("missing", ColumnRule.Missing.class).orElse(ColumnRule.Missing.ERROR);
        return new TableRules(json.text("file"), names, json.columns("columns", missing), missing);
    }

    private static Fractions fractions(JsonPart json) {
        json.allow("train", "validation", "test");
        Fractions fractions = new Fractions(
                json.fraction("train").orElse(0.6),
                json.fraction("validation").orElse(0.2),
                json.fraction("test").orElse(0.2));
        double sum = fractions.train() + fractions.validation() + fractions.test();
        if (sum > 1 + 1e-9) {
            throw json.wrong("train", "fractions that add up to at most 1", Double.toString(sum), "correct them");
        }
        return fractions;
    }
}
