package org.aitia.shell.internal;

import picocli.CommandLine.Option;

/** What commands with a result take. */
public abstract class ResultArguments extends Arguments {
    @Option(names = "--json", order = LAST - 2, description = "Prints one JSON document and nothing else.")
    boolean json;

    /**
     * Tells how the result is wanted.
     *
     * @return true for JSON
     */
    public boolean json() {
        return json;
    }
}
