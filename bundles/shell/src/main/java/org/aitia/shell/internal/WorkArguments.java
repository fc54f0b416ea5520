package org.aitia.shell.internal;

import picocli.CommandLine.Option;

/** What commands take that work for a while. */
public abstract class WorkArguments extends ResultArguments {
    @Option(
            names = {"-q", "--quiet"},
            order = LAST - 1,
            description = "Shows no progress.")
    boolean quiet;
}
