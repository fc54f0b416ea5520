package org.aitia.explanations.internal;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.aitia.api.explain.Cost;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.explain.Provenance;
import org.aitia.api.explain.Threshold;
import org.aitia.api.model.FeatureMaskType;

/** Writes one document; {@link org.aitia.api.explain.ExplanationIo} says what is in it. */
final class ExplanationWriter {
    private final JsonWriter json;
    private final Optional<MaskFile.Reference> maskFile;

    /**
     * Begins.
     *
     * @param maskFile where masks on features are, if they are not in the document
     */
    ExplanationWriter(JsonWriter json, Optional<MaskFile.Reference> maskFile) {
        this.json = json;
        this.maskFile = maskFile;
    }

    void write(ExplanationResult result) throws IOException {
        json.beginObject();
        json.name("format").value(ExplanationJson.FORMAT);
        json.name("version").value(ExplanationJson.VERSION);
        if (maskFile.isPresent()) {
            json.name("maskFile").beginObject();
            json.name("name").value(maskFile.get().name());
            json.name("digest").value(maskFile.get().digest());
            json.endObject();
        }
        json.name("explanations").beginArray();
        for (Explanation explanation : result.explanations()) {
            write(explanation);
        }
        json.endArray();
        json.name("seconds").value(result.seconds());
        json.name("secondsPerTarget").value(result.secondsPerTarget());
        write(result.cost());
        if (!result.threshold().equals(Threshold.NONE)) {
            json.name("threshold").value(result.threshold().text());
        }
        write(result.provenance());
        json.endObject();
        json.flush();
    }

    private void write(Explanation explanation) throws IOException {
        ExplanationTarget target = explanation.target();
        json.beginObject();
        json.name("target").value(target.id());
        json.name("predictedClass").value(target.predictedClass());
        json.name("explainedClass").value(target.explainedClass());
        json.name("label").value(target.label());
        json.name("probabilities");
        numbers(target.probabilities());
        json.name("nodes");
        integers(explanation.nodes());
        json.name("edgeMask");
        writeEdges(explanation);
        if (maskFile.isPresent()) {
            writeSizes(explanation);
        } else {
            writeFeatures(explanation);
        }
        json.name("featureMaskType").value(lowerCase(explanation.featureMaskType()));
        json.name("featureMaskSize").value(explanation.featureMask().length);
        json.name("seed").value(target.seed());
        json.name("diagnostics").beginObject();
        for (Map.Entry<String, Double> diagnostic :
                new TreeMap<>(explanation.masks().diagnostics()).entrySet()) {
            json.name(diagnostic.getKey());
            if (Double.isFinite(diagnostic.getValue())) {
                json.value(diagnostic.getValue());
            } else {
                json.nullValue();
            }
        }
        json.endObject();
        json.endObject();
    }

    private void writeEdges(Explanation explanation) throws IOException {
        boolean masked = explanation.edgeMask().length > 0 || explanation.edgeCount() == 0;
        json.beginArray();
        for (int e = 0; e < explanation.edgeCount(); e++) {
            json.beginArray()
                    .value(explanation.edgeSources()[e])
                    .value(explanation.edgeTargets()[e]);
            if (masked) {
                number(explanation.edgeMask()[e]);
            } else {
                json.nullValue();
            }
            json.endArray();
        }
        json.endArray();
    }

    private void writeSizes(Explanation explanation) throws IOException {
        json.name("nodeMask").nullValue();
        json.name("featureMask").nullValue();
        json.name("inMaskFile").beginObject();
        for (MaskFile.Part part : MaskFile.Part.values()) {
            Optional<Integer> size = part.size(explanation);
            if (size.isPresent()) {
                json.name(part.key()).value(size.get());
            }
        }
        json.endObject();
    }

    private void writeFeatures(Explanation explanation) throws IOException {
        boolean perNode = explanation.featureMaskType() == FeatureMaskType.NODE;
        boolean masked = explanation.featureMask().length > 0;
        json.name("nodeMask");
        writeTuples(explanation, masked && perNode);
        json.name("featureMask");
        writeTuples(explanation, masked && !perNode);
        json.name("edgeFeatureMask");
        writeEdgeFeatures(explanation);
        Optional<MaskValues.Deviation> deviation = explanation.masks().deviation();
        if (deviation.isPresent()) {
            json.name("deviation").beginObject();
            json.name("edgeMask");
            numbers(deviation.get().edges());
            json.name("featureMask");
            numbers(deviation.get().features());
            json.name("edgeFeatureMask");
            numbers(deviation.get().edgeFeatures());
            json.endObject();
        }
    }

