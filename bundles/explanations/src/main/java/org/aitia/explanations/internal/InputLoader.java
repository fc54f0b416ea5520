package org.aitia.explanations.internal;

import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.explain.ExplanationInput;
import org.aitia.api.explain.ExplanationRequest;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelStore;
import org.aitia.api.model.StoredModel;

/** Loads what requests name. */
final class InputLoader {
    private final ModelStore models;
    private final Datasets datasets;

    InputLoader(ModelStore models, Datasets datasets) {
        this.models = models;
        this.datasets = datasets;
    }

    /** Reads the model's description only, so that what does not fit is refused before data is loaded. */
    StoredModel describe(ExplanationRequest request) throws NotFoundException {
        return models.find(request.model());
    }

    ExplanationInput load(ExplanationRequest request, StoredModel description, TaskMonitor monitor) {
        GnnModel model = models.load(request.model());
        if (request.dataset().isEmpty() && description.dataset().isEmpty()) {
            throw new InvalidRequestException("model '" + description.name()
                    + "' was imported without a data set; say which one to explain it on");
        }
        Dataset dataset = request.dataset().isPresent()
                ? datasets.load(request.dataset().get(), request.datasetOptions(), monitor)
                : datasets.load(description.dataset(), description.datasetOptions(), monitor);
        ExplanationJob.checkTask(description, dataset);
        if (request.dataset().isEmpty() && !dataset.digest().equals(description.datasetDigest())) {
            monitor.message("note: data set '" + description.dataset() + "' has changed since model '"
                    + description.name() + "' was trained on it");
        }
        return new ExplanationInput(description, model, dataset);
    }
}
