package org.mineral.app.serve.http.api;

import java.util.Set;

/** An endpoint: one method of one path. */
public abstract class Endpoint {

    /** The protection of an endpoint. */
    public enum Guard {
        /** Answers everybody, without limit. */
        HEALTH,
        /** Without limit, with the read key if there is one: metrics, the page. */
        UNLIMITED,
        /** Subject to the concurrency limit, with the read key if there is one. */
        LIMITED,
        /** Limited, and requires the write key because it changes something. */
        KEY;

        /** Whether it counts as a request in progress. */
        public boolean limited() {
            return this == LIMITED || this == KEY;
        }
    }

    private final String method;
    private final String path;
    private final Guard guard;
    private final Set<String> parameters;

    /**
     * @param path with variables as {@code {name}}, as in the OpenAPI file
     * @param parameters names of the allowed query parameters
     */
    public Endpoint(String method, String path, Guard guard, Set<String> parameters) {
        this.method = method;
        this.path = path;
        this.guard = guard;
        this.parameters = parameters;
    }

    public final String method() {
        return method;
    }

    public final String path() {
        return path;
    }

    public final Guard guard() {
        return guard;
    }

    public final Set<String> parameters() {
        return parameters;
    }

    /** @throws RuntimeException that {@link ApiErrors} knows how to answer */
    public abstract Reply answer(ApiRequest call) throws Exception;
}
