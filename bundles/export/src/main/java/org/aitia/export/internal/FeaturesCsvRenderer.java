package org.aitia.export.internal;

import static org.jgrapht.nio.DefaultAttribute.createAttribute;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.render.RenderRequest;
import org.aitia.api.render.Renderer;
import org.jgrapht.nio.Attribute;
import org.osgi.service.component.annotations.Component;

/** A line per feature that has an importance: of a node, or of all nodes together. */
@Component(service = Renderer.class, property = "aitia.name=" + FeaturesCsvRenderer.FORMAT)
public final class FeaturesCsvRenderer implements Renderer {
    static final String FORMAT = "features.csv";

    private static final List<String> COLUMNS =
            List.of("explanation", "node_id", "feature", "name", "value", "importance", "deviation");

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public String description() {
        return "A line per feature of a node whose importance is not 0: its name, value, importance.";
    }

    @Override
    public boolean holdsSeveral() {
        return true;
    }

    @Override
    public void render(RenderRequest request, OutputStream out) throws IOException {
        Contents contents = new Contents(request);
        if (contents.explanations().stream().noneMatch(FeaturesCsvRenderer::hasFeatures)) {
            throw new InvalidRequestException("features.csv holds importances of features, but '"
                    + request.result().provenance().explainer()
                    + "' gave none; explain with a mask of features, or choose csv (edges) or nodes.csv");
        }
        CsvDocument csv = new CsvDocument(out, COLUMNS);
        for (Explanation explanation : contents.explanations()) {
            if (hasFeatures(explanation)) {
                rows(explanation, contents, csv);
            }
        }
        csv.finish();
    }

    private static boolean hasFeatures(Explanation explanation) {
        return explanation.featureMask().length > 0 && explanation.featureMaskType() != FeatureMaskType.NODE;
    }

    private static void rows(Explanation explanation, Contents contents, CsvDocument csv) {
        float[] deviation = explanation
                .masks()
                .deviation()
                .map(MaskValues.Deviation::features)
                .orElse(new float[0]);
        int[] at = {0}; // values come in the order of the mask
        explanation.forEachFeature((node, feature, importance) -> {
            int position = at[0]++;
            if (importance == 0) {
                return;
            }
            Map<String, Attribute> values = new LinkedHashMap<>();
            values.put("explanation", createAttribute(explanation.target().id()));
            if (node >= 0) {
                int number = explanation.nodes()[node];
                values.put("node_id", createAttribute(number));
                values.put(
                        "value",
                        createAttribute(contents.graph(explanation).features().value(number, feature)));
            }
            values.put("feature", createAttribute(feature));
            values.put("name", createAttribute(contents.dataset().featureName(feature)));
            values.put("importance", createAttribute(importance));
            if (deviation.length > 0) {
                values.put("deviation", createAttribute(deviation[position]));
            }
            csv.row(values);
        });
    }
}
