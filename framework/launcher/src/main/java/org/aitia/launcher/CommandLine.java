package org.aitia.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the user asked for.
 *
 * @param mode what to do
 * @param sources scripts in the order given, empty unless the mode is {@link Mode#SCRIPT}
 * @param properties settings given as {@code -Dname=value}
 */
record CommandLine(Mode mode, List<Source> sources, Map<String, String> properties) {

    /** What the launcher does. */
    enum Mode {
        /** Opens the interactive shell. */
        SHELL,
        /** Runs commands and exits. */
        SCRIPT,
        /** Answers commands read from standard input, for programs that drive a container. */
        PIPE,
        /** Prints the version. */
        VERSION,
        /** Prints the usage. */
        HELP
    }

    /**
     * Where a script's text is.
     *
     * @param text the commands themselves, or empty
     * @param file the file that holds them, or empty; {@code -} means standard input
     */
    record Source(Optional<String> text, Optional<Path> file) {}

    static final String USAGE = """
            Usage: aitia [-Dname=value]... [-c "COMMAND; COMMAND"]... [-f FILE]...

              (no option)      opens the interactive shell
              -c COMMANDS      runs the commands and exits
              -f FILE          runs the commands in FILE and exits; "-" reads standard input
              -Dname=value     sets a property, for example -Daitia.datasets.mirror=/data/mirror
              --pipe           answers commands read line by line from standard input
              --version        prints the version
              -h, --help       prints this text

            Exit status: 0 all commands succeeded, 1 a command failed, 2 wrong usage, 3 the container did not start.
            Environment: AITIA_HOME, AITIA_DATA, AITIA_JAVA_OPTS; every AITIA_FOO_BAR sets property aitia.foo.bar.
            Inside the shell, "help" lists the commands.
            """;

    static CommandLine parse(String... args) {
        List<Source> sources = new ArrayList<>();
        Map<String, String> properties = new LinkedHashMap<>();
        boolean pipe = false;
        for (int i = 0; i < args.length; i++) {
            String arg = args[i];
            switch (arg) {
                case "-h", "--help" -> {
                    return new CommandLine(Mode.HELP, List.of(), Map.of());
                }
                case "--version" -> {
                    return new CommandLine(Mode.VERSION, List.of(), Map.of());
                }
                case "--pipe" -> pipe = true;
                case "-c", "--command" -> {
                    i++;
                    sources.add(new Source(Optional.of(value(args, i, "commands")), Optional.empty()));
                }
                case "-f", "--file" -> {
                    i++;
                    sources.add(new Source(Optional.empty(), Optional.of(Path.of(value(args, i, "a file")))));
                }
                default -> {
                    if (!arg.startsWith("-")) {
                        throw new LaunchException(
                                LaunchException.USAGE,
                                "unexpected argument '" + arg + "'; commands follow -c in one argument; try 'aitia"
                                        + " --help'");
                    }
                    if (!arg.startsWith("-D") || arg.length() == 2) {
                        throw new LaunchException(
                                LaunchException.USAGE, "unknown option '" + arg + "'; try 'aitia --help'");
                    }
                    int equals = arg.indexOf('=');
                    String name = arg.substring(2, equals < 0 ? arg.length() : equals);
                    properties.put(name, equals < 0 ? "true" : arg.substring(equals + 1));
                }
            }
        }
        if (pipe && !sources.isEmpty()) {
            throw new LaunchException(LaunchException.USAGE, "--pipe does not go with -c or -f");
        }
        Mode mode = pipe ? Mode.PIPE : sources.isEmpty() ? Mode.SHELL : Mode.SCRIPT;
        return new CommandLine(mode, List.copyOf(sources), Map.copyOf(properties));
    }

    private static String value(String[] args, int index, String what) {
        if (index >= args.length) {
            throw new LaunchException(LaunchException.USAGE, "option '" + args[index - 1] + "' needs " + what);
        }
        return args[index];
    }
}
