package org.aitia.visualization.internal;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * Liberation Sans as outlines. Java2D's own text needs fonts and fontconfig on the machine and throws where they are
 * missing, as in small containers; outlines need neither, and give the same picture everywhere. Its widths are Arial's,
 * so they also tell how wide the text of an SVG will be. Safe for several threads.
 */
final class Typeface {
    private static final String RESOURCE = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private final TrueTypeFont font;
    private final CmapLookup glyphs;
    private final double em;
    private final Map<Integer, Glyph> cache = new HashMap<>();

    private record Glyph(Path2D outline, double advance) {}

    private static final class Holder {
        static final Typeface INSTANCE = new Typeface();
    }

    private Typeface() {
        try (InputStream in = Typeface.class.getResourceAsStream(RESOURCE)) {
            font = new TTFParser().parse(new RandomAccessReadBuffer(in));
            glyphs = font.getUnicodeCmapLookup();
            em = font.getUnitsPerEm();
        } catch (IOException e) {
            throw new UncheckedIOException("the bundle's own font cannot be read", e);
        }
    }

    /** The typeface; read on first use. */
    static Typeface get() {
        return Holder.INSTANCE;
    }

    /** How wide a text is. */
    double width(String text, double size) {
        return text.codePoints().mapToDouble(c -> glyph(c).advance()).sum() * size / em;
    }

    /** The outline of a text that begins at a point on the base line. */
    Path2D outline(String text, double size, double x, double y) {
        Path2D outline = new Path2D.Double(Path2D.WIND_NON_ZERO);
        double scale = size / em;
        double at = x;
        for (int c : text.codePoints().toArray()) {
            Glyph glyph = glyph(c);
            // glyphs have their y axis upwards
            outline.append(glyph.outline().getPathIterator(new AffineTransform(scale, 0, 0, -scale, at, y)), false);
            at += glyph.advance() * scale;
        }
        return outline;
    }

    /** The text itself if it fits, else its beginning and an ellipsis. */
    String fit(String text, double size, double width) {
        if (width(text, size) <= width) {
            return text;
        }
        int end = text.length();
        while (end > 0 && width(text.substring(0, end) + "…", size) > width) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end).stripTrailing() + "…";
    }

    // fontbox reads glyphs from the file as they are asked for, which one thread may do at a time
    private synchronized Glyph glyph(int codePoint) {
        return cache.computeIfAbsent(codePoint, c -> {
            try {
                int id = glyphs.getGlyphId(c);
                GlyphData data = font.getGlyph().getGlyph(id);
                return new Glyph(data == null ? new Path2D.Double() : data.getPath(), font.getAdvanceWidth(id));
            } catch (IOException e) {
                throw new UncheckedIOException("the bundle's own font cannot be read", e);
            }
        });
    }
}
