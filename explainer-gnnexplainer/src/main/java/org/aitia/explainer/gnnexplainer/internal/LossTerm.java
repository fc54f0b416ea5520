package org.aitia.explainer.gnnexplainer.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.Task;
import org.aitia.api.explain.Objective;
import org.aitia.api.model.ModelInfo;

/**
 * A term of the loss that a request adds.
 *
 * @param objective the term
 * @param weight its coefficient
 */
record LossTerm(Objective objective, double weight) {
    /** Finds the terms that options name among those that there are. */
    static List<LossTerm> of(GnnExplainerOptions options, List<Objective> known, ModelInfo model) {
        List<LossTerm> terms = new ArrayList<>();
        if (options.laplacian() > 0) {
            if (model.shape().task() != Task.NODE) {
                throw new InvalidRequestException(
                        "laplacian compares the predicted classes of nodes, which a model for "
                                + model.shape().task().name().toLowerCase(java.util.Locale.ROOT)
                                + " tasks does not predict; give laplacian=0");
            }
            if (options.edgeMaskType() == GnnExplainerOptions.EdgeMaskType.NONE) {
                throw new InvalidRequestException(
                        "laplacian is a term of the edge mask, and edgeMaskType is none; give laplacian=0");
            }
            terms.add(new LossTerm(new LaplacianObjective(), options.laplacian()));
        }
        Map<String, Objective> byName = new LinkedHashMap<>();
        // in the order of their ranking, as OSGi gives services: of one name the highest serves
        known.forEach(objective -> byName.put(objective.name(), objective));
        for (Map.Entry<String, Double> wanted : weights(options.objectives()).entrySet()) {
            Objective objective = byName.get(wanted.getKey());
            if (objective == null) {
                throw new NotFoundException("unknown objective '" + wanted.getKey() + "'; "
                        + (byName.isEmpty()
                                ? "there are none"
                                : "there are: " + String.join(", ", new java.util.TreeSet<>(byName.keySet()))));
            }
            terms.add(new LossTerm(objective, wanted.getValue()));
        }
        return terms;
    }

    private static Map<String, Double> weights(String text) {
        Map<String, Double> weights = new LinkedHashMap<>();
        if (text.isBlank()) {
            return weights;
        }
        for (String part : text.split(",", -1)) {
            int colon = part.lastIndexOf(':');
            String name = (colon < 0 ? part : part.substring(0, colon)).trim();
            double weight = colon < 0 ? 1 : number(part.substring(colon + 1).trim());
            if (name.isEmpty() || !Double.isFinite(weight)) {
                throw new InvalidRequestException(
                        "option 'objectives' takes name:weight,... with finite weights, not '" + text + "'");
            }
            if (weights.put(name, weight) != null) {
                throw new InvalidRequestException("option 'objectives' names '" + name + "' twice; name it once");
            }
        }
        return weights;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
