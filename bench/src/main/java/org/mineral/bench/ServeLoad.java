package org.mineral.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks a running server for recommendations at a fixed rate and prints the times of its answers. Runs from its source:
 * <pre>
 *   java bench/src/main/java/org/mineral/bench/ServeLoad.java http://127.0.0.1:7070 model/users.tsv 500 600
 * </pre>
 *
 * <p>A request's time counts from the moment that it was due, not from when a connection was free for it, so that a server that
 * stalls cannot make the requests disappear that would have met the stall. A rate of 0 asks as fast as the connections go.
 */
public final class ServeLoad {

    private static final int CONNECTIONS = 16;
    private static final int WARM_UP_SECONDS = 5;
    private static final String CONTENT_LENGTH = "content-length:";

    private final URI server;
    private final List<String> users;
    private final double rate;
    private final int seconds;
    private final String query;
    private final long[] nanos;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private volatile long start;

    private ServeLoad(URI server, List<String> users, double rate, int seconds, String query) {
        this.server = server;
        this.users = users;
        this.rate = rate;
        this.seconds = seconds;
        this.query = query;
        this.nanos = new long[rate == 0 ? 20_000_000 : (int) (rate * (seconds + WARM_UP_SECONDS))];
    }

    /** URL, a file with a user a line, requests a second, seconds, and if wanted the query ({@code n=20}). */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> users = Files.readAllLines(Path.of(args[1])).stream()
                .map(line -> line.split("\t")[0])
                .toList();
        String query = args.length > 4 ? args[4] : "n=20";
        new ServeLoad(URI.create(args[0]), users, Double.parseDouble(args[2]), Integer.parseInt(args[3]), query).run();
    }

    private void run() throws InterruptedException {
        start = System.nanoTime() + 200_000_000;
        Thread[] threads = new Thread[CONNECTIONS];
        for (int t = 0; t < threads.length; t++) {
            int seed = t;
            threads[t] = new Thread(() -> connection(new Random(seed)));
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double elapsed = (System.nanoTime() - start) / 1e9;
        int sent = Math.min(next.get(), nanos.length);
        int warm = rate == 0 ? sent / 10 : (int) (rate * WARM_UP_SECONDS);
        long[] times = Arrays.copyOfRange(nanos, Math.min(warm, sent), sent);
        Arrays.sort(times);
        System.out.printf(
                "%,d answers in %.1f s, %.0f a second; refused %d, broken %d%n",
                sent, elapsed, sent / elapsed, refused.get(), broken.get());
        System.out.printf(
                "p50 %.2f ms, p90 %.2f ms, p99 %.2f ms, p999 %.2f ms, longest %.2f ms (after %d s of warming up)%n",
                at(times, .5), at(times, .9), at(times, .99), at(times, .999), at(times, 1), WARM_UP_SECONDS);
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / 1e6;
    }

    private void connection(Random random) {
        while (true) {
            try (Socket socket = new Socket(server.getHost(), server.getPort());
                    InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16)) {
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(30_000);
                while (one(socket.getOutputStream(), in, random)) {}
                return;
            } catch (IOException e) {
                broken.incrementAndGet();
                if (System.nanoTime() - start > (seconds + WARM_UP_SECONDS) * 1_000_000_000L) {
                    return;
                }
            }
        }
    }

    /** Sends the next request when it is due; false when all were sent. */
    private boolean one(OutputStream out, InputStream in, Random random) throws IOException {
        int k = next.getAndIncrement();
        long due = rate == 0 ? System.nanoTime() : start + (long) (k * 1e9 / rate);
        if (k >= nanos.length || rate == 0 && due - start > (seconds + WARM_UP_SECONDS) * 1_000_000_000L) {
            return false;
        }
        String user = users.get(random.nextInt(users.size()));
        byte[] request = ("GET /v1/recommend/" + URLEncoder.encode(user, StandardCharsets.UTF_8) + "?" + query
                        + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        out.write(request);
        if (answer(in) != 200) {
            refused.incrementAndGet();
        }
        nanos[k] = System.nanoTime() - due;
        return true;
    }

    /** Reads one answer to its end; returns its status. */
    private static int answer(InputStream in) throws IOException {
        int status = Integer.parseInt(line(in).split(" ")[1]);
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.regionMatches(true, 0, CONTENT_LENGTH, 0, CONTENT_LENGTH.length())) {
                length =
                        Integer.parseInt(line.substring(CONTENT_LENGTH.length()).strip());
            }
        }
        in.skipNBytes(length);
        return status;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the server closed the connection");
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }
}
