package org.aitia.visualization.internal;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Draws a scene with Java2D, without a display and without fonts. */
final class PngWriter {
    /** Pixels per unit: sharp on today's displays and in print. */
    static final int SCALE = 2;

    private final Graphics2D canvas;

    private PngWriter(Graphics2D canvas) {
        this.canvas = canvas;
    }

    static void write(Scene scene, OutputStream out) throws IOException {
        BufferedImage image = new BufferedImage(
                (int) Math.ceil(scene.width() * SCALE),
                (int) Math.ceil(scene.height() * SCALE),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        try {
            canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            canvas.setColor(new Color(Colour.PAPER.rgb()));
            canvas.fillRect(0, 0, image.getWidth(), image.getHeight());
            canvas.scale(SCALE, SCALE);
            scene.shapes().forEach(new PngWriter(canvas)::draw);
        } finally {
            canvas.dispose();
        }
        // not ImageIO.write, which would go through a temporary file
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(new IIOImage(image, null, null));
        } finally {
            writer.dispose();
        }
        out.flush();
    }

    private void draw(Scene.Shape shape) {
        if (shape instanceof Scene.Line line) {
            paint(line.colour(), line.opacity());
            canvas.setStroke(new BasicStroke((float) line.width(), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            canvas.draw(new Line2D.Double(line.x1(), line.y1(), line.x2(), line.y2()));
        } else if (shape instanceof Scene.Disc disc) {
            paint(disc.colour(), disc.opacity());
            canvas.fill(circle(disc.x(), disc.y(), disc.radius()));
        } else if (shape instanceof Scene.Ring ring) {
            paint(ring.colour(), ring.opacity());
            canvas.setStroke(new BasicStroke((float) ring.width()));
            canvas.draw(circle(ring.x(), ring.y(), ring.radius()));
        } else if (shape instanceof Scene.Polygon polygon) {
            paint(polygon.colour(), polygon.opacity());
            canvas.fill(path(polygon));
        } else if (shape instanceof Scene.Text text) {
            paint(text.colour(), 1);
            Typeface typeface = Typeface.get();
            double left = text.x() - text.anchor().share * typeface.width(text.text(), text.size());
            canvas.fill(typeface.outline(text.text(), text.size(), left, text.y()));
        }
    }

    private void paint(Colour colour, double opacity) {
        canvas.setColor(new Color(colour.rgb()));
        canvas.setComposite(AlphaComposite.SrcOver.derive((float) opacity));
    }

    private static Ellipse2D circle(double x, double y, double radius) {
        return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    private static Path2D path(Scene.Polygon polygon) {
        Path2D path = new Path2D.Double();
        path.moveTo(polygon.points().get(0), polygon.points().get(1));
        for (int i = 2; i < polygon.points().size(); i += 2) {
            path.lineTo(polygon.points().get(i), polygon.points().get(i + 1));
        }
        path.closePath();
        return path;
    }
}
