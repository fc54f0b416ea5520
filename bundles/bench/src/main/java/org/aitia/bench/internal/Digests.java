package org.aitia.bench.internal;

import com.google.gson.Gson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aitia.api.option.OptionSpec;

/** Identities of what is computed: the same text for the same thing, whoever asked for it. */
final class Digests {
    private static final Gson GSON = new Gson();
    private static final int LENGTH = 32;

    private Digests() {}

    /** Returns the digest of values, in order; maps count whatever their order. */
    static String of(Object... values) {
        return hash(GSON.toJson(List.of(values).stream()
                .map(value -> value instanceof Map<?, ?> map ? new TreeMap<>(map) : value)
                .toList()));
    }

    /** Returns the digest of text. */
    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Returns options as they take effect.
     *
     * @param typed name or alias to value
     * @param specs what there is to set
     * @return every option by name: as typed, or its default
     */
    static Map<String, String> effective(Map<String, String> typed, List<OptionSpec> specs) {
        Map<String, String> effective = new TreeMap<>(typed);
        for (OptionSpec spec : specs) {
            String value = typed.getOrDefault(spec.name(), spec.defaultValue());
            for (String alias : spec.aliases()) {
                if (typed.containsKey(alias)) {
                    value = typed.get(alias);
                    effective.remove(alias);
                }
            }
            effective.put(spec.name(), value);
        }
        return effective;
    }
}
