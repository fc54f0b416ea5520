package org.aitia.datasets.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aitia.api.InvalidRequestException;

/** A place that holds copies of data files below the same relative paths. */
sealed interface Mirror {

    /** A directory; its files are read in place. */
    record Directory(Path path) implements Mirror {}

    /** A base address; its files are downloaded. */
    record Address(URI base) implements Mirror {
        URI resolve(String relative) {
            String root = base.toString();
            try {
                String escaped = new URI(null, null, "/" + relative, null).getRawPath();
                return URI.create((root.endsWith("/") ? root.substring(0, root.length() - 1) : root) + escaped);
            } catch (URISyntaxException e) {
                throw new InvalidRequestException("'" + relative + "' cannot be part of an address", e);
            }
        }
    }

    /**
     * Reads the configuration: directories and base addresses (http or https), separated by semicolons. Blanks around an
     * entry are not part of it; blanks within it are.
     */
    static List<Mirror> parse(String text, Path workingDirectory) {
        List<Mirror> mirrors = new ArrayList<>();
        for (String entry : text.split(";")) {
            String place = entry.strip();
            if (!place.isEmpty()) {
                mirrors.add(parseOne(place, workingDirectory));
            }
        }
        return List.copyOf(mirrors);
    }

    private static Mirror parseOne(String place, Path workingDirectory) {
        try {
            if (place.regionMatches(true, 0, "http://", 0, 7) || place.regionMatches(true, 0, "https://", 0, 8)) {
                URI base = new URI(place);
                if (base.getHost() == null) {
                    throw new URISyntaxException(place, "no host");
                }
                return new Address(base);
            }
            if (place.regionMatches(true, 0, "file:", 0, 5)) {
                return new Directory(Path.of(new URI(place)));
            }
            return new Directory(workingDirectory.resolve(place).normalize());
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new InvalidRequestException(
                    "aitia.datasets.mirror has '" + place
                            + "', which is neither a directory nor an http or https address: " + e.getMessage(),
                    e);
        }
    }
}
