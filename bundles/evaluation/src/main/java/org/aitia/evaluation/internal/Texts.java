package org.aitia.evaluation.internal;

import java.util.Locale;

/** Words of messages. */
final class Texts {
    private Texts() {}

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String firstLine(String text) {
        return String.valueOf(text).lines().findFirst().orElse("");
    }
}
