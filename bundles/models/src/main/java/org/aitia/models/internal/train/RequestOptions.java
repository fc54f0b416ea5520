package org.aitia.models.internal.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.option.OptionSchema;
import org.aitia.api.option.OptionSpec;

/**
 * The options of a request, sorted by whose they are. A name that both know is the trainer's.
 *
 * @param trainer for the trainer
 * @param architecture for the architecture
 */
record RequestOptions(Map<String, String> trainer, Map<String, String> architecture) {

    static RequestOptions sort(
            Map<String, String> given, OptionSchema<TrainerOptions> trainer, ModelArchitecture architecture) {
        List<String> trainerNames = names(trainer);
        List<String> architectureNames = names(architecture.options());
        Map<String, String> forTrainer = new LinkedHashMap<>();
        Map<String, String> forArchitecture = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            if (trainerNames.contains(name)) {
                forTrainer.put(name, value);
            } else if (architectureNames.contains(name)) {
                forArchitecture.put(name, value);
            } else {
                List<String> known = new ArrayList<>(trainerNames);
                known.addAll(architectureNames);
                throw new InvalidRequestException("neither the trainer nor architecture '" + architecture.name()
                        + "' has an option '" + name + "'" + NotFoundException.suggestion(name, known));
            }
        });
        return new RequestOptions(forTrainer, forArchitecture);
    }

    private static List<String> names(OptionSchema<?> schema) {
        List<String> names = new ArrayList<>();
        for (OptionSpec spec : schema.specs()) {
            names.add(spec.name());
            names.addAll(spec.aliases());
        }
        return names;
    }
}
