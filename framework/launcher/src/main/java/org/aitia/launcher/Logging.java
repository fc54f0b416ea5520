package org.aitia.launcher;

import java.nio.file.Path;
import org.apache.felix.framework.Logger;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogReaderService;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.slf4j.event.Level;

/** Leads every log of the process (SLF4J, OSGi Log Service, Felix itself, java.util.logging) to Logback. */
final class Logging {

    private static final String LOG_SERVICE = "LogService.";

    private Logging() {}

    /** Must run before the first SLF4J logger is made: Logback reads its configuration then. */
    static void start(Path home, Path logDirectory) {
        setDefault("aitia.log.dir", logDirectory.toString());
        setDefault("aitia.pid", Long.toString(ProcessHandle.current().pid()));
        setDefault("logback.configurationFile", home.resolve("etc/logback.xml").toString());
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    private static void setDefault(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }

    /** Felix's own messages, also those from before any bundle starts. */
    static Logger frameworkLogger() {
        org.slf4j.Logger log = LoggerFactory.getLogger("org.apache.felix.framework");
        return new Logger() {
            @Override
            @SuppressWarnings("rawtypes") // as inherited
            protected void doLog(
                    Bundle bundle, ServiceReference service, int level, String message, Throwable failure) {
                forward(level, bundle == null ? message : "[" + bundle.getSymbolicName() + "] " + message, failure);
            }

            @Override
            protected void doLog(int level, String message, Throwable failure) {
                forward(level, message, failure);
            }

            private void forward(int level, String message, Throwable failure) {
                Level target =
                        switch (level) {
                            case LOG_ERROR -> Level.ERROR;
                            case LOG_WARNING -> Level.WARN;
                            case LOG_INFO -> Level.INFO;
                            default -> Level.DEBUG;
                        };
                log.atLevel(target).setCause(failure).log(message);
            }
        };
    }

    /** What bundles write to the OSGi Log Service. */
    static void forwardLogService(BundleContext context) {
        new ServiceTracker<LogReaderService, LogReaderService>(context, LogReaderService.class, null) {
            @Override
            public LogReaderService addingService(ServiceReference<LogReaderService> reference) {
                LogReaderService reader = super.addingService(reference);
                reader.addLogListener(Logging::forward);
                return reader;
            }
        }.open();
    }

    private static void forward(LogEntry entry) {
        String name = entry.getLoggerName();
        if (name == null || name.startsWith("Events.")) {
            return; // Felix reports these through its own logger.
        }
        // Bundles that use the old interface are named "LogService.symbolic.name" or not at all.
        String logger = name.equals("ROOT")
                ? entry.getBundle().getSymbolicName()
                : name.startsWith(LOG_SERVICE) ? name.substring(LOG_SERVICE.length()) : name;
        LoggerFactory.getLogger(logger)
                .atLevel(level(entry.getLogLevel()))
                .setCause(entry.getException())
                .log(entry.getMessage());
    }

    private static Level level(LogLevel level) {
        return switch (level) {
            case ERROR -> Level.ERROR;
            case WARN -> Level.WARN;
            case AUDIT, INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
            case TRACE -> Level.TRACE;
        };
    }
}
