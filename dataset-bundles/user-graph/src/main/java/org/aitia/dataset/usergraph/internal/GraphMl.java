package org.aitia.dataset.usergraph.internal;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.aitia.api.DataFormatException;
import org.aitia.api.TaskMonitor;
import org.aitia.formats.BadFormat;
import org.aitia.formats.ByteSource;

/**
 * Reads GraphML into tables: attributes of nodes, edges and graphs are columns. A file of several graphs is a graph
 * task. Nested graphs, hyperedges and ports are refused.
 *
 * <p>StAX of the JDK does it: it streams, knows the line of everything, and lets us switch off document types, which
 * are what makes XML from strangers dangerous.
 */
final class GraphMl {
    private static final long LARGEST = 1L << 30;
    private static final int HEAD = 256;
    private static final Pattern ENCODING =
            Pattern.compile("(?:\\u00ef\\u00bb\\u00bf)?<\\?xml[^>]*?encoding=[\"']([^\"'>]*)[\"']");

    private final ByteSource source;
    private final TaskMonitor monitor;
    private final Map<String, Key> keys = new LinkedHashMap<>();
    private final List<Map<String, String>> nodes = new ArrayList<>();
    private final List<Map<String, String>> edges = new ArrayList<>();
    private final List<Map<String, String>> graphs = new ArrayList<>();
    private final Ints nodeLines = new Ints();
    private final Ints edgeLines = new Ints();
    private final Ints graphLines = new Ints();
    private Optional<Boolean> directed = Optional.empty();
    private XMLStreamReader xml;

    /** An attribute: what it is of, its name and the value where none is given. */
    private record Key(String domain, String name, Optional<String> byDefault) {}

    private GraphMl(ByteSource source, TaskMonitor monitor) {
        this.source = source;
        this.monitor = monitor;
    }

