package org.aitia.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The configuration of one container. A later source wins: {@code etc/config.properties}, {@code
 * etc/custom.properties}, the environment ({@code AITIA_FOO_BAR} is {@code aitia.foo.bar}), system properties that begin
 * with {@code aitia.}. Bundles read all of it through {@code BundleContext.getProperty}.
 */
final class Settings {

    private final Path home;
    private final Path data;
    private final Map<String, String> values;

    private Settings(Path home, Path data, Map<String, String> values) {
        this.home = home;
        this.data = data;
        this.values = values;
    }

    static Settings load(Map<String, String> environment, Properties system) {
        Map<String, String> overrides = new HashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith("AITIA_") && !value.isEmpty()) {
                overrides.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        for (String name : system.stringPropertyNames()) {
            if (name.startsWith("aitia.")) {
                overrides.put(name, system.getProperty(name));
            }
        }
        String homeName = overrides.get("aitia.home");
        if (homeName == null) {
            throw new LaunchException(LaunchException.START, "AITIA_HOME is not set; start Aitia with bin/aitia");
        }
        Path home = Path.of(homeName).toAbsolutePath().normalize();
        if (!Files.isDirectory(home.resolve("system"))) {
            throw new LaunchException(
                    LaunchException.START, "AITIA_HOME is " + home + ", which holds no Aitia (no system directory)");
        }
        Map<String, String> values = new TreeMap<>();
        read(home.resolve("etc/config.properties"), values);
        read(home.resolve("etc/custom.properties"), values);
        values.putAll(overrides);
        String dataName = values.get("aitia.data");
        Path data = dataName == null
                ? home.resolve("data")
                : Path.of(dataName).toAbsolutePath().normalize();
        values.put("aitia.home", home.toString());
        values.put("aitia.data", data.toString());
        return new Settings(home, data, values);
    }

    private static void read(Path file, Map<String, String> into) {
        if (!Files.exists(file)) {
            return;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new LaunchException(LaunchException.START, "cannot read " + file + ": " + e.getMessage(), e);
        }
        properties.stringPropertyNames().forEach(name -> into.put(name, properties.getProperty(name)));
    }

    /** The installation; never written to. */
    Path home() {
        return home;
    }

    /** Everything that is written. */
    Path data() {
        return data;
    }

    Path log() {
        return data.resolve("log");
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    int number(String name, int fallback) {
        String value = values.get(name);
        if (value == null) {
            return fallback;
        }
        try {
            return Integer.parseInt(value.strip());
        } catch (NumberFormatException e) {
            throw new LaunchException(
                    LaunchException.START, "property " + name + " must be a whole number, not '" + value + "'", e);
        }
    }

    Map<String, String> all() {
        return Map.copyOf(values);
    }
}
