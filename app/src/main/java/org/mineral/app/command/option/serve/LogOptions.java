package org.mineral.app.command.option.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.mineral.app.console.Console;
import org.mineral.app.console.ServerLog;
import org.mineral.config.Names;
import org.mineral.files.WriteErrors;
import picocli.CommandLine.Option;

/** How a server writes down what happens. */
public final class LogOptions {

    private static final String STANDARD_OUTPUT = "-";

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            description =
                    "text: messages as lines; json: each as a line of JSON, with its time and level. Default: text.")
    String format = "text";

    @Option(
            names = "--access-log",
            paramLabel = "FILE",
            description = "Append a line of JSON for each request: time, client, method, path without its query, "
                    + "status, bytes, seconds and the request's id. - is standard output. Default: none.")
    @Nullable
    String accessLog;

    /** The log of messages, on standard error. */
    public ServerLog messages(Console console, boolean debug) {
        return new ServerLog(console.err(), Names.constant(ServerLog.Format.class, "--log-format", format), debug);
    }

    /** The log of requests; null for none. */
    public @Nullable OutputStream requests(Console console) throws IOException {
        if (accessLog == null) {
            return null;
        } else if (accessLog.equals(STANDARD_OUTPUT)) {
            return new Uncloseable(console.out());
        }
        Path file = Path.of(accessLog);
        try {
            return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw WriteErrors.of(file, e);
        }
    }

    /** Standard output, which stays open. */
    private static final class Uncloseable extends java.io.FilterOutputStream {

        Uncloseable(OutputStream to) {
            super(to);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
