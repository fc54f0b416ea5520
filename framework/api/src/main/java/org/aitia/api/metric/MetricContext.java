package org.aitia.api.metric;

import java.util.List;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.ExplanationInput;
import org.aitia.api.explain.ExplanationRequest;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.model.ModelInfo;
import org.osgi.annotation.versioning.ProviderType;

/** What a metric measures, and whom it can ask. */
@ProviderType
public interface MetricContext {
    /**
     * Returns the explanations.
     *
     * @return at least one
     */
    ExplanationResult result();

    /**
     * Returns what they are about.
     *
     * @return data of the digest that the explanations record
     */
    Dataset dataset();

    /**
     * Returns the explained model.
     *
     * @return architecture and shape
     * @throws org.aitia.api.InvalidRequestException if the model is not there
     */
    ModelInfo model();

    /**
     * Asks the model about variants of the explained inputs, in batches on leased devices.
     *
     * @param variants any number
     * @return for each variant the model's output for the target: softmax of the logits, [C]; of a regression model its
     *     output, [1]
     * @throws org.aitia.api.InvalidRequestException if the model is not there, or cannot be masked so
     */
    List<double[]> predict(List<Variant> variants);

    /**
     * Runs the explainer again.
     *
     * @param change of the request that the explanations record, for example its seed
     * @return the new explanations, of the same targets in the same order unless the request was changed in that
     * @throws org.aitia.api.InvalidRequestException if model or explainer is not there
     */
    ExplanationResult explain(java.util.function.UnaryOperator<ExplanationRequest> change);

    /**
     * Runs the explainer on other input.
     *
     * @param change of the request
     * @param input of the model and data, for example on perturbed features
     * @return the new explanations
     * @throws org.aitia.api.InvalidRequestException if model or explainer is not there
     */
    ExplanationResult explain(
            java.util.function.UnaryOperator<ExplanationRequest> change,
            java.util.function.UnaryOperator<ExplanationInput> input);

    /**
     * Returns the seed of random choices.
     *
     * @return that of the request; to be derived from for each choice, see {@link org.aitia.api.Seeds}
     */
    long seed();

    /**
     * Returns what is told of progress and asked for cancellation.
     *
     * @return the monitor
     */
    TaskMonitor monitor();
}
