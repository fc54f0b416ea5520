package org.aitia.api.option;

import java.util.List;

/**
 * One option as its users see it.
 *
 * @param name the name to type
 * @param aliases other names that are accepted
 * @param type what kind of value it takes
 * @param defaultValue the value when none is given, as it would be typed
 * @param range the allowed values in words, for example {@code "> 0"} or {@code "mean, max, sum"}; empty if any
 * @param choices the values of a choice or boolean; empty for other types
 * @param description one line
 * @param source paper, equation or peer that it comes from; may be empty
 */
public record OptionSpec(
        String name,
        List<String> aliases,
        Type type,
        String defaultValue,
        String range,
        List<String> choices,
        String description,
        String source) {

    /** The kinds of value. */
    public enum Type {
        /** A whole number. */
        INTEGER,
        /** A floating-point number. */
        NUMBER,
        /** True or false. */
        BOOLEAN,
        /** One of {@link OptionSpec#choices}. */
        CHOICE,
        /** Any text. */
        TEXT
    }
}
