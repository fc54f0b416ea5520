package org.aitia.bench.internal.suite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.aitia.api.DataFormatException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A value of a YAML document, with its place. */
final class Item {
    private final String file;
    private final String what;
    private final Node node;

    private Item(String file, String what, Node node) {
        this.file = file;
        this.what = what;
        this.node = node;
    }

    /**
     * Reads a document.
     *
     * @param file its name, for messages
     * @param text of the document
     * @throws DataFormatException if it is no YAML
     */
    static Item read(String file, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setAllowDuplicateKeys(true) // told here, with both places
                .build();
        try {
            Node root = new Compose(settings)
                    .composeString(text)
                    .orElseThrow(() -> new DataFormatException(
                            file + ": the file is empty; a suite names datasets, models," + " explainers and studies"));
            return new Item(file, "the suite", root);
        } catch (MarkedYamlEngineException e) {
            throw new DataFormatException(
                    place(file, e.getProblemMark()) + "this is no YAML: " + oneLine(e.getProblem()), e);
        } catch (YamlEngineException e) {
            throw new DataFormatException(file + ": this is no YAML: " + oneLine(e.getMessage()), e);
        }
    }

    private static String oneLine(String text) {
        return String.valueOf(text).strip().replaceAll("\\s+", " ");
    }

    private static String place(String file, Optional<Mark> mark) {
        return file
                + mark.map(at -> ":" + (at.getLine() + 1) + ":" + (at.getColumn() + 1))
                        .orElse("")
                + ": ";
    }

    /** Returns this value under a name, for messages. */
    Item named(String name) {
        return new Item(file, name, node);
    }

    /** What it is, for messages. */
    String what() {
        return what;
    }

    /** Makes an error that says where it is. */
    DataFormatException error(String message) {
        return new DataFormatException(place(file, node.getStartMark()) + message);
    }

    /** Makes an error of another exception. */
    DataFormatException error(RuntimeException cause) {
        return new DataFormatException(place(file, node.getStartMark()) + cause.getMessage(), cause);
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    /** Returns text as it was written: numbers keep their form. */
    String text() {
        if (!(node instanceof ScalarNode scalar)) {
            throw error(what + " takes text or a number, not " + kind());
        }
        if (scalar.getTag().equals(Tag.NULL)) {
            throw error(what + " has no value; write one, or '' for an empty one");
        }
        return scalar.getValue();
    }

    /** Returns a value of which text is the notation. */
    <T> T parsed(Function<String, T> parse) {
        try {
            return parse.apply(text());
        } catch (org.aitia.api.InvalidRequestException e) {
            throw error(e);
        }
    }

    int integer(int least) {
        long value = whole();
        if (value < least || value > Integer.MAX_VALUE) {
            throw error(what + " must be " + least + " or more, not " + text());
        }
        return (int) value;
    }

    long whole() {
        try {
            return Long.parseLong(text());
        } catch (NumberFormatException e) {
            throw error(what + " takes a whole number, not '" + text() + "'");
        }
    }

    double number() {
        try {
            double value = Double.parseDouble(text());
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // the same to whoever wrote it
        }
        throw error(what + " takes a number, not '" + text() + "'");
    }

    boolean flag() {
        return switch (text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw error(what + " takes true or false, not '" + text() + "'");
        };
    }

    /** Returns the elements of a list; of anything else, that alone. */
    List<Item> list() {
        List<Item> items = new ArrayList<>();
        if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(element -> items.add(new Item(file, "an entry of " + what, element)));
        } else {
            items.add(this);
        }
        return items;
    }

    /** Returns the values of a map by their keys, in the order of the document. */
    Map<String, Item> map() {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL)) {
            return new LinkedHashMap<>(); // a label with nothing said of it
        }
        if (!(node instanceof MappingNode mapping)) {
            throw error(what + " takes keys with values, not " + kind());
        }
        Map<String, Item> values = new LinkedHashMap<>();
        Map<String, Item> keys = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Item key = new Item(file, "a key of " + what, tuple.getKeyNode());
            String name = key.text();
            Item before = keys.putIfAbsent(name, key);
            if (before != null) {
                throw key.error(
                        "'" + name + "' is in " + what + " twice, before in line " + before.line() + "; keep one");
            }
            values.put(name, new Item(file, "'" + name + "' of " + what, tuple.getValueNode()));
        }
        return values;
    }

    private int line() {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    /** Returns options as typed. */
    Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        map().forEach((key, value) -> options.put(key, value.text()));
        return options;
    }

    /** Returns the values of keys that are known; others are refused. */
    Fields fields(List<String> allowed) {
        return new Fields(this, map(), allowed);
    }

    /** The place of a key whose value this map has. */
    DataFormatException keyError(String key, String message) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key)) {
                    return new Item(file, what, scalar).error(message);
                }
            }
        }
        return error(message);
    }

    private String kind() {
        return isMap() ? "a map" : isList() ? "a list" : "'" + ((ScalarNode) node).getValue() + "'";
    }
}