    static TableGraph.Tables read(ByteSource source, TaskMonitor monitor) {
        if (source.size() > LARGEST) {
            throw BadFormat.of(
                    source.name(), "", "at most " + LARGEST + " bytes", source.size() + "", "bring the graph as .npz");
        }
        return new GraphMl(source, monitor).tables();
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /** Decodes strictly: the parser's own decoder writes of wrong bytes to standard error. */
    private Reader text(InputStream in) throws IOException {
        in.mark(HEAD);
        byte[] head = in.readNBytes(HEAD);
        in.reset();
        boolean wide = head.length >= 2
                && (head[0] == (byte) 0xfe && head[1] == (byte) 0xff
                        || head[0] == (byte) 0xff && head[1] == (byte) 0xfe);
        Matcher declared = ENCODING.matcher(new String(head, StandardCharsets.ISO_8859_1));
        Charset charset = wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
        if (!wide && declared.lookingAt()) {
            try {
                charset = Charset.forName(declared.group(1));
            } catch (IllegalArgumentException e) {
                throw BadFormat.of(
                        source.name(),
                        "line 1",
                        "a known encoding",
                        BadFormat.quote(declared.group(1)),
                        "save it in UTF-8");
            }
        }
        if (head.length >= 3 && head[0] == (byte) 0xef && head[1] == (byte) 0xbb && head[2] == (byte) 0xbf) {
            in.skipNBytes(3); // a byte order mark
        }
        return new BufferedReader(new InputStreamReader(
                in,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
    }

    private TableGraph.Tables tables() {
        try (InputStream in = new BufferedInputStream(source.open(), 1 << 16)) {
            xml = factory().createXMLStreamReader(text(in));
            try {
                document();
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
            DataFormatException failure =
                    BadFormat.of(source.name(), "line " + line, "GraphML", reason(e), "correct it or export it again");
            failure.initCause(e);
            throw failure;
        } catch (IOException e) {
            throw BadFormat.unreadable(source.name(), e);
        } catch (DataFormatException e) {
            throw e;
        } catch (RuntimeException e) { // the parser's own limits and slips
            DataFormatException failure =
                    BadFormat.of(source.name(), "", "GraphML", BadFormat.oneLine(e), "export it again");
            failure.initCause(e);
            throw failure;
        }
        if (graphs.isEmpty()) {
            throw BadFormat.of(source.name(), "", "a graph", "none", "export it again");
        }
        boolean many = graphs.size() > 1;
        return new TableGraph.Tables(
                source.name(),
                Optional.of(table("node", nodes, nodeLines, many ? List.of("id", "graph_id") : List.of("id"))),
                table(
                        "edge",
                        edges,
                        edgeLines,
                        many ? List.of("source", "target", "graph_id") : List.of("source", "target")),
                many ? Optional.of(table("graph", graphs, graphLines, List.of("id"))) : Optional.empty(),
                Optional.empty(),
                directed.orElse(false));
    }

    private static String reason(XMLStreamException e) {
        String text = e.getMessage() == null ? "something else" : e.getMessage();
        int message = text.indexOf("Message: "); // the parser repeats the place before it
        return BadFormat.quote((message < 0 ? text : text.substring(message + 9)).strip());
    }

    private Table table(String domain, List<Map<String, String>> rows, Ints lines, List<String> own) {
        List<String> columns = new ArrayList<>(own);
        TreeSet<String> clashes = new TreeSet<>();
        for (Key key : keys.values()) {
            if (applies(key, domain)) {
                if (columns.contains(column(key))) {
                    clashes.add(key.name());
                } else {
                    columns.add(column(key));
                }
            }
        }
        if (!clashes.isEmpty()) {
            throw BadFormat.of(
                    source.name(), "", "one <key> for each attribute", "two named " + clashes, "rename one of them");
        }
        List<Table.Line> records = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            Map<String, String> row = rows.get(i);
            records.add(new Table.Line(
                    lines.get(i),
                    columns.stream().map(c -> row.getOrDefault(c, "")).toList()));
        }
        return Table.of(source.name(), List.copyOf(columns), records);
    }

    private static boolean applies(Key key, String domain) {
        return key.domain().equals(domain) || key.domain().equals("all");
    }

    /** The format's own ids are called {@code id}; so may be an attribute. */
    private static String column(Key key) {
        return switch (key.name()) {
            case "id", "source", "target", "graph_id" -> key.name() + " (attribute)";
            default -> key.name();
        };
    }

    private void document() throws XMLStreamException {
        boolean root = false;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.DTD) {
                throw wrong("no document type", "one");
            }
            if (event != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            if (!root && !xml.getLocalName().equals("graphml")) {
                throw wrong("<graphml>", "<" + xml.getLocalName() + ">");
            }
            root = true;
            switch (xml.getLocalName()) {
                case "key" -> key();
                case "graph" -> graph();
                default -> {}
            }
        }
    }

    private void key() throws XMLStreamException {
        String id = attribute("id");
        String name =
                Optional.ofNullable(xml.getAttributeValue(null, "attr.name")).orElse(id);
        String domain = Optional.ofNullable(xml.getAttributeValue(null, "for")).orElse("all");
        Optional<String> byDefault = Optional.empty();
        while (xml.next() != XMLStreamConstants.END_ELEMENT
                || !xml.getLocalName().equals("key")) {
            if (xml.isStartElement() && xml.getLocalName().equals("default")) {
                byDefault = Optional.of(text());
            }
        }
        if (keys.put(id, new Key(domain, name, byDefault)) != null) {
            throw wrong("a key with an id of its own", BadFormat.quote(id) + " twice");
        }
    }

    private void graph() throws XMLStreamException {
        boolean direction = !"undirected".equals(xml.getAttributeValue(null, "edgedefault"));
        if (directed.isPresent() && directed.get() != direction) {
            throw wrong("graphs that are all directed or all undirected", "both");
        }
        directed = Optional.of(direction);
        String id = Optional.ofNullable(xml.getAttributeValue(null, "id")).orElse("graph " + graphs.size());
        Map<String, String> values = begin("graph", graphs, graphLines, Map.of("id", id));
        while (true) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("graph")) {
                return;
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "node" ->
                        element("node", begin("node", nodes, nodeLines, Map.of("id", attribute("id"), "graph_id", id)));
                    case "edge" -> edge(id, direction);
                    case "data" -> data("graph", values);
                    case "desc" -> text();
                    default -> throw wrong("nodes, edges and data", "<" + xml.getLocalName() + ">");
                }
            }
        }
    }

    private void edge(String graph, boolean direction) throws XMLStreamException {
        String own = xml.getAttributeValue(null, "directed");
        if (own != null && Boolean.parseBoolean(own) != direction) {
            throw wrong("edges that are all directed or all undirected", "both");
        }
        element(
                "edge",
                begin(
                        "edge",
                        edges,
                        edgeLines,
                        Map.of("source", attribute("source"), "target", attribute("target"), "graph_id", graph)));
    }

    private Map<String, String> begin(
            String domain, List<Map<String, String>> rows, Ints lines, Map<String, String> own) {
        if (rows.size() % 4096 == 0) {
            monitor.checkCancelled();
        }
        Map<String, String> values = new LinkedHashMap<>(own);
        for (Key key : keys.values()) {
            if (applies(key, domain)) {
                key.byDefault().ifPresent(value -> values.put(column(key), value));
            }
        }
        rows.add(values);
        lines.add(xml.getLocation().getLineNumber());
        return values;
    }

    private void element(String name, Map<String, String> values) throws XMLStreamException {
        while (true) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals(name)) {
                return;
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "data" -> data(name, values);
                    case "desc" -> text();
                    default -> throw wrong("data of the " + name, "<" + xml.getLocalName() + ">");
                }
            }
        }
    }

    private void data(String domain, Map<String, String> values) throws XMLStreamException {
        String id = attribute("key");
        Key key = keys.get(id);
        if (key == null || !applies(key, domain)) {
            throw wrong("data of a declared key for " + domain + "s", BadFormat.quote(id));
        }
        values.put(column(key), text());
    }

    private String text() throws XMLStreamException {
        return xml.getElementText().strip();
    }

    private String attribute(String name) {
        String value = xml.getAttributeValue(null, name);
        if (value == null || value.isBlank()) {
            throw wrong("an attribute '" + name + "' of <" + xml.getLocalName() + ">", "none");
        }
        return value.strip();
    }

    private DataFormatException wrong(String expected, String found) {
        return BadFormat.of(
                source.name(),
                "line " + xml.getLocation().getLineNumber(),
                expected,
                found,
                "correct it or export it again");
    }
}
