package org.aitia.shell.internal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Fills a command's arguments from what the user typed; what is wrong becomes one line. */
final class ArgumentParser {
    private static final int MAX_USAGE_WIDTH = 120;

    private final CommandLine commandLine;
    private final String name;

    ArgumentParser(Arguments arguments) {
        commandLine = new CommandLine(arguments)
                .setExpandAtFiles(false)
                .setTrimQuotes(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(KeyValue.class, new KeyValue.Converter());
        name = commandLine.getCommandName();
    }

    CommandSpec spec() {
        return commandLine.getCommandSpec();
    }

    /**
     * Parses.
     *
     * @return false if the usage is wanted instead
     */
    boolean parse(List<String> words) {
        try {
            return !commandLine.parseArgs(words.toArray(String[]::new)).isUsageHelpRequested();
        } catch (UnmatchedArgumentException e) {
            throw failure(unmatched(e.getUnmatched().get(0)), e);
        } catch (OverwrittenOptionException e) {
            throw failure("option '" + ((OptionSpec) e.getOverwritten()).longestName() + "' is given twice", e);
        } catch (MissingParameterException e) {
            // A misspelt option explains more than what is missing because of it.
            throw failure(unknownOption(words).map(this::unmatched).orElseGet(() -> missing(e)), e);
        } catch (ParameterException e) {
            throw failure(invalid(e), e);
        }
    }

    private Optional<String> unknownOption(List<String> words) {
        return words.stream()
                .takeWhile(word -> !word.equals("--"))
                .filter(word -> word.startsWith("--"))
                .filter(word -> !spec().optionsMap().containsKey(word.replaceFirst("=.*$", "")))
                .findFirst();
    }

    private InvalidRequestException failure(String what, ParameterException cause) {
        return new InvalidRequestException(name + ": " + what + " (see '" + name + " --help')", cause);
    }

    private String unmatched(String word) {
        if (!word.startsWith("-")) {
            return "unexpected argument '" + word + "'";
        }
        int equals = word.indexOf('=');
        String option = equals < 0 ? word : word.substring(0, equals);
        return "unknown option '" + option + "'" + nearest(option);
    }

    /** Compares names without their dashes, which would make all of them alike. */
    private String nearest(String option) {
        List<String> names = spec().options().stream()
                .filter(o -> !o.hidden())
                .map(o -> o.longestName().replaceFirst("^--", ""))
                .toList();
        String suggestion = NotFoundException.suggestion(option.replaceFirst("^-+", ""), names);
        return suggestion.startsWith("; did you mean") ? suggestion.replaceAll("'(.+?)'", "'--$1'") : "";
    }

    private static String missing(MissingParameterException e) {
        ArgSpec first = e.getMissing().get(0);
        if (!first.isOption()) {
            return first.paramLabel() + " is missing";
        }
        // picocli uses the same exception for an option that is not there and for one without its value
        boolean withoutValue = !e.getMessage().startsWith("Missing required option");
        return withoutValue
                ? "option '" + ((OptionSpec) first).longestName() + "' needs a value: " + first.paramLabel()
                : e.getMissing().stream()
                                .map(arg -> "'" + ((OptionSpec) arg).longestName() + " " + arg.paramLabel() + "'")
                                .collect(Collectors.joining(
                                        " and ", "", e.getMissing().size() == 1 ? " is" : " are"))
                        + " missing";
    }

    private static String invalid(ParameterException e) {
        ArgSpec arg = e.getArgSpec();
        if (arg == null) {
            return firstLine(e.getMessage());
        }
        String subject = arg.isOption() ? "option '" + ((OptionSpec) arg).longestName() + "' " : arg.paramLabel() + " ";
        if (e.getCause() instanceof TypeConversionException own) {
            String text = firstLine(own.getMessage());
            if (text.startsWith("takes ")) {
                return subject + text;
            }
        }
        return subject + "takes " + expected(arg.auxiliaryTypes()[0]) + ", not '" + e.getValue() + "'";
    }

    private static String expected(Class<?> type) {
        if (type == Integer.class || type == int.class || type == Long.class || type == long.class) {
            return "a whole number";
        }
        if (type == Double.class || type == double.class) {
            return "a number";
        }
        if (type.isEnum()) {
            return List.of(type.getEnumConstants()).stream()
                    .map(constant -> constant.toString().toLowerCase(java.util.Locale.ROOT))
                    .collect(Collectors.joining(" or "));
        }
        return "another kind of value";
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    String usage(int width) {
        spec().usageMessage().width(Math.min(MAX_USAGE_WIDTH, width));
        return commandLine.getUsageMessage(Ansi.OFF).stripTrailing();
    }
}
