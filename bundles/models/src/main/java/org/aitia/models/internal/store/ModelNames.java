package org.aitia.models.internal.store;

import java.util.regex.Pattern;
import org.aitia.api.InvalidRequestException;

/** Names of models, which are names of directories too. */
public final class ModelNames {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,149}");

    private ModelNames() {}

    /**
     * Checks a name.
     *
     * @param name as typed
     * @return the name
     * @throws InvalidRequestException if it is not fit for a directory
     */
    public static String check(String name) {
        if (!isValid(name)) {
            throw new InvalidRequestException("'" + name + "' cannot be the name of a model; use up to 100 letters,"
                    + " digits, '.', '_' and '-', not beginning with '.' or '-'");
        }
        return name;
    }

    static boolean isValid(String name) {
        return NAME.matcher(name).matches();
    }

    /** Checks the name of a file that belongs to a model. */
    static String checkFile(String name) {
        if (!isValid(name)) {
            throw new InvalidRequestException("'" + name + "' cannot be the name of a file of a model; use up to 100"
                    + " letters, digits, '.', '_' and '-', not beginning with '.' or '-'");
        }
        return name;
    }

    /** Tells whether a name, with what the store puts before it, stays in its directory. */
    static boolean isFile(String name) {
        return FILE.matcher(name).matches();
    }
}
