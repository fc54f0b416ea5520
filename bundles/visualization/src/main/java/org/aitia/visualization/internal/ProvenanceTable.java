package org.aitia.visualization.internal;

import java.util.Locale;
import java.util.Map;
import org.aitia.api.explain.Cost;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.explain.Provenance;
import org.aitia.api.explain.Threshold;

/** Where a result comes from and what it took, a row each. */
final class ProvenanceTable {
    private static final double MIB = 1 << 20;

    private final ExplanationResult result;
    private final Provenance provenance;
    private final Markup page;

    ProvenanceTable(ExplanationResult result, Markup page) {
        this.result = result;
        this.provenance = result.provenance();
        this.page = page;
    }

    void write() {
        page.open("table", "class", "provenance").line().open("tbody").line();
        row("Explainer", provenance.explainer());
        row("Explainer's bundle", provenance.explainerBundle());
        row("Options", listed(provenance.options()));
        provenance.trained().ifPresent(name -> row("Trained explainer", name));
        provenance.trainedDigest().ifPresent(digest -> row("What it had learnt", digest));
        provenance.initialDigest().ifPresent(digest -> row("Began with masks", digest));
        if (!result.threshold().equals(Threshold.NONE)) {
            row("Threshold", result.threshold().text());
        }
        row("Type", provenance.type() == ExplanationType.MODEL ? "model: the prediction" : "phenomenon: the label");
        row("Task", provenance.task().name().toLowerCase(Locale.ROOT));
        row("Model", provenance.model());
        row("Architecture", provenance.architecture());
        row("Receptive field", Wording.count(provenance.hops(), "hop"));
        row("Weights", provenance.modelDigest());
        row("Data set", provenance.dataset());
        row("Data set's options", listed(provenance.datasetOptions()));
        row("Data", provenance.datasetDigest());
        row("Seed", Long.toString(provenance.seed()));
        row("Device", provenance.device());
        row("Libraries", listed(provenance.libraries()));
        row("Started", provenance.started().toString());
        row(
                "Time",
                Wording.seconds(result.seconds()) + ", " + Wording.seconds(result.secondsPerTarget()) + " per target");
        cost(result.cost());
        page.close().close().line();
    }

    private void cost(Cost cost) {
        if (cost.oracleCalls() > 0) {
            row(
                    "Model asked",
                    calls(cost.oracleCalls())
                            + (cost.recordedCalls() > 0
                                    ? ", " + number(cost.recordedCalls()) + " of them with gradients: as much as "
                                            + calls(cost.forwardEquivalents())
                                    : ""));
        }
        if (cost.trainingCalls() > 0 || cost.trainingSeconds() > 0) {
            row(
                    "Training of the explainer",
                    calls(cost.trainingCalls()) + ", " + Wording.seconds(cost.trainingSeconds()));
        }
        if (cost.peakNativeBytes() > 0) {
            row("Native memory", String.format(Locale.ROOT, "at most %,.1f MiB at once", cost.peakNativeBytes() / MIB));
        }
    }

    private static String calls(long count) {
        return number(count) + " forward pass" + (count == 1 ? "" : "es");
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private void row(String name, String value) {
        page.open("tr")
                .element("th", name, "scope", "row")
                .element("td", value)
                .close()
                .line();
    }

    private static String listed(Map<String, String> map) {
        return map.isEmpty()
                ? "none"
                : String.join(
                        ", ",
                        map.entrySet().stream()
                                .map(entry -> entry.getKey() + " = " + entry.getValue())
                                .toList());
    }
}
