package org.aitia.visualization.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.explain.Provenance;
import org.aitia.api.render.RenderRequest;

/**
 * The page, from top to bottom. Its size is bounded for any number of explanations: the first {@value #MOST_PICTURES}
 * have a card with a picture, the first {@value #MOST_ROWS} a row in the overview, and the page says what it leaves out.
 */
final class HtmlPage {
    static final int MOST_PICTURES = 50;
    static final int MOST_ROWS = 1000;

    private static final int MOST_CLASSES = 12;

    private final RenderRequest request;
    private final ExplanationResult result;
    private final Provenance provenance;
    private final List<Subject> subjects;
    private final Markup page = new Markup();

    HtmlPage(RenderRequest request) {
        this.request = request;
        this.result = request.result();
        this.provenance = result.provenance();
        if (result.explanations().isEmpty()) {
            throw new InvalidRequestException("a page needs at least one explanation, found none; explain a target");
        }
        this.subjects = result.explanations().stream()
                .map(explanation -> Subject.of(explanation, request))
                .toList();
    }

    void writeTo(OutputStream out) throws IOException {
        String title = "Explanations of " + provenance.model();
        page.html().open("html", "lang", "en").line().open("head").line();
        page.empty("meta", "charset", "utf-8").line();
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .line();
        // holds even if something on the page tried to fetch or run anything
        page.empty(
                        "meta",
                        "http-equiv",
                        "Content-Security-Policy",
                        "content",
                        "default-src 'none'; style-src 'unsafe-inline'")
                .line();
        page.element("title", title).line();
        page.element("style", styleSheet()).line().close().line();
        page.open("body").line();
        header(title);
        page.open("main").line();
        if (subjects.size() > 1) {
            overview();
        }
        for (int i = 0; i < Math.min(subjects.size(), MOST_PICTURES); i++) {
            card(i, subjects.get(i));
        }
        provenance();
        page.close().line();
        page.element("footer", "Made by Aitia. This page needs no network and no other file.")
                .line();
        page.close().line().close().line();
        page.writeTo(out);
    }

    /** The style sheet; it holds no character that markup would have to escape. */
    private static String styleSheet() {
        try (InputStream in = HtmlPage.class.getResourceAsStream("page.css")) {
            return "\n" + new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the bundle's own style sheet cannot be read", e);
        }
    }

    // --- top

    private void header(String title) {
        page.open("header", "id", "top").line().element("h1", title).line();
        page.element(
                        "p",
                        (provenance.type() == ExplanationType.MODEL
                                        ? "Which edges, nodes and features its predictions on "
                                        : "Which edges, nodes and features speak for the labels of ")
                                + provenance.dataset()
                                + (provenance.type() == ExplanationType.MODEL ? " rest on, found by " : ", found by ")
                                + provenance.explainer() + ".",
                        "class",
                        "lead")
                .line();
        page.open("dl", "class", "facts").line();
        fact("Model", provenance.model() + " (" + provenance.architecture() + ")");
        fact("Data set", provenance.dataset());
        fact("Explainer", provenance.explainer());
        fact(
                "Explained",
                Wording.count(subjects.size(), provenance.task().name().toLowerCase(Locale.ROOT)));
        long labelled = subjects.stream()
                .filter(subject -> target(subject).label() >= 0 && !Wording.isNumber(target(subject)))
                .count();
        if (labelled > 0) {
            long right = subjects.stream()
                    .filter(subject ->
                            target(subject).label() == target(subject).predictedClass())
                    .count();
            fact("Predicted right", right + " of " + labelled);
        }
        fact(
                "Time",
                Wording.seconds(result.seconds())
                        + (subjects.size() > 1 ? ", " + Wording.seconds(result.secondsPerTarget()) + " each" : ""));
        page.close().close().line();
    }

    private void fact(String name, String value) {
        page.open("div").element("dt", name).element("dd", value).close().line();
    }

