package org.aitia.formats.zip;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Names of entries made comparable and harmless. */
final class EntryNames {
    private EntryNames() {}

    /**
     * Puts a name into the form {@code a/b/c}.
     *
     * @return empty if it points out of the archive or is no name
     */
    static Optional<String> normalized(String name) {
        String slashed = name.replace('\\', '/');
        if (slashed.startsWith("/")
                || slashed.matches("[A-Za-z]:.*")
                || slashed.chars().anyMatch(c -> c < ' ')) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        for (String part : slashed.split("/")) {
            if (part.equals("..")) {
                return Optional.empty();
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("/", parts));
    }

    /** Whether an operating system put it there. */
    static boolean isClutter(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return name.startsWith("__MACOSX/")
                || last.startsWith("._")
                || last.equals(".DS_Store")
                || last.equals("Thumbs.db")
                || last.equals("desktop.ini");
    }

    /** The folder that all names begin with, with its slash; empty if there is none. */
    static String topFolder(Collection<String> names) {
        String top = names.stream()
                .findFirst()
                .map(name -> name.substring(0, name.indexOf('/') + 1))
                .orElse("");
        return names.stream().allMatch(name -> name.startsWith(top)) ? top : "";
    }
}
