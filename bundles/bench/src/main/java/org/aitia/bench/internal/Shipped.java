package org.aitia.bench.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.aitia.api.AitiaException;
import org.aitia.api.NotFoundException;
import org.aitia.api.StorageException;
import org.aitia.api.bench.Suite;
import org.aitia.bench.internal.suite.SuiteReader;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The suites in this bundle, by name of their file. Immutable. */
final class Shipped {
    static final String DIRECTORY = "suites";
    static final String ENDING = ".yaml";

    private static final Logger log = LoggerFactory.getLogger(Shipped.class);

    private final Map<String, URL> files;

    Shipped(Map<String, URL> files) {
        this.files = Collections.unmodifiableMap(new TreeMap<>(files));
    }

    static Shipped in(Bundle bundle) {
        Map<String, URL> files = new LinkedHashMap<>();
        Enumeration<URL> entries = bundle.findEntries(DIRECTORY, "*" + ENDING, false);
        while (entries != null && entries.hasMoreElements()) {
            URL file = entries.nextElement();
            String path = file.getPath();
            files.put(path.substring(path.lastIndexOf('/') + 1, path.length() - ENDING.length()), file);
        }
        return new Shipped(files);
    }

    /** Returns all that can be read. */
    List<Suite> all() {
        return files.keySet().stream().flatMap(name -> readable(name).stream()).toList();
    }

    private Optional<Suite> readable(String name) {
        try {
            return Optional.of(suite(name));
        } catch (AitiaException e) {
            log.warn("suite {} is left out: {}", name, e.getMessage());
            return Optional.empty();
        }
    }

    Suite suite(String name) {
        URL file = files.get(name);
        if (file == null) {
            throw NotFoundException.of("suite", name, files.keySet());
        }
        try (InputStream in = file.openStream()) {
            return SuiteReader.read(name, name + ENDING, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new StorageException(
                    "cannot read suite '" + name + "' of this bundle: " + e + "; was it updated meanwhile?", e);
        }
    }
}
