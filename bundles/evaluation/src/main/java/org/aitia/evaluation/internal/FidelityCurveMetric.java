package org.aitia.evaluation.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.Threshold;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.aitia.api.option.Option;
import org.osgi.service.component.annotations.Component;

/** The area under fidelity over levels of sparsity. */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + FidelityCurveMetric.NAME)
public final class FidelityCurveMetric extends OptionedMetric<FidelityCurveMetric.Options> {
    static final String NAME = "fidelity-curve";

    /** What is drawn over sparsity. */
    enum Curve {
        /** Fidelity+ / (1 - fidelity-), PyG's {@code fidelity_curve_auc}. */
        RATIO,
        /** Fidelity+. */
        PLUS,
        /** Fidelity-. */
        MINUS
    }

    /**
     * Options.
     *
     * @param curve what is drawn
     * @param levels of sparsity
     * @param measure what is compared
     * @param removal what masking an edge means
     * @param elements which importances are used
     */
    record Options(
            @Option(
                    description = "what is drawn over sparsity: fidelity+ / (1 - fidelity-), fidelity+ or fidelity-",
                    defaultValue = "ratio",
                    source = "PyG fidelity_curve_auc")
            Curve curve,

            @Option(
                    description = "levels of sparsity, at least two, ascending, separated by commas, each >= 0 and < 1:"
                            + " the share of elements that the explanation leaves out",
                    defaultValue = "0.5,0.6,0.7,0.8,0.9",
                    source = "Pope et al. 2019; Yuan et al. 2022")
            String levels,

            @Option(description = Measure.MEANING, defaultValue = "probability")
            Measure measure,

            @Option(description = Removal.MEANING, defaultValue = "soft")
            Removal removal,

            @Option(description = Elements.MEANING, defaultValue = "all")
            Elements elements) {
        /** Checks the levels. */
        Options {
            numbers(levels);
        }

        double[] sparsities() {
            return numbers(levels);
        }

        private static double[] numbers(String text) {
            double[] numbers;
            try {
                numbers = Arrays.stream(text.split(",", -1))
                        .mapToDouble(part -> Double.parseDouble(part.strip()))
                        .toArray();
            } catch (NumberFormatException e) {
                numbers = new double[0];
            }
            boolean valid = numbers.length >= 2;
            for (int i = 0; i < numbers.length; i++) {
                valid &= numbers[i] >= 0 && numbers[i] < 1 && (i == 0 || numbers[i] > numbers[i - 1]);
            }
            if (!valid) {
                throw new InvalidRequestException("option 'levels' must be at least two ascending numbers >= 0 and < 1,"
                        + " separated by commas, but is '" + text + "'");
            }
            return numbers;
        }
    }

    /** Creates the metric. */
    public FidelityCurveMetric() {
        super(
                new MetricInfo(
                        NAME,
                        "fidelity curve",
                        "Area under fidelity over levels of sparsity: at level s an explanation is its (1 - s) share of"
                                + " most important elements, whole ones. By default the area under fidelity+ /"
                                + " (1 - fidelity-), by the trapezoidal rule and not divided by the range of levels; more"
                                + " is better, as for fidelity+ alone; for fidelity- less is.",
                        "PyG fidelity_curve_auc; Pope et al. 2019",
                        MetricInfo.Better.HIGHER,
                        Set.of(MetricInfo.Need.MODEL),
                        Set.of(Task.values())),
                Options.class);
    }

    @Override
    MetricScore measure(MetricContext context, Options options) {
        if (options.curve() == Curve.RATIO) {
            Scores.needsClasses(NAME, context);
        }
        options.elements().check(NAME, context.result());
        double[] levels = options.sparsities();
        int count = context.result().explanations().size();
        double[][] losses = losses(context, options, levels);
        double[][] plus = Arrays.copyOf(losses, levels.length);
        double[][] minus = Arrays.copyOfRange(losses, levels.length, losses.length);
        double[] means = new double[levels.length];
        double[] perTarget = new double[count];
        for (int l = 0; l < levels.length; l++) {
            means[l] = y(options.curve(), Scores.mean(plus[l]), Scores.mean(minus[l]));
            if (!Double.isFinite(means[l])) {
                throw new InvalidRequestException(
                        "metric '" + NAME + "' divides by 1 - fidelity-, which is 0 at sparsity " + levels[l]
                                + "; choose lower levels, measure=probability or curve=plus");
            }
        }
        for (int i = 0; i < count; i++) {
            double[] ys = new double[levels.length];
            for (int l = 0; l < levels.length; l++) {
                ys[l] = y(options.curve(), plus[l][i], minus[l][i]);
            }
            double area = area(levels, ys);
            perTarget[i] = Double.isFinite(area) ? area : Double.NaN;
        }
        return new MetricScore(NAME, area(levels, means), perTarget);
    }

    private static double y(Curve curve, double plus, double minus) {
        return switch (curve) {
            case PLUS -> plus;
            case MINUS -> minus;
            case RATIO -> plus / (1 - minus);
        };
    }

    /** By the trapezoidal rule. */
    static double area(double[] x, double[] y) {
        double area = 0;
        for (int i = 1; i < x.length; i++) {
            area += (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2;
        }
        return area;
    }

    /**
     * Losses without what each level keeps, then with nothing else; per target. All are asked for at once, so that each
     * computation graph is prepared once.
     */
    private static double[][] losses(MetricContext context, Options options, double[] levels) {
        List<Explanation> explanations = context.result().explanations();
        boolean hard = options.removal().isHard();
        int count = 2 * levels.length;
        List<KeptMasks> masks = Arrays.stream(levels)
                .mapToObj(level -> new KeptMasks(
                        NAME,
                        context.result(),
                        options.elements(),
                        new Threshold(Threshold.Kind.FRACTION, 1 - level, true),
                        true))
                .toList();
        List<double[]> before = context.predict(masks.get(0).unchanged());
        List<double[]> after = context.predict(new Variants(explanations.size(), count, (i, k) -> {
            KeptMasks.Masks kept = masks.get(k % levels.length).of(i);
            return (k < levels.length ? kept.complement() : kept).variant(i, hard);
        }));
        double[][] losses = new double[count][explanations.size()];
        for (int i = 0; i < explanations.size(); i++) {
            for (int k = 0; k < count; k++) {
                losses[k][i] =
                        options.measure().loss(explanations.get(i).target(), before.get(i), after.get(i * count + k));
            }
        }
        return losses;
    }
}
