package org.aitia.visualization.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes well-formed markup. Names from data sets reach a page through {@link #text} and attributes only, which escape
 * them, so that no name can become markup.
 */
final class Markup {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    private final XMLStreamWriter writer;

    Markup() {
        try {
            writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, "UTF-8");
        } catch (XMLStreamException e) {
            throw failure(e);
        }
    }

    /** Writes the XML declaration. */
    Markup xml() {
        return write(() -> {
            writer.writeStartDocument("UTF-8", "1.0");
            writer.writeCharacters("\n");
        });
    }

    /** Writes the document type of HTML. */
    Markup html() {
        return write(() -> writer.writeDTD("<!DOCTYPE html>\n"));
    }

    /** Opens an element with attributes: name, value, name, value, ... */
    Markup open(String element, String... attributes) {
        return write(() -> {
            writer.writeStartElement(element);
            attributes(attributes);
        });
    }

    /** Closes the last element. */
    Markup close() {
        return write(writer::writeEndElement);
    }

    /** Writes an element without content. */
    Markup empty(String element, String... attributes) {
        return write(() -> {
            writer.writeEmptyElement(element);
            attributes(attributes);
        });
    }

    /** Writes an element that holds nothing but text. */
    Markup element(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close();
    }

    /** Writes text. */
    Markup text(String text) {
        return write(() -> writer.writeCharacters(legal(text)));
    }

    /** Ends a line, for those who read the source. */
    Markup line() {
        return text("\n");
    }

    private void attributes(String... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            writer.writeAttribute(attributes[i], legal(attributes[i + 1]));
        }
    }

    /** Replaces what XML cannot hold. */
    private static String legal(String text) {
        boolean illegal = text.codePoints().anyMatch(Markup::isIllegal);
        return illegal
                ? text.codePoints()
                        .map(c -> isIllegal(c) ? 0xFFFD : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()
                : text;
    }

    private static boolean isIllegal(int c) {
        return c < 0x20 && c != '\t' && c != '\n' && c != '\r'
                || c >= 0x7F && c < 0xA0
                || c >= 0xD800 && c <= 0xDFFF
                || c == 0xFFFE
                || c == 0xFFFF;
    }

    /** Writes what there is so far; the last thing to do. */
    void writeTo(OutputStream out) throws IOException {
        write(() -> {
            writer.writeEndDocument();
            writer.flush();
        });
        bytes.writeTo(out);
        out.flush();
    }

    @Override
    public String toString() {
        write(writer::flush);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** A number with at most two decimals. */
    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        text = text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
        return text.equals("-0") ? "0" : text;
    }

    private interface Step {
        void run() throws XMLStreamException;
    }

    private Markup write(Step step) {
        try {
            step.run();
            return this;
        } catch (XMLStreamException e) {
            throw failure(e);
        }
    }

    /** Writing to memory cannot fail but by a mistake in this bundle. */
    private static IllegalStateException failure(XMLStreamException e) {
        return new IllegalStateException(e);
    }
}
