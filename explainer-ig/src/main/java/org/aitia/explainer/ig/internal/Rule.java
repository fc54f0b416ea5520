package org.aitia.explainer.ig.internal;

import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/** How an integral from 0 to 1 becomes a weighted sum. */
enum Rule {
    RIEMANN_LEFT,
    RIEMANN_RIGHT,
    RIEMANN_MIDDLE,
    /** Points from end to end, the ends with half the weight of the others; weights add up to 1. */
    RIEMANN_TRAPEZOID,
    /** Captum's {@code riemann_trapezoid}: weights 1/n, so that they add up to 1 - 1/n. */
    CAPTUM_TRAPEZOID,
    GAUSSLEGENDRE;

    /** The library's Gauss-Legendre points take time in the cube of their number. */
    static final int GAUSS_POINTS = 128;

    /**
     * Points and their weights.
     *
     * @param points in [0, 1], ascending
     * @param weights of their values
     */
    record Weighted(double[] points, double[] weights) {}

    /**
     * Lays out the points.
     *
     * @param steps number of points, at least 1; 2 for a trapezoid
     */
    Weighted of(int steps) {
        return switch (this) {
            case RIEMANN_LEFT -> even(0, steps);
            case RIEMANN_MIDDLE -> even(0.5, steps);
            case RIEMANN_RIGHT -> even(1, steps);
            case RIEMANN_TRAPEZOID -> trapezoid(steps, 1.0 / (steps - 1));
            case CAPTUM_TRAPEZOID -> trapezoid(steps, 1.0 / steps);
            case GAUSSLEGENDRE -> gauss(steps);
        };
    }

    /** The least number of points that the rule is defined for. */
    int leastSteps() {
        return this == RIEMANN_TRAPEZOID || this == CAPTUM_TRAPEZOID ? 2 : 1;
    }

    /** Steps of equal width with a point in each, so far from its beginning. */
    private static Weighted even(double within, int steps) {
        double[] points = new double[steps];
        double[] weights = new double[steps];
        for (int k = 0; k < steps; k++) {
            points[k] = (k + within) / steps;
            weights[k] = 1.0 / steps;
        }
        return new Weighted(points, weights);
    }

    private static Weighted trapezoid(int steps, double weight) {
        double[] points = new double[steps];
        double[] weights = new double[steps];
        for (int k = 0; k < steps; k++) {
            points[k] = (double) k / (steps - 1);
            weights[k] = k == 0 || k == steps - 1 ? weight / 2 : weight;
        }
        return new Weighted(points, weights);
    }

    /** One rule over all, or for many points equal parts of the path with a rule each. */
    private static Weighted gauss(int steps) {
        int parts = (steps + GAUSS_POINTS - 1) / GAUSS_POINTS;
        GaussIntegratorFactory factory = new GaussIntegratorFactory();
        double[] points = new double[steps];
        double[] weights = new double[steps];
        int at = 0;
        for (int part = 0; part < parts; part++) {
            GaussIntegrator rule = factory.legendre((steps - at) / (parts - part)); // on [-1, 1]
            for (int i = 0; i < rule.getNumberOfPoints(); i++, at++) {
                points[at] = (part + (1 + rule.getPoint(i)) / 2) / parts;
                weights[at] = rule.getWeight(i) / 2 / parts;
            }
        }
        return new Weighted(points, weights);
    }
}
