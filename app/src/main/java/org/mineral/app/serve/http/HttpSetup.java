package org.mineral.app.serve.http;

import java.io.OutputStream;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mineral.app.serve.http.api.Limits;

/**
 * What a server is told besides what it serves.
 *
 * @param writeKey the key of requests that change something, or null to refuse these
 * @param readKey the key of all other requests, or null to answer everybody
 * @param report a page of HTML in UTF-8, or null
 * @param accessLog receives a line for each request, or null
 * @param notes receives messages for the operator
 * @param failures receives a request's id and an error of the server itself
 */
public record HttpSetup(
        @Nullable String writeKey,
        @Nullable String readKey,
        byte @Nullable [] report,
        Limits limits,
        @Nullable OutputStream accessLog,
        Consumer<String> notes,
        BiConsumer<String, Throwable> failures) {}
