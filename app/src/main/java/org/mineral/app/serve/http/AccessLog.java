package org.mineral.app.serve.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;
import org.mineral.app.json.JsonText;
import org.mineral.app.json.LogTime;

/**
 * A line of JSON for each request: when, from which address, method and path, status, bytes of the body, seconds, and the request's id. Neither
 * the query nor any header is in it, so no key can be. A line that cannot be written is lost, and the server goes on.
 */
final class AccessLog implements RequestLog {

    private static final int LONGEST_PATH = 500;

    private final OutputStream to;
    private final String unlogged;
    private final Consumer<String> notes;
    private long lost;

    /**
     * @param unlogged the id of requests that the server sends to itself
     * @param notes receives a message when lines begin to be lost, and when they are written again
     */
    AccessLog(OutputStream to, String unlogged, Consumer<String> notes) {
        this.to = to;
        this.unlogged = unlogged;
        this.notes = notes;
    }

    @Override
    public void log(Request request, Response response) {
        String id = Objects.requireNonNullElse(response.getHeaders().get(RequestId.HEADER), "");
        if (id.equals(unlogged)) {
            return;
        }
        String path = Objects.requireNonNullElse(request.getHttpURI().getPath(), "");
        write(JsonText.compact(JsonText.object(
                        "time", LogTime.of(Instant.now()),
                        "log", "access",
                        "client", Request.getRemoteAddr(request),
                        "method", request.getMethod(),
                        "path", path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) + "..." : path,
                        "status", response.getStatus(),
                        "bytes", Response.getContentBytesWritten(response),
                        "seconds", NanoTime.since(request.getBeginNanoTime()) / 1000 / 1e6,
                        "request", id))
                + "\n");
    }

    private synchronized void write(String line) {
        try {
            // What was cut off by a full disk is ended first.
            to.write((lost > 0 ? "\n" + line : line).getBytes(StandardCharsets.UTF_8));
            to.flush();
            if (lost > 0) {
                notes.accept("the access log is written again; lines lost: " + lost + ".");
                lost = 0;
            }
        } catch (IOException | UncheckedIOException e) {
            if (lost++ == 0) {
                notes.accept("note: the access log cannot be written (" + e.getMessage()
                        + "); its lines are lost until it can be.");
            }
        }
    }
}
