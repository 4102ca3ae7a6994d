package org.mineral.app.serve.http.api;

import java.util.Set;

/** One method of one path: what it takes, and its answer. */
public abstract class Endpoint {

    /** How an endpoint is guarded. */
    public enum Guard {
        /** Answered always and at once: health, metrics, the page. */
        OPEN,
        /** Waits for its turn, and is turned away when too many wait. */
        LIMITED,
        /** Changes something: the same, and needs the key. */
        KEY
    }

    private final String method;
    private final String path;
    private final Guard guard;
    private final Set<String> parameters;

    /**
     * @param path with {@code {names}} of its variables, as in the OpenAPI file
     * @param parameters names of the query parameters that are allowed
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
