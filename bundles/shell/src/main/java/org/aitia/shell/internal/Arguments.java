package org.aitia.shell.internal;

import picocli.CommandLine.Option;

/**
 * What every command takes. A command's arguments are a subclass that carries picocli's {@code @Command}; its labels
 * of parameters ({@code DATASET}, {@code MODEL}, {@code FILE}, ...) also say how they are completed.
 */
public abstract class Arguments {
    static final int LAST = 100;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = LAST,
            description = "Shows this text.")
    boolean help;
}
