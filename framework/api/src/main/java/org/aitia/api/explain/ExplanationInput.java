package org.aitia.api.explain;

import org.aitia.api.dataset.Dataset;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.StoredModel;

/**
 * Model and data in memory, for explanations of what is not stored: perturbed data, a model with other weights.
 *
 * @param description of the model; its digest is what provenance records
 * @param model the model
 * @param dataset what it is explained on
 */
public record ExplanationInput(StoredModel description, GnnModel model, Dataset dataset) {}