    private void overview() {
        page.open("section", "class", "overview", "aria-labelledby", "overview").line();
        page.open("div", "class", "head")
                .element("h2", "Overview", "id", "overview")
                .close()
                .line();
        page.open("table").line().open("thead").open("tr");
        for (String column : List.of("Target", "Predicted", "Probability")) {
            page.element("th", column, "scope", "col");
        }
        page.element("td", "", "class", "meter");
        page.element("th", "Label", "scope", "col").element("td", "");
        page.element("th", "Most important edge", "scope", "col");
        page.close().close().line().open("tbody").line();
        for (int i = 0; i < Math.min(subjects.size(), MOST_ROWS); i++) {
            overviewRow(i, subjects.get(i));
        }
        page.close().close().line();
        if (subjects.size() > MOST_PICTURES) {
            page.element(
                            "p",
                            "Pictures and details follow for the first " + MOST_PICTURES + " of "
                                    + Wording.count(subjects.size(), "explanation")
                                    + (subjects.size() > MOST_ROWS
                                            ? "; the table lists the first " + Wording.count(MOST_ROWS, "explanation")
                                            : "")
                                    + ". All are in the JSON file of the same request (--out).",
                            "class",
                            "note")
                    .line();
        }
        page.close().line();
    }

    private void overviewRow(int index, Subject subject) {
        ExplanationTarget target = target(subject);
        page.open("tr").open("th", "scope", "row");
        if (index < MOST_PICTURES) {
            page.element("a", subject.target(), "href", "#" + id(index));
        } else {
            page.text(subject.target());
        }
        page.close();
        if (Wording.isNumber(target)) {
            page.element("td", Wording.predicted(subject), "class", "wide").element("td", "");
            page.element("td", "", "class", "meter");
        } else {
            page.element("td", Wording.className(subject, target.predictedClass()), "class", "wide");
            double probability = probability(target);
            page.element("td", Wording.percent(probability), "class", "number");
            meter(page, probability, "");
        }
        page.element("td", target.label() < 0 ? "" : Wording.className(subject, target.label()), "class", "wide");
        page.open("td");
        badge(target);
        page.close();
        page.element("td", bestEdge(subject)).close().line();
    }

    /** Found in one pass, as the table may have many rows of many edges. */
    private static String bestEdge(Subject subject) {
        Explanation explanation = subject.explanation();
        float[] mask = explanation.edgeMask();
        int best = -1;
        for (int e = 0; e < mask.length; e++) {
            if (Math.abs(mask[e]) > (best < 0 ? 0 : Math.abs(mask[best]))) {
                best = e;
            }
        }
        return best < 0
                ? "none"
                : Importances.edge(
                        subject, explanation.edgeSources()[best], explanation.edgeTargets()[best]);
    }

    // --- one explanation

    private void card(int index, Subject subject) {
        ExplanationTarget target = target(subject);
        String id = id(index);
        Subgraph subgraph = Subgraph.of(subject, request.topEdges());
        page.open("article", "id", id, "aria-labelledby", id + "-name").line();
        page.open("div", "class", "head").element("h2", capital(subject.target()), "id", id + "-name");
        page.element("span", Wording.predicted(subject));
        badge(target);
        if (!Wording.isNumber(target) && target.label() >= 0 && target.label() != target.predictedClass()) {
            page.element("span", "label " + Wording.className(subject, target.label()), "class", "small");
        }
        if (target.explainedClass() != target.predictedClass()) {
            page.element("span", "explained: " + Wording.className(subject, target.explainedClass()), "class", "small");
        }
        if (subjects.size() > 1) {
            page.element("a", "overview", "class", "up", "href", "#top");
        }
        page.close().line();

        page.open("div", "class", "card").line().open("figure").line();
        SvgWriter.inline(Picture.of(subject, subgraph, false), page, id);
        page.line()
                .element(
                        "figcaption",
                        capital(Wording.extent(subgraph)) + " of the computation graph of "
                                + Wording.count(subject.explanation().nodes().length, "node") + ".")
                .close()
                .line();
        page.open("div", "class", "side").line();
        if (!Wording.isNumber(target)) {
            probabilities(subject);
        }
        diagnostics(subject);
        page.close().close().line();

        new ImportanceTables(request, page).write(subject);
        page.close().line();
    }

