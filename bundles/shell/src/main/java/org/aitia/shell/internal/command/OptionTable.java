package org.aitia.shell.internal.command;

import java.util.List;
import java.util.Locale;
import org.aitia.api.option.OptionSpec;
import org.aitia.shell.internal.console.Console;
import org.aitia.shell.internal.console.Json;
import org.aitia.shell.internal.console.Table;

/** Options of plugins, as explainers, architectures and data sets declare them. */
final class OptionTable {
    private OptionTable() {}

    static void print(List<OptionSpec> options, Console console) {
        Table table = new Table("OPTION", "TYPE", "DEFAULT", "RANGE", "MEANING");
        for (OptionSpec option : options) {
            table.row(
                    option.name(),
                    type(option),
                    option.defaultValue().isEmpty() ? "-" : option.defaultValue(),
                    option.choices().isEmpty() ? option.range() : "",
                    meaning(option));
        }
        table.print(console);
    }

    private static String type(OptionSpec option) {
        return switch (option.type()) {
            case INTEGER -> "integer";
            case NUMBER -> "number";
            case BOOLEAN -> "true/false";
            case CHOICE -> "choice";
            case TEXT -> "text";
        };
    }

    private static String meaning(OptionSpec option) {
        StringBuilder meaning = new StringBuilder(option.description());
        if (option.type() == OptionSpec.Type.CHOICE) {
            // beside the meaning, where there is room for long lists
            meaning.append("; one of ").append(String.join(", ", option.choices()));
        }
        if (!option.source().isEmpty()) {
            meaning.append(" [").append(option.source()).append(']');
        }
        if (!option.aliases().isEmpty()) {
            meaning.append(" (also: ")
                    .append(String.join(", ", option.aliases()))
                    .append(')');
        }
        return meaning.toString();
    }

    static Json json(OptionSpec option) {
        return new Json()
                .put("name", option.name())
                .put("type", option.type().name().toLowerCase(Locale.ROOT))
                .put("default", option.defaultValue())
                .put("range", option.range())
                .put("choices", option.choices())
                .put("description", option.description())
                .put("source", option.source())
                .put("aliases", option.aliases());
    }
}
