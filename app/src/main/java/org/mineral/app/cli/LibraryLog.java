package org.mineral.app.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;
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

    /** Hands everything that this process logs over to another handler, until it is closed; does nothing for null. */
    public static Taken take(@Nullable Handler handler) {
        if (handler == null) {
            return () -> {};
        }
        Logger root = Logger.getLogger("");
        List<Handler> before = List.of(root.getHandlers());
        List<Handler> own = List.of(LOGGER.getHandlers());
        boolean parents = LOGGER.getUseParentHandlers();
        before.forEach(root::removeHandler);
        own.forEach(LOGGER::removeHandler);
        LOGGER.setUseParentHandlers(true);
        root.addHandler(handler);
        return () -> {
            root.removeHandler(handler);
            before.forEach(root::addHandler);
            own.forEach(LOGGER::addHandler);
            LOGGER.setUseParentHandlers(parents);
        };
    }

    /** Restores the handlers when it is closed. */
    public interface Taken extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    public void publish(LogRecord record) {
        if (isLoggable(record)) {
            Throwable thrown = record.getThrown();
            err.println(
                    "mineral: " + new SimpleFormatter().formatMessage(record) + (thrown == null ? "" : ": " + thrown));
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
