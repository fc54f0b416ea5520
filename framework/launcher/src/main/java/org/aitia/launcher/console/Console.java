package org.aitia.launcher.console;

import java.io.InputStream;
import java.io.PrintStream;

/** Service that runs commands without a terminal. The bundle {@code org.aitia.console} provides it. */
public interface Console {

    /**
     * Opens a session; variables and the current directory live as long as it does.
     *
     * @param in what commands read
     * @param out where results go
     * @param err where progress and complaints go
     * @return the session, to be closed by the caller and used by one thread at a time
     */
    Session open(InputStream in, PrintStream out, PrintStream err);

    /** Commands that share variables. */
    interface Session extends AutoCloseable {

        /**
         * Runs one or more commands and stops at the first that fails.
         *
         * @param text commands, separated by semicolons or line ends
         * @throws Exception what the command threw
         */
        void execute(String text) throws Exception;

        @Override
        void close();
    }
}
