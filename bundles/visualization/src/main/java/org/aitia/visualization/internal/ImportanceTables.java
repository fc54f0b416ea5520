package org.aitia.visualization.internal;

import java.util.List;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.render.RenderRequest;
import org.aitia.visualization.internal.Importances.Entry;

/** The tables below a picture: what is important, by falling importance. */
final class ImportanceTables {
    private static final int MOST_NODES = 10;

    private final RenderRequest request;
    private final Markup page;

    ImportanceTables(RenderRequest request, Markup page) {
        this.request = request;
        this.page = page;
    }

    void write(Subject subject) {
        FeatureMaskType type = subject.explanation().featureMaskType();
        boolean hasNodes = Importances.ofNodes(subject.explanation()).length > 0;
        List<Entry> singles = Importances.nodeFeatures(subject, request.topFeatures());
        page.open("div", "class", "tables").line();
        table("Most important edges", Importances.edges(subject, request.topEdges()));
        table(
                "Most important features of edges, summed over edges",
                Importances.edgeFeatures(subject, request.topFeatures()));
        table(
                !hasNodes
                        ? "Most important nodes, by their best edge"
                        : type == FeatureMaskType.NODE
                                ? "Most important nodes"
                                : "Most important nodes, summed over features",
                Importances.nodes(subject, MOST_NODES));
        table(
                type == FeatureMaskType.FEATURE
                        ? "Most important features"
                        : "Most important features, summed over nodes",
                Importances.features(subject, request.topFeatures()));
        table("Most important features of single nodes", singles);
        page.close().line();
        if (Importances.isSigned(subject.explanation())) {
            String name = Wording.explained(subject);
            page.element(
                            "p",
                            "Blue and positive supports " + name + ", red and negative speaks against it"
                                    + (hasNodes && type != FeatureMaskType.NODE ? "; sums are net." : "."),
                            "class",
                            "note")
                    .line();
        }
    }

    private void table(String caption, List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        page.open("div").line();
        page.open("table").element("caption", caption).open("tbody").line();
        double largest = Math.abs(entries.get(0).value());
        for (Entry entry : entries) {
            page.open("tr")
                    .element("th", entry.name(), "scope", "row")
                    .element("td", Wording.importance(entry.value(), entry.deviation()), "class", "number");
            HtmlPage.meter(page, Math.abs(entry.value()) / largest, entry.value() < 0 ? "negative" : "");
            page.close().line();
        }
        page.close().close().line();
        page.close().line();
    }
}
