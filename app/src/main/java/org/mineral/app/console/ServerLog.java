package org.mineral.app.console;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;
import org.mineral.app.json.JsonText;
import org.mineral.app.json.LogTime;

/**
 * The messages of a server, one a line: as text, to which systemd and containers add time and name, or as JSON. To libraries that log, it is a
 * handler.
 */
public final class ServerLog extends Handler {

    /** What a line looks like. */
    public enum Format {
        /** The message alone. */
        TEXT,
        /**
         * An object with {@code time}, {@code level} and {@code message}, and where there are any {@code request}, {@code logger},
         * {@code exception} and {@code stack}.
         */
        JSON
    }

    private static final String WARNING = "note: ";

    private final PrintStream to;
    private final Format format;
    private final boolean debug;

    /** @param debug whether errors come with their place in the code */
    public ServerLog(PrintStream to, Format format, boolean debug) {
        this.to = to;
        this.format = format;
        this.debug = debug;
        setLevel(Level.WARNING);
    }

    public Format format() {
        return format;
    }

    /** A message; one that begins with {@code note:} is a warning. */
    public void note(String line) {
        if (format == Format.TEXT) {
            print(line, null);
        } else if (line.startsWith(WARNING)) {
            print(document("warn", line.substring(WARNING.length())), null);
        } else {
            print(document("info", line), null);
        }
    }

    /** An error of the server itself. */
    public void failure(String request, Throwable e) {
        String what = words(e);
        if (format == Format.TEXT) {
            print("error: " + what + " (request " + request + ")", debug ? e : null);
        } else {
            Map<String, Object> document = document("error", what);
            document.put("request", request);
            print(document, e);
        }
    }

    /** The error that ends the server, or keeps it from starting. */
    public void fatal(String message, Throwable e) {
        print(document("error", message), e);
    }

    /** A warning of a library. */
    @Override
    public void publish(LogRecord record) {
        if (isLoggable(record)) {
            String level = record.getLevel().intValue() >= Level.SEVERE.intValue() ? "error" : "warn";
            Map<String, Object> document = document(level, String.valueOf(new SimpleFormatter().formatMessage(record)));
            document.put("logger", record.getLoggerName());
            Throwable thrown = record.getThrown();
            if (thrown != null) {
                document.put("exception", thrown.toString());
            }
            print(document, thrown);
        }
    }

    /** Mineral's own exceptions are worded for people; others also need their name. */
    private static String words(Throwable e) {
        String message = e.getMessage();
        return message != null && e.getClass().getName().startsWith("org.mineral.") ? message : e.toString();
    }

    private static Map<String, Object> document(String level, String message) {
        return JsonText.object("time", LogTime.of(Instant.now()), "level", level, "message", message);
    }

    private void print(Map<String, Object> document, @Nullable Throwable e) {
        if (debug && e != null) {
            StringWriter stack = new StringWriter();
            e.printStackTrace(new PrintWriter(stack));
            document.put("stack", stack.toString());
        }
        print(JsonText.compact(document), null);
    }

    private synchronized void print(String line, @Nullable Throwable e) {
        to.println(line);
        if (e != null) {
            e.printStackTrace(to);
        }
        to.flush();
    }

    @Override
    public void flush() {
        to.flush();
    }

    @Override
    public void close() {
        flush();
    }
}
