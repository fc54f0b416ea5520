package org.aitia.dataset.twitch.internal;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.aitia.api.DataFormatException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.graph.SparseFeatures;
import org.aitia.formats.BadFormat;
import org.aitia.formats.ByteSource;

/** Reads {@code {"0": [17, 4], "1": []}}: the identifiers of each node, which become a row of ones; none where a node is missing. */
final class FeatureLists {
    private static final int LONGEST_LIST = 1 << 20;

    private final ByteSource source;
    private final JsonReader reader;
    private final int identifiers;

    private FeatureLists(ByteSource source, JsonReader reader, int identifiers) {
        this.source = source;
        this.reader = reader;
        this.identifiers = identifiers;
    }

    static SparseFeatures read(ByteSource source, int nodes, int identifiers, TaskMonitor monitor) {
        try (JsonReader reader = new JsonReader(new InputStreamReader(
                source.open(),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)))) {
            reader.setStrictness(Strictness.STRICT);
            FeatureLists lists = new FeatureLists(source, reader, identifiers);
            try {
                return lists.matrix(nodes, monitor);
            } catch (IOException | IllegalStateException | NumberFormatException e) { // Gson throws all three
                throw lists.wrong("a JSON object that maps nodes to lists of numbers", BadFormat.oneLine(e));
            }
        } catch (IOException e) {
            throw BadFormat.unreadable(source.name(), e);
        }
    }

    private SparseFeatures matrix(int nodes, TaskMonitor monitor) throws IOException {
        int[][] rows = new int[nodes][];
        int filled = 0;
        reader.beginObject();
        while (reader.hasNext()) {
            if ((filled & 0x3ff) == 0) {
                monitor.checkCancelled();
            }
            int node = node(reader.nextName(), nodes);
            if (rows[node] != null) {
                throw wrong("each node once", "node " + node + " again");
            }
            rows[node] = list();
            filled++;
        }
        reader.endObject();
        if (reader.peek() != JsonToken.END_DOCUMENT) {
            throw wrong("the end", "more");
        }
        if (filled < nodes) {
            monitor.message("file " + source.name() + " has features of " + filled + " of " + nodes
                    + " nodes; the others, of which node " + Arrays.asList(rows).indexOf(null)
                    + " is the first, have none");
            Arrays.setAll(rows, node -> rows[node] == null ? new int[0] : rows[node]);
        }
        return ones(rows);
    }

    private int node(String name, int nodes) {
        return number(name)
                .filter(node -> node >= 0 && node < nodes)
                .orElseThrow(() -> wrong("a node from 0 to " + (nodes - 1), BadFormat.quote(name)));
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private int[] list() throws IOException {
        int[] list = new int[16];
        int count = 0;
        reader.beginArray();
        while (reader.hasNext()) {
            if (reader.peek() != JsonToken.NUMBER) {
                throw wrong("a number", reader.peek().toString().toLowerCase(java.util.Locale.ROOT));
            }
            String text = reader.nextString();
            int identifier = number(text)
                    .filter(id -> id >= 0 && id < identifiers)
                    .orElseThrow(() -> wrong("a whole number from 0 to " + (identifiers - 1), BadFormat.quote(text)));
            if (count == list.length) {
                if (count == LONGEST_LIST) {
                    throw wrong("at most " + LONGEST_LIST + " numbers", "more");
                }
                list = Arrays.copyOf(list, 2 * count);
            }
            list[count++] = identifier;
        }
        reader.endArray();
        return Arrays.stream(list, 0, count).sorted().distinct().toArray();
    }

    private SparseFeatures ones(int[][] rows) {
        int[] offsets = new int[rows.length + 1];
        for (int node = 0; node < rows.length; node++) {
            offsets[node + 1] = Math.addExact(offsets[node], rows[node].length);
        }
        int[] indices = new int[offsets[rows.length]];
        for (int node = 0; node < rows.length; node++) {
            System.arraycopy(rows[node], 0, indices, offsets[node], rows[node].length);
        }
        float[] values = new float[indices.length];
        Arrays.fill(values, 1);
        return new SparseFeatures(identifiers, offsets, indices, values);
    }

    private DataFormatException wrong(String expected, String found) {
        return BadFormat.of(source.name(), "at " + reader.getPreviousPath(), expected, found);
    }
}
