package org.aitia.visualization.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.Explanation;
import org.aitia.api.render.RenderRequest;
import org.aitia.api.render.Renderer;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What a renderer made, as bytes and as a document. */
record Rendered(byte[] bytes) {
    static Rendered by(Renderer renderer, Dataset dataset, Explanation... explanations) {
        return by(renderer, RenderRequest.of(Samples.result(dataset, explanations), dataset));
    }

    static Rendered by(Renderer renderer, RenderRequest request) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            renderer.render(request, out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new Rendered(out.toByteArray());
    }

    String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Fails unless it is well-formed. */
    Document document() throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null);
        return builder.parse(new ByteArrayInputStream(bytes));
    }

    List<Element> elements(String name) throws Exception {
        NodeList nodes = document().getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    /** The content of all elements of a name. */
    List<String> texts(String name) throws Exception {
        return elements(name).stream().map(Element::getTextContent).toList();
    }

    /** Elements of pictures, by the hint that a viewer shows over them. */
    Element hinted(String name, String hint) throws Exception {
        return elements(name).stream()
                .filter(element -> element.getTextContent().startsWith(hint))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " with hint " + hint));
    }
}