    /** Zeros are left out, but for stored values: which of them there are is part of the mask. */
    private void writeTuples(Explanation explanation, boolean wanted) throws IOException {
        if (!wanted) {
            json.nullValue();
            return;
        }
        float[] mask = explanation.featureMask();
        int[] nodes = explanation.nodes();
        int width = nodes.length == 0 ? 0 : mask.length / nodes.length;
        json.beginArray();
        if (explanation.featureMaskType() == FeatureMaskType.STORED) {
            for (int v = 0; v < nodes.length; v++) {
                for (int i = explanation.storedOffsets()[v]; i < explanation.storedOffsets()[v + 1]; i++) {
                    tuple(mask[i], nodes[v], explanation.storedColumns()[i]);
                }
            }
        } else {
            for (int i = 0; i < mask.length; i++) {
                if (mask[i] == 0) {
                    continue;
                }
                switch (explanation.featureMaskType()) {
                    case NODE -> tuple(mask[i], nodes[i]);
                    case FEATURE -> tuple(mask[i], i);
                    default -> tuple(mask[i], nodes[i / width], i % width);
                }
            }
        }
        json.endArray();
    }

    private void tuple(float value, int... keys) throws IOException {
        json.beginArray();
        for (int key : keys) {
            json.value(key);
        }
        number(value);
        json.endArray();
    }

    /** A row per edge, in the order of the edges. */
    private void writeEdgeFeatures(Explanation explanation) throws IOException {
        float[] mask = explanation.masks().edgeFeatures();
        if (mask.length == 0) {
            json.nullValue();
            return;
        }
        int width = mask.length / explanation.edgeCount();
        json.beginArray();
        for (int i = 0; i < mask.length; i += width) {
            numbers(Arrays.copyOfRange(mask, i, i + width));
        }
        json.endArray();
    }

    private void numbers(float[] values) throws IOException {
        json.beginArray();
        for (float value : values) {
            number(value);
        }
        json.endArray();
    }

    private void integers(int[] values) throws IOException {
        json.beginArray();
        for (int value : values) {
            json.value(value);
        }
        json.endArray();
    }

    /** Writes the shortest text that reads back as the same float; JSON has no NaN, so that becomes null. */
    private void number(float value) throws IOException {
        if (Float.isFinite(value)) {
            json.value(Float.valueOf(value));
        } else {
            json.nullValue();
        }
    }

    private void write(Cost cost) throws IOException {
        json.name("cost").beginObject();
        json.name("oracleCalls").value(cost.oracleCalls());
        json.name("recordedCalls").value(cost.recordedCalls());
        json.name("trainingCalls").value(cost.trainingCalls());
        json.name("trainingSeconds").value(cost.trainingSeconds());
        json.name("peakNativeBytes").value(cost.peakNativeBytes());
        json.endObject();
    }

    private void write(Provenance provenance) throws IOException {
        json.name("provenance").beginObject();
        json.name("explainer").value(provenance.explainer());
        json.name("explainerBundle").value(provenance.explainerBundle());
        strings("options", provenance.options());
        json.name("type").value(lowerCase(provenance.type()));
        json.name("task").value(lowerCase(provenance.task()));
        json.name("model").value(provenance.model());
        json.name("architecture").value(provenance.architecture());
        json.name("hops").value(provenance.hops());
        json.name("modelDigest").value(provenance.modelDigest());
        json.name("dataset").value(provenance.dataset());
        strings("datasetOptions", provenance.datasetOptions());
        json.name("datasetDigest").value(provenance.datasetDigest());
        json.name("seed").value(provenance.seed());
        json.name("device").value(provenance.device());
        strings("libraries", provenance.libraries());
        json.name("started").value(provenance.started().toString());
        optional("trained", provenance.trained());
        optional("trainedDigest", provenance.trainedDigest());
        optional("initialDigest", provenance.initialDigest());
        json.endObject();
    }

    private void strings(String name, Map<String, String> values) throws IOException {
        json.name(name).beginObject();
        for (Map.Entry<String, String> value : values.entrySet()) {
            json.name(value.getKey()).value(value.getValue());
        }
        json.endObject();
    }

    private void optional(String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.name(name).value(value.get());
        }
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
