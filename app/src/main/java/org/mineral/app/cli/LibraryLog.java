package org.mineral.app.cli;

import java.io.PrintStream;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.mineral.linalg.KernelProvider;

/** Prints warnings of the library as lines of the command line instead of log records. */
public final class LibraryLog extends Handler {

    /** A strong reference, because the log manager only keeps weak ones. */
    private static final Logger LOGGER = Logger.getLogger(KernelProvider.LOGGER);

    private final PrintStream err;

    private LibraryLog(PrintStream err) {
        this.err = err;
        setLevel(Level.WARNING);
    }

    /** Redirects the log of the library in this process. */
    public static void to(PrintStream err) {
        LOGGER.setUseParentHandlers(false);
        LOGGER.addHandler(new LibraryLog(err));
    }

    @Override
    public void publish(LogRecord record) {
        if (isLoggable(record)) {
            err.println("mineral: " + record.getMessage());
        }
    }

    @Override
    public void flush() {
        err.flush();
    }

    @Override
    public void close() {
        flush();
    }
}
