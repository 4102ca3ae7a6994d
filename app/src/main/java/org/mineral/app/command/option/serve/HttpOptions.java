package org.mineral.app.command.option.serve;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mineral.app.command.option.Ranges;
import org.mineral.app.serve.Server;
import org.mineral.app.serve.http.api.Limits;
import org.mineral.config.InputException;
import picocli.CommandLine.Option;

/** Where a server listens, and its limits. */
public final class HttpOptions {

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on. Default: 127.0.0.1.")
    String host = "127.0.0.1";

    @Option(names = "--port", paramLabel = "N", description = "Port to listen on; 0: any free one. Default: 7070.")
    int port = 7070;

    @Option(
            names = "--concurrent",
            paramLabel = "N",
            description = "Requests in progress at the same time; others wait, and too many are answered with 503. "
                    + "Default: two for each thread.")
    @Nullable
    Integer concurrent;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "Seconds of warm-up requests before /health/ready answers 200; 0: none. Default: 3.")
    int warmUp = 3;

    @Option(
            names = "--grace",
            paramLabel = "SECONDS",
            description = "How long new connections are still taken after SIGTERM, while /health/ready answers 503, "
                    + "so that load balancers turn elsewhere; then requests in flight finish. Default: 5. "
                    + "Ctrl-C: none.")
    int grace = 5;

    /**
     * @param guarded whether reading needs a key
     * @param notes receives a warning if the server can be reached from other machines
     * @throws InputException if an option is out of range
     */
    public void into(Server.Builder server, int threads, boolean guarded, Consumer<String> notes) {
        Ranges.check("--port", port, 0, 65535);
        Ranges.check("--warm-up", warmUp, 0, 600);
        Ranges.check("--grace", grace, 0, 3600);
        if (concurrent != null) {
            Ranges.check("--concurrent", concurrent, 1, 1000);
        }
        server.address(host, port)
                .warmUp(warmUp)
                .limits(Limits.defaults().withConcurrent(concurrent == null ? 2 * threads : concurrent));
        warnIfOpen(guarded, notes);
    }

    /**
     * Waits until load balancers have turned elsewhere.
     *
     * @param graceful false for a server that stops at once
     */
    public void grace(boolean graceful, Consumer<String> notes) throws InterruptedException {
        if (graceful && grace > 0) {
            notes.accept("stopping: no longer ready; new connections are taken for " + grace
                    + " s, then requests in flight finish.");
            TimeUnit.SECONDS.sleep(grace);
        }
    }

    private void warnIfOpen(boolean guarded, Consumer<String> notes) {
        try {
            if (!InetAddress.getByName(host).isLoopbackAddress()) {
                notes.accept("note: " + host + " can be reached from other machines, "
                        + (guarded
                                ? "and keys are sent to it in the clear; put a proxy with TLS in front of it."
                                : "and anyone who reaches it can read the recommendations of every user; give it a "
                                        + "--read-key-file, and put a proxy with TLS in front of it."));
            }
        } catch (UnknownHostException e) {
            throw new InputException("--host " + host + " is not an address of this machine; try 127.0.0.1.", e);
        }
    }
}
