package org.aitia.console.internal;

import java.io.InputStream;
import java.io.PrintStream;
import org.aitia.launcher.console.Console;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.osgi.framework.BundleContext;

/** Runs commands in Gogo sessions that find Aitia's commands first. */
final class GogoConsole implements Console {

    private final CommandProcessor processor;
    private final BundleContext systemContext;

    GogoConsole(CommandProcessor processor, BundleContext systemContext) {
        this.processor = processor;
        this.systemContext = systemContext;
    }

    @Override
    public Session open(InputStream in, PrintStream out, PrintStream err) {
        CommandSession session = processor.createSession(in, out, err);
        session.put("SCOPE", "aitia:*");
        session.put(".context", systemContext);
        return new Session() {
            @Override
            public void execute(String text) throws Exception {
                Object result = session.execute(text);
                if (result != null) {
                    out.println(session.format(result, Converter.INSPECT));
                }
            }

            @Override
            public void close() {
                session.close();
            }
        };
    }
}
