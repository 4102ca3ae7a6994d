package org.mineral.app.serve.http.api;

/**
 * Limits for clients.
 *
 * @param bodyBytes largest body of a request
 * @param concurrent requests in progress at the same time
 * @param waiting requests that may wait
 * @param waitMillis longest waiting time
 * @param connections open at the same time
 * @param idleMillis time after which an idle connection is closed
 */
public record Limits(int bodyBytes, int concurrent, int waiting, int waitMillis, int connections, int idleMillis) {

    /** The limits for this machine. */
    public static Limits defaults() {
        return new Limits(1 << 20, 2 * Runtime.getRuntime().availableProcessors(), 64, 1000, 1000, 30_000);
    }

    public Limits withConcurrent(int requests) {
        return new Limits(bodyBytes, requests, waiting, waitMillis, connections, idleMillis);
    }
}
