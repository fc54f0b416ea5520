package org.aitia.console.internal;

import java.util.Map;
import org.aitia.launcher.console.Console;
import org.apache.felix.gogo.jline.Builtin;
import org.apache.felix.gogo.jline.Converters;
import org.apache.felix.gogo.jline.Posix;
import org.apache.felix.gogo.jline.Procedural;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Converter;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;

/**
 * Runs scripts, and gives them what the interactive shell has: control structures, text commands and the conversion of
 * ids to bundles.
 *
 * <p>The activator of Gogo's JLine bundle registers the same, but it also takes the terminal and with it Ctrl-C; without
 * an interactive shell it is therefore not started.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class Activator implements BundleActivator {

    /** Framework property: {@code shell} when the interactive shell runs, {@code script} otherwise. */
    private static final String MODE = "aitia.mode";

    @Override
    public void start(BundleContext context) {
        if ("shell".equals(context.getProperty(MODE))) {
            return;
        }
        context.registerService(Converter.class, new Converters(systemContext(context)), null);
        register(context, new Procedural(), "each", "if", "not", "throw", "try", "until", "while", "break", "continue");
        register(context, new Builtin(), "format", "getopt", "new", "set", "tac", "type", "jobs");
        // The framework starts Gogo's runtime first, by start level.
        ServiceReference<CommandProcessor> reference = context.getServiceReference(CommandProcessor.class);
        CommandProcessor processor = context.getService(reference);
        context.registerService(Console.class, new GogoConsole(processor, systemContext(context)), null);
        Posix posix = new Posix(processor);
        register(
                context, posix, "cat", "echo", "grep", "sort", "sleep", "cd", "pwd", "ls", "head", "tail", "wc",
                "date");
    }

    @Override
    public void stop(BundleContext context) {
        // The framework unregisters the services.
    }

    private static BundleContext systemContext(BundleContext context) {
        return context.getBundle(Constants.SYSTEM_BUNDLE_ID).getBundleContext();
    }

    private static void register(BundleContext context, Object commands, String... functions) {
        context.registerService(
                commands.getClass().getName(),
                commands,
                FrameworkUtil.asDictionary(
                        Map.of(CommandProcessor.COMMAND_SCOPE, "gogo", CommandProcessor.COMMAND_FUNCTION, functions)));
    }
}
