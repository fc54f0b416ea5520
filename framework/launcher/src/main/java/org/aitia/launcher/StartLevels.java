package org.aitia.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The start level of each bundle in {@code system/}, from {@code etc/startlevels.properties}: symbolic name = level, and
 * {@code *} for all others.
 */
final class StartLevels {

    /** Configuration, Declarative Services and the directory watcher, which reads {@code etc/} and {@code plugins/}. */
    static final int INFRASTRUCTURE = 10;

    /** Bundles from {@code plugins/} and those installed by hand. */
    static final int PLUGINS = 60;

    /** All that commands need. */
    static final int COMMANDS = 80;

    /** The terminal of the interactive shell. */
    static final int TERMINAL = 90;

    private static final int SYSTEM = 30;

    private final Map<String, Integer> levels;

    private StartLevels(Map<String, Integer> levels) {
        this.levels = levels;
    }

    static StartLevels read(Path file) {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new LaunchException(LaunchException.START, "cannot read " + file + ": " + e.getMessage(), e);
            }
        }
        return new StartLevels(properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, name -> level(file, name, properties.getProperty(name)))));
    }

    private static int level(Path file, String name, String value) {
        try {
            return Integer.parseInt(value.strip());
        } catch (NumberFormatException e) {
            throw new LaunchException(
                    LaunchException.START, file + ": start level of " + name + " is '" + value + "', not a number", e);
        }
    }

    int of(String symbolicName) {
        Integer level = levels.get(symbolicName);
        return level != null ? level : levels.getOrDefault("*", SYSTEM);
    }
}
