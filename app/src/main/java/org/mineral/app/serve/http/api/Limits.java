package org.mineral.app.serve.http.api;

/**
 * What a client may ask of the server at most.
 *
 * @param bodyBytes of a request
 * @param concurrent requests that are worked on at the same time
 * @param waiting requests that may wait for their turn
 * @param waitMillis how long one waits at most
 * @param connections open at the same time
 * @param idleMillis how long a silent connection is kept
 */
public record Limits(int bodyBytes, int concurrent, int waiting, int waitMillis, int connections, int idleMillis) {

    /** For this machine. */
    public static Limits defaults() {
        return new Limits(1 << 20, 2 * Runtime.getRuntime().availableProcessors(), 64, 1000, 1000, 30_000);
    }
}
