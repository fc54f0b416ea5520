package org.aitia.visualization.internal;

import java.util.List;
import java.util.Locale;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.ExplanationType;

/** Numbers and names as people read them. */
final class Wording {
    private Wording() {}

    /** A class: its name, or "class 3" where the name is a number. */
    static String className(List<String> names, int index) {
        if (index < 0) {
            return "none";
        }
        String name = index < names.size() ? names.get(index) : Integer.toString(index);
        return name.isEmpty() || name.chars().allMatch(Character::isDigit) ? "class " + index : name;
    }

    static String className(Subject subject, int index) {
        return className(subject.dataset().classNames(), index);
    }

    /** The class of a node; names of classes are those of graphs in graph tasks. */
    static String nodeClass(Subject subject, int index) {
        return subject.isNodeTask() ? className(subject, index) : "class " + index;
    }

    /** An importance, short but never rounded to zero. */
    static String importance(double value) {
        if (value != 0 && Math.abs(value) < 0.0005) {
            return String.format(Locale.ROOT, "%.1e", value);
        }
        return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.3f", value);
    }

    /** An importance and how much it differs between repeated runs, if that is known. */
    static String importance(double value, double deviation) {
        return importance(value) + (Double.isNaN(deviation) ? "" : " ± " + importance(deviation));
    }

    static String percent(double probability) {
        double percent = 100 * probability;
        // 100 % is for certainty
        return percent >= 99.95 && percent < 100 ? "> 99.9 %" : String.format(Locale.ROOT, "%.1f %%", percent);
    }

    static String seconds(double seconds) {
        if (seconds >= 0.1) {
            return String.format(Locale.ROOT, "%.2f s", seconds);
        }
        return String.format(Locale.ROOT, seconds >= 0.01 ? "%.0f ms" : "%.2f ms", 1000 * seconds);
    }

    static String count(long count, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", count, thing, count == 1 ? "" : "s");
    }

    /** Whether the model predicts a number rather than a class. */
    static boolean isNumber(ExplanationTarget target) {
        return target.probabilities().length == 1;
    }

    /** What is explained, as importances support it or speak against it. */
    static String explained(Subject subject) {
        ExplanationTarget target = subject.explanation().target();
        return isNumber(target) ? "a higher output" : className(subject, target.explainedClass());
    }

    /** What a model says of a target. */
    static String predicted(Subject subject) {
        ExplanationTarget target = subject.explanation().target();
        return isNumber(target)
                ? "output " + importance(target.probabilities()[0])
                : "predicted " + className(subject, target.predictedClass());
    }

    /** The question that an explanation answers. */
    static String question(Subject subject) {
        ExplanationTarget target = subject.explanation().target();
        if (isNumber(target)) {
            return "What the output for " + subject.target() + " rests on";
        }
        String name = className(subject, target.explainedClass());
        return subject.provenance().type() == ExplanationType.MODEL
                        && target.explainedClass() == target.predictedClass()
                ? "Why " + subject.target() + " is predicted " + name
                : "What speaks for " + name + " at " + subject.target();
    }

    /** How sure the model is and what is true. */
    static String outcome(Subject subject) {
        ExplanationTarget target = subject.explanation().target();
        if (isNumber(target)) {
            return predicted(subject);
        }
        int predicted = target.predictedClass();
        String text = predicted == target.explainedClass() ? "" : "predicted " + className(subject, predicted) + " · ";
        if (predicted < target.probabilities().length) {
            text += "probability " + percent(target.probabilities()[predicted]);
        }
        return target.label() < 0
                ? text
                : text + " · label " + className(subject, target.label())
                        + (target.label() == predicted ? ", right" : ", wrong");
    }

    /** How much of the computation graph a picture shows in full. */
    static String extent(Subgraph subgraph) {
        if (subgraph.pairCount() == 0) {
            return "no edges";
        }
        String all = count(subgraph.pairCount(), "edge");
        if (subgraph.largest() == 0) {
            return all + ", none with an importance";
        }
        if (subgraph.shownCount() == subgraph.pairCount()) {
            return "all " + all;
        }
        return subgraph.shownCount() == subgraph.importantCount()
                ? "the " + count(subgraph.shownCount(), "edge") + " with an importance, of " + all
                : "the " + subgraph.shownCount() + " most important of " + all;
    }
}
