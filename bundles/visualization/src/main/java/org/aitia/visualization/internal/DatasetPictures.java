package org.aitia.visualization.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.graph.Graph;
import org.aitia.api.render.Chart;
import org.aitia.api.render.Chart.Axis;
import org.aitia.api.render.Chart.Point;
import org.aitia.api.render.DatasetRenderer;
import org.osgi.service.component.annotations.Component;

/** Pictures of data sets. */
@Component(service = DatasetRenderer.class)
public final class DatasetPictures implements DatasetRenderer {
    @Override
    public List<String> pictures(Dataset dataset) {
        return List.copyOf(available(dataset).keySet());
    }

    @Override
    public List<String> formats() {
        return Pictures.FORMATS;
    }

    @Override
    public void render(String picture, Dataset dataset, String format, OutputStream out) throws IOException {
        if (!formats().contains(format)) {
            throw new InvalidRequestException(
                    "pictures of data sets come as " + String.join(" or ", formats()) + ", not as '" + format + "'");
        }
        Map<String, Function<Dataset, Scene>> available = available(dataset);
        if (!available.containsKey(picture)) {
            throw new InvalidRequestException("there is no picture '" + picture + "' of data set '"
                    + dataset.info().name() + "'; there are " + String.join(", ", available.keySet()));
        }
        Pictures.write(available.get(picture).apply(dataset), format, out);
    }

    private static Map<String, Function<Dataset, Scene>> available(Dataset dataset) {
        Map<String, Function<Dataset, Scene>> pictures = new LinkedHashMap<>();
        pictures.put("degrees", data -> degrees(data, false));
        pictures.put("degrees-log", data -> degrees(data, true));
        if (dataset.classCount() > 0) {
            pictures.put("classes", DatasetPictures::classes);
        }
        if (dataset.graph().hasLabels()) {
            pictures.put("homophily", DatasetPictures::homophily);
        }
        pictures.put("graph", DatasetDrawing::of);
        return pictures;
    }

    /** How many nodes have each in-degree. */
    private static Scene degrees(Dataset dataset, boolean logarithmic) {
        TreeMap<Integer, Integer> counts = new TreeMap<>();
        for (Graph graph : dataset.graphs()) {
            for (int v = 0; v < graph.nodeCount(); v++) {
                counts.merge(graph.inDegree(v), 1, Integer::sum);
            }
        }
        long isolated = logarithmic ? counts.getOrDefault(0, 0) : 0;
        List<Point> points = new ArrayList<>();
        counts.forEach((degree, count) -> {
            if (!logarithmic || degree > 0) {
                points.add(Point.of(degree, count));
            }
        });
        String xName =
                "in-degree" + (isolated == 0 ? "" : " (" + Wording.count(isolated, "node") + " of degree 0 left out)");
        return ChartDrawing.of(new Chart(
                Chart.Kind.SCATTER,
                dataset.info().title() + ": degree distribution",
                "How many nodes have each in-degree" + (logarithmic ? ", on logarithmic axes." : "."),
                logarithmic ? Axis.logarithmic(xName) : Axis.linear(xName),
                logarithmic ? Axis.logarithmic("nodes") : Axis.linear("nodes"),
                List.of(new Chart.Series("nodes", points))));
    }

    private static Scene classes(Dataset dataset) {
        double[] sizes = new double[dataset.classCount()];
        for (int i = 0; i < dataset.instanceCount(); i++) {
            if (dataset.label(i) >= 0) {
                sizes[dataset.label(i)]++;
            }
        }
        List<Point> bars = new ArrayList<>();
        List<Colour> colours = new ArrayList<>();
        for (int c = 0; c < sizes.length; c++) {
            bars.add(Point.bar(Wording.className(dataset.classNames(), c), sizes[c]));
            colours.add(Colour.ofClass(c));
        }
        return bars(
                dataset.info().title() + ": class balance",
                "How many instances belong to each class.",
                Axis.linear(dataset.info().task().name().toLowerCase(Locale.ROOT) + "s"),
                bars,
                colours);
    }

    private static Scene bars(String title, String description, Axis y, List<Point> bars, List<Colour> colours) {
        Chart chart = new Chart(
                Chart.Kind.BAR, title, description, Axis.linear(""), y, List.of(new Chart.Series("classes", bars)));
        return ChartDrawing.of(chart, colours);
    }

    /** For each class of nodes, the share of its neighbours that are of the same class. */
    private static Scene homophily(Dataset dataset) {
        Map<Integer, long[]> byClass = new TreeMap<>(); // same, all
        for (Graph graph : dataset.graphs()) {
            for (int v = 0; v < graph.nodeCount(); v++) {
                for (int e = graph.inOffset(v); graph.label(v) >= 0 && e < graph.inOffset(v + 1); e++) {
                    int other = graph.label(graph.source(e));
                    if (other >= 0 && graph.source(e) != v) {
                        long[] counts = byClass.computeIfAbsent(graph.label(v), c -> new long[2]);
                        counts[0] += other == graph.label(v) ? 1 : 0;
                        counts[1]++;
                    }
                }
            }
        }
        boolean named = dataset.info().task() == org.aitia.api.Task.NODE;
        List<Point> bars = new ArrayList<>();
        List<Colour> colours = new ArrayList<>();
        byClass.forEach((label, counts) -> {
            String name = named ? Wording.className(dataset.classNames(), label) : "class " + label;
            bars.add(Point.bar(name, (double) counts[0] / counts[1]));
            colours.add(Colour.ofClass(label));
        });
        return bars(
                dataset.info().title() + ": homophily",
                "For each class of nodes, the share of its neighbours that are of the same class.",
                Axis.linear("share of neighbours of the same class").from(0, 1.08),
                bars,
                colours);
    }
}
