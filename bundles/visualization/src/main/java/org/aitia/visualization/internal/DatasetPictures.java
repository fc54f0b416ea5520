package org.aitia.visualization.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.graph.Graph;
import org.aitia.api.render.DatasetRenderer;
import org.osgi.service.component.annotations.Component;

/** Pictures of data sets. */
@Component(service = DatasetRenderer.class)
public final class DatasetPictures implements DatasetRenderer {
    private static final List<String> FORMATS = List.of(SvgRenderer.FORMAT, PngRenderer.FORMAT);

    @Override
    public List<String> pictures(Dataset dataset) {
        return List.copyOf(available(dataset).keySet());
    }

    @Override
    public List<String> formats() {
        return FORMATS;
    }

    @Override
    public void render(String picture, Dataset dataset, String format, OutputStream out) throws IOException {
        if (!FORMATS.contains(format)) {
            throw new InvalidRequestException(
                    "pictures of data sets come as " + String.join(" or ", FORMATS) + ", not as '" + format + "'");
        }
        Map<String, Function<Dataset, Scene>> available = available(dataset);
        if (!available.containsKey(picture)) {
            throw new InvalidRequestException("there is no picture '" + picture + "' of data set '"
                    + dataset.info().name() + "'; there are " + String.join(", ", available.keySet()));
        }
        Scene scene = available.get(picture).apply(dataset);
        if (format.equals(PngRenderer.FORMAT)) {
            PngWriter.write(scene, out);
        } else {
            Markup markup = new Markup();
            SvgWriter.document(scene, markup);
            markup.writeTo(out);
        }
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
        List<double[]> points = new ArrayList<>();
        counts.forEach((degree, count) -> {
            if (!logarithmic || degree > 0) {
                points.add(new double[] {degree, count});
            }
        });
        double greatest = points.stream().mapToDouble(point -> point[0]).max().orElse(1);
        double most = points.stream().mapToDouble(point -> point[1]).max().orElse(1);
        String xName =
                "in-degree" + (isolated == 0 ? "" : " (" + Wording.count(isolated, "node") + " of degree 0 left out)");
        return Chart.points(
                dataset.info().title() + ": degree distribution",
                "How many nodes have each in-degree" + (logarithmic ? ", on logarithmic axes." : "."),
                logarithmic ? Chart.Axis.logarithmic(xName, 1, greatest) : Chart.Axis.upTo(xName, greatest),
                logarithmic ? Chart.Axis.logarithmic("nodes", 1, most) : Chart.Axis.upTo("nodes", most),
                points);
    }

    private static Scene classes(Dataset dataset) {
        double[] sizes = new double[dataset.classCount()];
        for (int i = 0; i < dataset.instanceCount(); i++) {
            if (dataset.label(i) >= 0) {
                sizes[dataset.label(i)]++;
            }
        }
        List<Chart.Bar> bars = new ArrayList<>();
        double most = 0;
        for (int c = 0; c < sizes.length; c++) {
            bars.add(new Chart.Bar(Wording.className(dataset.classNames(), c), sizes[c], Colour.ofClass(c)));
            most = Math.max(most, sizes[c]);
        }
        return Chart.bars(
                dataset.info().title() + ": class balance",
                "How many instances belong to each class.",
                Chart.Axis.upTo(dataset.info().task().name().toLowerCase(java.util.Locale.ROOT) + "s", most),
                bars);
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
        List<Chart.Bar> bars = new ArrayList<>();
        byClass.forEach((label, counts) -> bars.add(new Chart.Bar(
                named ? Wording.className(dataset.classNames(), label) : "class " + label,
                (double) counts[0] / counts[1],
                Colour.ofClass(label))));
        return Chart.bars(
                dataset.info().title() + ": homophily",
                "For each class of nodes, the share of its neighbours that are of the same class.",
                new Chart.Axis("share of neighbours of the same class", 0, 1.08, false),
                bars);
    }
}
