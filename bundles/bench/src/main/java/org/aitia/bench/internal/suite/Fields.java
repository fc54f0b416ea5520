package org.aitia.bench.internal.suite;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.NotFoundException;

/** The values of a map whose keys are known. */
final class Fields {
    private final Item owner;
    private final Map<String, Item> values;

    Fields(Item owner, Map<String, Item> values, List<String> allowed) {
        this.owner = owner;
        this.values = values;
        for (String key : values.keySet()) {
            if (!allowed.contains(key)) {
                String near = NotFoundException.suggestion(key, allowed);
                String all = "it takes " + String.join(", ", allowed);
                throw owner.keyError(
                        key,
                        owner.what() + " has no '" + key + "'"
                                + (near.startsWith("; did") ? near + " " + all.replaceFirst("it", "It") : "; " + all));
            }
        }
    }

    Optional<Item> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    Item require(String key, String example) {
        return get(key).orElseThrow(() ->
                owner.error(owner.what() + " lacks '" + key + "'; add for example '" + key + ": " + example + "'"));
    }

    String text(String key, String otherwise) {
        return get(key).map(Item::text).orElse(otherwise);
    }

    Map<String, String> options(String key) {
        return get(key).map(Item::options).orElse(Map.of());
    }
}
