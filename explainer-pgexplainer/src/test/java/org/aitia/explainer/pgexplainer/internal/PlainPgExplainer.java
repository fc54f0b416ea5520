package org.aitia.explainer.pgexplainer.internal;

import java.util.Arrays;
import java.util.List;

/**
 * PGExplainer on a 2-layer GCN whose features are the identity, in plain double precision: the equations without a
 * tensor library. The derivative of the masked prediction with respect to a mask is taken by finite differences.
 */
final class PlainPgExplainer {
    private static final double STEP = 1e-6;

    private final int[] sources;
    private final int[] targets;
    private final double[][] embeddings;
    private final double[][] weight1; // [8, N]
    private final double[] bias1;
    private final double[][] weight2; // [C, 8]
    private final double[] bias2;
    private final double[] normalization;
    private final double[] loops;
    private final boolean withPrediction;
    private final double[] parameters; // first layer row by row, its bias, last layer, its bias
    private final double[] first;
    private final double[] second;
    private int steps;

    /** A GCN. */
    record Gcn(double[][] weight1, double[] bias1, double[][] weight2, double[] bias2) {}

    PlainPgExplainer(
            int[] sources,
            int[] targets,
            double[][] embeddings,
            Gcn gcn,
            List<float[]> parameters,
            boolean withPrediction) {
        this.sources = sources;
        this.targets = targets;
        this.embeddings = embeddings;
        this.weight1 = gcn.weight1();
        this.bias1 = gcn.bias1();
        this.weight2 = gcn.weight2();
        this.bias2 = gcn.bias2();
        this.withPrediction = withPrediction;
        int count = 0;
        for (float[] part : parameters) {
            count += part.length;
        }
        this.parameters = new double[count];
        int at = 0;
        for (float[] part : parameters) {
            for (float value : part) {
                this.parameters[at++] = value;
            }
        }
        first = new double[count];
        second = new double[count];
        double[] degrees = new double[embeddings.length];
        Arrays.fill(degrees, 1);
        for (int target : targets) {
            degrees[target]++;
        }
        normalization = new double[sources.length];
        Arrays.setAll(normalization, e -> 1 / Math.sqrt(degrees[sources[e]] * degrees[targets[e]]));
        loops = Arrays.stream(degrees).map(d -> 1 / d).toArray();
    }

    double[] parameters() {
        return parameters;
    }

    /** One step of Adam for one target; returns the loss before it. */
    double step(int node, int label, double[] uniform, double temperature, boolean[] regularized) {
        int edges = sources.length;
        int width = embeddings[0].length;
        int inputs = 3 * width;
        int hidden = (parameters.length - 1) / (inputs + 2);
        double[][] active = new double[edges][hidden];
        double[] mask = new double[edges];
        for (int e = 0; e < edges; e++) {
            double logit = parameters[parameters.length - 1];
            for (int j = 0; j < hidden; j++) {
                double sum = parameters[hidden * inputs + j];
                for (int i = 0; i < inputs; i++) {
                    sum += parameters[j * inputs + i] * input(e, node, i, width);
                }
                active[e][j] = Math.max(0, sum);
                logit += parameters[hidden * (inputs + 1) + j] * active[e][j];
            }
            double eps = 0.98 * uniform[e] + 0.01;
            mask[e] = 1 / (1 + Math.exp(-(Math.log(eps) - Math.log(1 - eps) + logit) / temperature));
        }
        double loss = predictionLoss(mask, node, label);
        int counted = 0;
        for (boolean counts : regularized) {
            counted += counts ? 1 : 0;
        }
        double[] gradient = new double[parameters.length];
        for (int e = 0; e < edges; e++) {
            double slope = withPrediction ? predictionSlope(mask, e, node, label) : 0;
            if (regularized[e]) {
                double m = 0.99 * mask[e] + 0.005;
                loss += 0.05 * mask[e] - (m * Math.log(m) + (1 - m) * Math.log(1 - m)) / counted;
                slope += 0.05 - 0.99 * (Math.log(m) - Math.log(1 - m)) / counted;
            }
            double delta = slope * mask[e] * (1 - mask[e]) / temperature;
            gradient[parameters.length - 1] += delta;
            for (int j = 0; j < hidden; j++) {
                if (active[e][j] > 0) {
                    double inner = delta * parameters[hidden * (inputs + 1) + j];
                    gradient[hidden * (inputs + 1) + j] += delta * active[e][j];
                    gradient[hidden * inputs + j] += inner;
                    for (int i = 0; i < inputs; i++) {
                        gradient[j * inputs + i] += inner * input(e, node, i, width);
                    }
                }
            }
        }
        adam(gradient);
        return loss;
    }

    private double input(int edge, int node, int i, int width) {
        int row = i < width ? sources[edge] : i < 2 * width ? targets[edge] : node;
        return embeddings[row][i % width];
    }

    private double predictionSlope(double[] mask, int edge, int node, int label) {
        double[] moved = mask.clone();
        moved[edge] = mask[edge] + STEP;
        double above = predictionLoss(moved, node, label);
        moved[edge] = mask[edge] - STEP;
        return (above - predictionLoss(moved, node, label)) / (2 * STEP);
    }

    private double predictionLoss(double[] mask, int node, int label) {
        int nodes = embeddings.length;
        double[][] one = new double[nodes][bias1.length];
        for (int j = 0; j < bias1.length; j++) {
            for (int v = 0; v < nodes; v++) {
                one[v][j] = bias1[j] + loops[v] * weight1[j][v];
            }
            for (int e = 0; e < mask.length; e++) {
                one[targets[e]][j] += normalization[e] * mask[e] * weight1[j][sources[e]];
            }
        }
        double[] sum = new double[bias1.length]; // what arrives at the node in the second layer
        for (int j = 0; j < sum.length; j++) {
            sum[j] = loops[node] * Math.max(0, one[node][j]);
            for (int e = 0; e < mask.length; e++) {
                sum[j] += targets[e] == node ? normalization[e] * mask[e] * Math.max(0, one[sources[e]][j]) : 0;
            }
        }
        double[] logits = new double[bias2.length];
        for (int c = 0; c < logits.length; c++) {
            logits[c] = bias2[c];
            for (int j = 0; j < sum.length; j++) {
                logits[c] += weight2[c][j] * sum[j];
            }
        }
        double total = Arrays.stream(logits).map(Math::exp).sum();
        return Math.log(total) - logits[label];
    }

    private void adam(double[] gradient) {
        steps++;
        for (int p = 0; p < parameters.length; p++) {
            first[p] = 0.9 * first[p] + 0.1 * gradient[p];
            second[p] = 0.999 * second[p] + 0.001 * gradient[p] * gradient[p];
            double mean = first[p] / (1 - Math.pow(0.9, steps));
            double scale = Math.sqrt(second[p] / (1 - Math.pow(0.999, steps))) + 1e-8;
            parameters[p] -= 0.003 * mean / scale;
        }
    }
}
