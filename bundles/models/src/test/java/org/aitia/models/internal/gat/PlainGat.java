package org.aitia.models.internal.gat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.aitia.api.graph.Graph;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.Parameter;

/** One layer of attention as its papers write it, node by node in double precision. */
final class PlainGat {
    private final Map<String, double[]> weights = new HashMap<>();
    private final boolean second;
    private final boolean selfLoops;
    private final int heads;
    private final int width;
    private final boolean concat;

    PlainGat(GnnModel model, int layer, int heads, int width, boolean concat, boolean selfLoops) {
        String prefix = "conv" + layer + ".";
        for (Parameter parameter : model.parameters()) {
            if (parameter.name().startsWith(prefix)) {
                float[] values = parameter.values();
                double[] wide = new double[values.length];
                for (int i = 0; i < wide.length; i++) {
                    wide[i] = values[i];
                }
                weights.put(parameter.name().substring(prefix.length()), wide);
            }
        }
        this.second = weights.containsKey("att");
        this.selfLoops = selfLoops;
        this.heads = heads;
        this.width = width;
        this.concat = concat;
    }

    /** Values and attention. */
    record Result(double[][] values, double[][] edgeShares, double[][] selfShares) {}

    /** Computes a layer for all nodes; {@code mask} multiplies the message along each edge but self-loops. */
    Result apply(Graph graph, double[][] x, float[] mask) {
        int nodes = graph.nodeCount();
        double[][] y = new double[nodes][];
        double[][] edgeShares = new double[graph.edgeCount()][heads];
        double[][] selfShares = new double[nodes][heads];
        for (int v = 0; v < nodes; v++) {
            double[] all = new double[heads * width];
            for (int h = 0; h < heads; h++) {
                double total = 0;
                int from = graph.inOffset(v);
                int degree = graph.inDegree(v);
                double[] e = new double[degree + 1]; // the last is the self-loop
                for (int i = 0; i <= degree; i++) {
                    boolean loop = i == degree || graph.source(from + i) == v;
                    if (i == degree ? selfLoops : !(loop && selfLoops)) {
                        int u = i == degree ? v : graph.source(from + i);
                        double[] features = i == degree ? meanIn(graph, v) : edge(graph, from + i);
                        e[i] = Math.exp(score(h, x[u], x[v], features));
                        total += e[i];
                    }
                }
                for (int i = 0; i <= degree; i++) {
                    int u = i == degree ? v : graph.source(from + i);
                    double share = total == 0 ? 0 : e[i] / total;
                    if (i < degree) {
                        edgeShares[from + i][h] = share;
                    } else {
                        selfShares[v][h] = share;
                    }
                    double factor = u == v ? 1 : mask[from + i];
                    for (int f = 0; f < width; f++) {
                        all[h * width + f] += share * factor * value(h, f, x[u]);
                    }
                }
                for (int i = 0; i < degree && selfLoops; i++) {
                    if (graph.source(from + i) == v) {
                        edgeShares[from + i][h] = selfShares[v][h];
                    }
                }
            }
            y[v] = finish(all, x[v]);
        }
        return new Result(y, edgeShares, selfShares);
    }

    private double[] finish(double[] all, double[] x) {
        double[] merged = concat ? all : new double[width];
        for (int i = 0; !concat && i < all.length; i++) {
            merged[i % width] += all[i] / heads;
        }
        for (int i = 0; i < merged.length; i++) {
            merged[i] += weights.containsKey("bias") ? weights.get("bias")[i] : 0;
            merged[i] += weights.containsKey("res.weight") ? row("res.weight", i, x) : 0;
        }
        return merged;
    }

    private double score(int h, double[] source, double[] target, double[] edge) {
        double sum = 0;
        double score = 0;
        for (int f = 0; f < width; f++) {
            int i = h * width + f;
            if (second) {
                double z = value(h, f, source) + row("lin_r.weight", i, target) + constant("lin_r.bias", i);
                z += edge.length > 0 ? row("lin_edge.weight", i, edge) : 0;
                score += weights.get("att")[i] * leaky(z);
            } else {
                sum += weights.get("att_src")[i] * value(h, f, source);
                sum += weights.get("att_dst")[i] * value(h, f, target);
                sum += edge.length > 0 ? weights.get("att_edge")[i] * row("lin_edge.weight", i, edge) : 0;
            }
        }
        return second ? score : leaky(sum);
    }

    private double value(int h, int f, double[] x) {
        int i = h * width + f;
        return second ? row("lin_l.weight", i, x) + constant("lin_l.bias", i) : row("lin.weight", i, x);
    }

    private double constant(String name, int i) {
        return weights.containsKey(name) ? weights.get(name)[i] : 0;
    }

    private double row(String name, int i, double[] x) {
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            sum += weights.get(name)[i * x.length + k] * x[k];
        }
        return sum;
    }

    private static double leaky(double z) {
        return z > 0 ? z : 0.2 * z;
    }

    private double[] edge(Graph graph, int e) {
        int columns =
                weights.containsKey("lin_edge.weight") ? graph.edgeFeatures().columns() : 0;
        double[] row = new double[columns];
        for (int d = 0; d < columns; d++) {
            row[d] = graph.edgeFeatures().value(e, d);
        }
        return row;
    }

    private double[] meanIn(Graph graph, int v) {
        double[] mean = edge(graph, 0);
        Arrays.fill(mean, 0);
        int count = 0;
        for (int e = graph.inOffset(v); e < graph.inOffset(v + 1); e++) {
            count += graph.source(e) == v ? 0 : 1;
        }
        for (int e = graph.inOffset(v); e < graph.inOffset(v + 1); e++) {
            double[] row = edge(graph, e);
            for (int d = 0; d < mean.length && graph.source(e) != v; d++) {
                mean[d] += row[d] / count;
            }
        }
        return mean;
    }
}