    private void probabilities(Subject subject) {
        ExplanationTarget target = target(subject);
        float[] probabilities = target.probabilities();
        List<Integer> classes = IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer c) -> -probabilities[c]))
                .limit(MOST_CLASSES)
                .sorted()
                .toList();
        page.open("div").line();
        table("Probabilities");
        for (int c : classes) {
            boolean predicted = c == target.predictedClass();
            page.open("tr", "class", predicted ? "chosen" : "other");
            page.open("th", "scope", "row");
            if (subject.isNodeTask()) {
                // the colour that nodes of this class have in the picture
                page.element(
                        "span",
                        "",
                        "class",
                        "dot",
                        "style",
                        "background:" + Colour.ofClass(c).hex());
            }
            page.text(Wording.className(subject, c)).close();
            page.element("td", Wording.percent(probabilities[c]), "class", "number");
            meter(page, probabilities[c], predicted ? "strong" : "");
            page.close().line();
        }
        endTable();
        if (probabilities.length > classes.size()) {
            page.element(
                    "p",
                    "The " + classes.size() + " most probable of " + probabilities.length + " classes.",
                    "class",
                    "note");
        }
        page.close().line();
    }

    private void diagnostics(Subject subject) {
        Map<String, Double> diagnostics =
                new TreeMap<>(subject.explanation().masks().diagnostics());
        page.open("div").line();
        table("How it went");
        diagnostics.forEach((name, value) -> page.open("tr")
                .element("th", name, "scope", "row")
                .element("td", diagnostic(value), "class", "number")
                .close()
                .line());
        page.open("tr")
                .element("th", "seed", "scope", "row")
                .element("td", Long.toString(target(subject).seed()), "class", "number")
                .close()
                .line();
        endTable();
        page.close().line();
    }

    private static String diagnostic(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, Math.abs(value) < 1e-3 ? "%.3e" : "%.4f", value);
    }

    // --- bottom

    private void provenance() {
        page.open("section", "aria-labelledby", "provenance").line();
        page.open("div", "class", "head")
                .element("h2", "Where this comes from", "id", "provenance")
                .close()
                .line();
        new ProvenanceTable(result, page).write();
        page.element("h3", "How to make it again", "style", "margin-top:1.2rem").line();
        page.open("pre")
                .element("code", CommandLine.of(result, request.dataset()))
                .close()
                .line();
        if (provenance.initialDigest().isPresent()) {
            page.element("p", "It began with masks that were given: add them with --initial FILE.", "class", "note")
                    .line();
        }
        page.element(
                        "p",
                        "With the model and the data of these digests it gives the same numbers on the same kind of device.",
                        "class",
                        "note")
                .line();
        page.close().line();
    }

    // --- parts

    private static ExplanationTarget target(Subject subject) {
        return subject.explanation().target();
    }

    private static double probability(ExplanationTarget target) {
        return target.predictedClass() < target.probabilities().length
                ? target.probabilities()[target.predictedClass()]
                : 0;
    }

    private static String id(int index) {
        return "e" + (index + 1);
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private void badge(ExplanationTarget target) {
        if (Wording.isNumber(target)) {
            return; // a number is not right or wrong
        }
        if (target.label() < 0) {
            page.element("span", "no label", "class", "badge none");
        } else if (target.label() == target.predictedClass()) {
            page.element("span", "✓ right", "class", "badge right");
        } else {
            page.element("span", "✗ wrong", "class", "badge wrong");
        }
    }

    private void table(String caption) {
        page.open("table").element("caption", caption).open("tbody").line();
    }

    private void endTable() {
        page.close().close().line();
    }

    /** A bar; the number beside it says the same in words. */
    static void meter(Markup page, double share, String kind) {
        String width = "width:" + Markup.number(100 * Math.max(0, Math.min(1, share))) + "%";
        page.open("td", "class", "meter", "aria-hidden", "true").open("span", "class", "bar");
        if (kind.isEmpty()) {
            page.element("span", "", "style", width);
        } else {
            page.element("span", "", "class", kind, "style", width);
        }
        page.close().close();
    }
}
