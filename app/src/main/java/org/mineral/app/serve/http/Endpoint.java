package org.mineral.app.serve.http;

import java.util.Set;

/** One method of one path: what it takes, and its answer. */
abstract class Endpoint {

    /** How an endpoint is guarded. */
    enum Guard {
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
    Endpoint(String method, String path, Guard guard, Set<String> parameters) {
        this.method = method;
        this.path = path;
        this.guard = guard;
        this.parameters = parameters;
    }

    final String method() {
        return method;
    }

    final String path() {
        return path;
    }

    final Guard guard() {
        return guard;
    }

    final Set<String> parameters() {
        return parameters;
    }

    /** @throws RuntimeException that {@link Problems} knows how to answer */
    abstract Reply answer(Call call) throws Exception;
}
