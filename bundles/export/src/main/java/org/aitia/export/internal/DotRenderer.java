package org.aitia.export.internal;

import static org.jgrapht.nio.DefaultAttribute.createAttribute;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.aitia.api.explain.Explanation;
import org.aitia.api.render.RenderRequest;
import org.aitia.api.render.Renderer;
import org.aitia.export.internal.Contents.Edge;
import org.aitia.export.internal.Contents.Node;
import org.jgrapht.nio.Attribute;
import org.jgrapht.nio.dot.DOTExporter;
import org.osgi.service.component.annotations.Component;

/** DOT, for Graphviz, which draws it as it is: width and colour say what the importances are. */
@Component(service = Renderer.class, property = "aitia.name=" + DotRenderer.FORMAT)
public final class DotRenderer implements Renderer {
    static final String FORMAT = "dot";

    // as in the pictures of explanations: two colours where importances have two signs
    private static final String IMPORTANT = "#25323f";
    private static final String SUPPORTS = "#2166ac";
    private static final String OPPOSES = "#b2182b";
    private static final String NOTHING = "#c4cad0";

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public String description() {
        return "Computation graphs with importances as DOT, which Graphviz draws.";
    }

    @Override
    public boolean holdsSeveral() {
        return true;
    }

    @Override
    public void render(RenderRequest request, OutputStream out) throws IOException {
        Contents contents = new Contents(request);
        DOTExporter<Node, Edge> exporter = new DOTExporter<>(contents::id);
        exporter.setGraphIdProvider(() -> "explanation");
        exporter.setGraphAttributeProvider(
                () -> Map.of("comment", createAttribute(quoted(GraphDocument.origin(request)))));
        exporter.setVertexAttributeProvider(node -> {
            Map<String, Attribute> values = new LinkedHashMap<>();
            values.put("label", createAttribute(contents.label(node)));
            if (contents.isTarget(node)) {
                values.put("shape", createAttribute("doublecircle"));
            }
            values.putAll(contents.values(node));
            return escaped(values);
        });
        float[] largest = largest(contents);
        boolean[] signed = signed(contents);
        exporter.setEdgeAttributeProvider(edge -> {
            Map<String, Attribute> values = new LinkedHashMap<>();
            float[] mask = contents.explanations().get(edge.explanation()).edgeMask();
            if (mask.length > 0) {
                float importance = mask[edge.position()];
                double share = largest[edge.explanation()] == 0 ? 0 : importance / largest[edge.explanation()];
                String positive = signed[edge.explanation()] ? SUPPORTS : IMPORTANT;
                String colour = importance == 0 ? NOTHING : importance < 0 ? OPPOSES : positive;
                values.put(
                        "penwidth", createAttribute(String.format(Locale.ROOT, "%.3f", 0.5 + 4.5 * Math.abs(share))));
                values.put("color", createAttribute(colour));
            }
            values.putAll(contents.values(edge));
            // Graphviz takes the weight of an edge for something else, a whole number
            values.put("edge_weight", values.remove("weight"));
            return escaped(values);
        });
        GraphDocument.write(exporter, contents, out);
    }

    private static boolean[] signed(Contents contents) {
        boolean[] signed = new boolean[contents.explanations().size()];
        for (int x = 0; x < signed.length; x++) {
            for (float importance : contents.explanations().get(x).edgeMask()) {
                signed[x] |= importance < 0;
            }
        }
        return signed;
    }

    private static float[] largest(Contents contents) {
        float[] largest = new float[contents.explanations().size()];
        for (int x = 0; x < largest.length; x++) {
            Explanation explanation = contents.explanations().get(x);
            for (float importance : explanation.edgeMask()) {
                largest[x] = Math.max(largest[x], Math.abs(importance));
            }
        }
        return largest;
    }

    /** Readers differ on whether a backslash before a quote ends the text; Graphviz draws an entity as its character. */
    private static Map<String, Attribute> escaped(Map<String, Attribute> values) {
        values.replaceAll((name, value) ->
                value.getValue().contains("\\") ? createAttribute(withoutBackslash(value.getValue())) : value);
        return values;
    }

    private static String withoutBackslash(String text) {
        return text.replace("\\", "&#92;");
    }

    private static String quoted(String text) {
        return '"' + withoutBackslash(text).replace("\"", "\\\"") + '"';
    }
}
