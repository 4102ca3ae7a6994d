package org.mineral.app.serve.http.api;

import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.mineral.app.serve.feedback.ConflictException;
import org.mineral.app.serve.feedback.LogFullException;
import org.mineral.app.serve.service.ModelHolder;
import org.mineral.config.InputException;
import org.mineral.recommend.UnknownException;

/** Maps exceptions to status and message, without internal details. */
public final class ApiErrors {

    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not found"),
            Map.entry(405, "Method not allowed"),
            Map.entry(408, "Request timeout"),
            Map.entry(409, "Conflict"),
            Map.entry(413, "Content too large"),
            Map.entry(414, "Address too long"),
            Map.entry(415, "Unsupported media type"),
            Map.entry(422, "Unprocessable content"),
            Map.entry(500, "Internal error"),
            Map.entry(503, "Unavailable"),
            Map.entry(507, "Insufficient storage"));

    private final BiConsumer<String, Throwable> log;

    /** @param log receives a request's id and an error of the server itself */
    public ApiErrors(BiConsumer<String, Throwable> log) {
        this.log = log;
    }

    public static Reply reply(int status, String detail) {
        return Reply.problem(status, TITLES.getOrDefault(status, "Refused"), detail);
    }

    /** @param request the id of the request that failed */
    public Reply reply(String request, Throwable e) {
        String message = Objects.requireNonNullElse(e.getMessage(), "");
        if (e instanceof ApiError problem) {
            return reply(problem.status(), message);
        } else if (e instanceof UnknownException) {
            return reply(404, message);
        } else if (e instanceof InputException) {
            return reply(400, message);
        } else if (e instanceof ConflictException || e instanceof ModelHolder.BusyException) {
            return reply(409, message);
        } else if (e instanceof LogFullException) {
            log.accept(request, e);
            return reply(507, "what was sent could not be stored; none of it was. Send it again later.");
        } else if (e instanceof OutOfMemoryError) {
            log.accept(request, e);
            return reply(503, "not enough memory for this request at the moment; try again later, or ask for less.");
        }
        log.accept(request, e);
        return reply(500, "an internal error; the server's log says more.");
    }
}
