package org.aitia.shell.internal;

import java.util.List;
import java.util.function.Supplier;
import org.aitia.api.AitiaException;
import org.aitia.shell.internal.console.Console;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A command: a service with the properties {@code osgi.command.scope} and {@code osgi.command.function}, called by
 * Gogo. Several calls may run at once.
 *
 * @param <A> its arguments, a fresh object for each call
 */
public abstract class AitiaCommand<A extends Arguments> implements Function {
    private static final Logger LOG = LoggerFactory.getLogger(AitiaCommand.class);

    private final Services services;
    private final Group group;
    private final Supplier<A> arguments;
    private final CommandSpec spec;

    /**
     * Creates a command.
     *
     * @param services what it asks
     * @param group where it is listed
     * @param arguments makes an object for picocli to fill
     */
    protected AitiaCommand(Services services, Group group, Supplier<A> arguments) {
        this.services = services;
        this.group = group;
        this.arguments = arguments;
        this.spec = new ArgumentParser(arguments.get()).spec();
    }

    /**
     * Does it.
     *
     * @param given what the user typed
     * @param console where to print
     * @param session for commands about the session itself
     * @throws AitiaException if it cannot be done; the message is shown to the user
     */
    protected abstract void run(A given, Console console, CommandSession session);

    @Override
    public final Object execute(CommandSession session, List<Object> values) {
        try (Console console = Console.of(session, services::property)) {
            A given = arguments.get();
            ArgumentParser parser = new ArgumentParser(given);
            if (parser.parse(values.stream().map(String::valueOf).toList())) {
                run(given, console, session);
            } else {
                console.println(parser.usage(console.width()));
            }
            return null;
        } catch (AitiaException e) {
            throw new CommandFailure(oneLine(e), e);
        } catch (RuntimeException | LinkageError e) {
            // a bundle that goes away while its classes are used shows as a LinkageError
            LOG.error("Command '{}' failed", name(), e);
            throw new CommandFailure(
                    "internal error in '" + name() + "': " + oneLine(e) + " (details are in the log)", e);
        }
    }

    private static String oneLine(Throwable e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    /**
     * Returns the services.
     *
     * @return to be asked anew by each call
     */
    protected final Services services() {
        return services;
    }

    /**
     * Returns the name to type.
     *
     * @return without scope
     */
    public final String name() {
        return spec.name();
    }

    /**
     * Returns where it is listed.
     *
     * @return its group
     */
    public final Group group() {
        return group;
    }

    /**
     * Returns its options and parameters.
     *
     * @return for help and completion only
     */
    public final CommandSpec spec() {
        return spec;
    }

    /**
     * Returns how it is used.
     *
     * @param width columns to wrap at
     * @return several lines
     */
    public final String usage(int width) {
        return new ArgumentParser(arguments.get()).usage(width);
    }
}
