package org.aitia.shell.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.compare.Contestant;
import org.aitia.api.explain.ExplanationRequest;
import org.aitia.api.model.StoredModel;
import picocli.CommandLine.Option;

/** What commands take that run one explainer on instances of a model. */
public abstract class ExplainerArguments extends SubjectArguments {
    @Option(
            names = {"-x", "--explainer"},
            required = true,
            order = 2,
            paramLabel = "EXPLAINER",
            description = "Name of an explainer; 'explainer NAME' lists its options.")
    public String explainer;

    @Option(
            names = {"-o", "--option"},
            order = 8,
            paramLabel = "KEY=VALUE",
            description = "Option of the explainer; may be repeated.")
    List<KeyValue> options;

    /**
     * Returns the options of the explainer.
     *
     * @return as typed
     */
    public Map<String, String> options() {
        return KeyValue.map(options);
    }

    /**
     * Phrases the request.
     *
     * @param chosen data and instances
     * @param stored the model
     * @return about the model's own data, or other data if they were chosen
     */
    public ExplanationRequest request(Chosen chosen, StoredModel stored) {
        return subject(chosen, stored, false)
                .request(new Contestant(explainer, explainer, options(), Optional.empty()), seed);
    }
}
