package org.aitia.bench.report.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.AitiaException;
import org.aitia.api.render.Chart;
import org.aitia.api.render.ChartRenderer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pictures of a report, drawn and named. Used by one thread. */
final class Pictures {
    static final String FOLDER = "pictures";
    static final String FORMAT = "svg";

    private static final Logger LOG = LoggerFactory.getLogger(Pictures.class);

    private final Optional<ChartRenderer> charts;
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    Pictures(Optional<ChartRenderer> charts) {
        this.charts = charts.filter(renderer -> renderer.formats().contains(FORMAT));
    }

    /** Draws something into a stream. */
    interface Drawing {
        void draw(OutputStream out) throws IOException;
    }

    boolean hasCharts() {
        return charts.isPresent();
    }

    /** Draws a chart; Markdown of the picture, or nothing where nothing draws charts. */
    String chart(String name, Chart chart) {
        return charts.map(renderer -> add(name, chart.title(), out -> renderer.render(chart, FORMAT, out)))
                .orElse("");
    }

    /** Draws a picture; Markdown of it, or nothing, and a line among the problems, where it fails. */
    String add(String name, String title, Drawing drawing) {
        String path = FOLDER + "/" + unused(Sheet.anchor(name.replace('_', '-')));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            drawing.draw(out);
        } catch (IOException | AitiaException e) {
            LOG.warn("picture {} is left out: {}", path, e.getMessage(), e);
            leftOut(title + ": " + e.getMessage());
            return "";
        }
        files.put(path, out.toByteArray());
        return "!" + Sheet.link(Sheet.escape(title), path);
    }

    /** Notes what cannot be drawn. */
    void leftOut(String problem) {
        problems.add(problem);
    }

    private String unused(String base) {
        String name = base + "." + FORMAT;
        for (int i = 2; files.containsKey(FOLDER + "/" + name); i++) {
            name = base + "-" + i + "." + FORMAT;
        }
        return name;
    }

    /** By path from the report. */
    Map<String, byte[]> files() {
        return files;
    }

    /** What could not be drawn, and why. */
    List<String> problems() {
        return problems;
    }
}
