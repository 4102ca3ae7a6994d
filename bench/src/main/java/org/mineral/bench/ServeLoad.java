package org.mineral.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a running server for recommendations at a fixed rate and prints the times of its answers. Runs from its source:
 * <pre>
 *   java bench/src/main/java/org/mineral/bench/ServeLoad.java http://127.0.0.1:7070 model/users.tsv 500 600 every=30 reload=120
 * </pre>
 *
 * <p>A request's time counts from the moment that it was due, not from when a connection was free for it, so that a server that
 * stalls cannot make the requests disappear that would have met the stall (coordinated omission). A rate of 0 asks as fast as
 * the connections go. How late the machine itself is, client and server being on the same cores, a thread tells that only
 * sleeps: its delays are in the column {@code late}, and in the times.
 */
public final class ServeLoad {

    private static final int CONNECTIONS = 16;
    private static final int WARM_UP_SECONDS = 5;
    private static final String CONTENT_LENGTH = "content-length:";
    private static final long SECOND = 1_000_000_000L;

    private final URI server;
    private final List<String> users;
    private final double rate;
    private final Plan plan;
    private final long[] nanos;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile long start;
    private volatile boolean ended;
    private volatile long latest;

    /**
     * @param seconds after the warm-up
     * @param every seconds between two lines of figures, 0 for none
     * @param reload seconds between two reloads of the model with the key of MINERAL_WRITE_KEY, 0 for none
     */
    private record Plan(int seconds, String query, int every, int reload) {}

    private ServeLoad(URI server, List<String> users, double rate, Plan plan) {
        this.server = server;
        this.users = users;
        this.rate = rate;
        this.plan = plan;
        this.nanos = new long[rate == 0 ? 20_000_000 : (int) (rate * (plan.seconds + WARM_UP_SECONDS))];
    }

    /** URL, a file with a user a line, requests a second, seconds, and if wanted {@code query=, every=, reload=}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> users = Files.readAllLines(Path.of(args[1])).stream()
                .map(line -> line.split("\t")[0])
                .toList();
        String query = "n=20";
        int every = 0;
        int reload = 0;
        for (String option : Arrays.asList(args).subList(4, args.length)) {
            String value = option.substring(option.indexOf('=') + 1);
            switch (option.substring(0, Math.max(0, option.indexOf('=')))) {
                case "query" -> query = value;
                case "every" -> every = Integer.parseInt(value);
                case "reload" -> reload = Integer.parseInt(value);
                default -> throw new IllegalArgumentException(option + "; allowed: query=n=20, every=30, reload=120");
            }
        }
        Plan plan = new Plan(Integer.parseInt(args[3]), query, every, reload);
        new ServeLoad(URI.create(args[0]), users, Double.parseDouble(args[2]), plan).run();
    }

    private void run() throws InterruptedException {
        start = System.nanoTime() + SECOND / 5;
        Thread[] threads = new Thread[CONNECTIONS];
        for (int t = 0; t < threads.length; t++) {
            int seed = t;
            threads[t] = new Thread(() -> connection(new Random(seed)));
            threads[t].start();
        }
        background(this::sleeper);
        background(this::report);
        background(this::reloads);
        for (Thread thread : threads) {
            thread.join();
        }
        double elapsed = (System.nanoTime() - start) / 1e9;
        ended = true;
        int sent = Math.min(next.get(), nanos.length);
        int warm = rate == 0 ? sent / 10 : (int) (rate * WARM_UP_SECONDS);
        System.out.printf(
                Locale.ROOT,
                "%,d answers in %.1f s, %.0f a second; refused %d, broken %d%n",
                sent,
                elapsed,
                sent / elapsed,
                refused.get(),
                broken.get());
        System.out.printf(
                Locale.ROOT, "%s (after %d s of warming up)%n", times(Math.min(warm, sent), sent), WARM_UP_SECONDS);
    }

    private String times(int from, int to) {
        long[] times = Arrays.copyOfRange(nanos, from, to);
        Arrays.sort(times);
        return String.format(
                Locale.ROOT,
                "p50 %.2f ms, p90 %.2f ms, p99 %.2f ms, p999 %.2f ms, longest %.2f ms",
                at(times, .5),
                at(times, .9),
                at(times, .99),
                at(times, .999),
                at(times, 1));
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / 1e6;
    }

    private interface Task {
        void run() throws IOException, InterruptedException;
    }

    private static void background(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException | InterruptedException e) {
                System.out.println("fault: " + e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void sleeper() {
        while (!ended) {
            long before = System.nanoTime();
            LockSupport.parkNanos(SECOND / 1000);
            latest = Math.max(latest, System.nanoTime() - before - SECOND / 1000);
        }
    }

    /** A line of figures for each stretch of time, of the requests that were due in it. */
    private void report() throws IOException, InterruptedException {
        if (plan.every == 0 || rate == 0) {
            return;
        }
        int length = (int) (plan.every * rate);
        for (int from = (int) (rate * WARM_UP_SECONDS); from + length <= nanos.length; from += length) {
            sleepUntil((from + length) / rate + 0.1);
            double late = latest / 1e6;
            latest = 0;
            System.out.printf(
                    Locale.ROOT,
                    "%4.0f s: %s, late %.1f ms, %s%n",
                    (from + length) / rate,
                    times(from, from + length),
                    late,
                    memory());
        }
    }

    private void reloads() throws IOException, InterruptedException {
        for (double at = plan.reload; plan.reload > 0 && !ended; at += plan.reload) {
            sleepUntil(WARM_UP_SECONDS + at - plan.reload / 2.0);
            String key = Objects.requireNonNullElse(System.getenv("MINERAL_WRITE_KEY"), "");
            long before = System.nanoTime();
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(server.resolve("/v1/model/reload"))
                            .header("Content-Type", "application/json")
                            .header("Authorization", "Bearer " + key)
                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            System.out.printf(
                    Locale.ROOT,
                    "reload: %d after %.2f s%n",
                    answer.statusCode(),
                    (System.nanoTime() - before) / (double) SECOND);
        }
    }

    private void sleepUntil(double seconds) throws InterruptedException {
        Thread.sleep(Math.max(0, (start + (long) (seconds * SECOND) - System.nanoTime()) / 1_000_000));
    }

    /** What the server says of its memory. */
    private String memory() throws IOException, InterruptedException {
        String metrics = http.send(
                        HttpRequest.newBuilder(server.resolve("/metrics")).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        return String.format(
                Locale.ROOT,
                "heap %.0f MB, resident %.0f MB",
                metric(metrics, "jvm_memory_used_bytes{area=\"heap\"}") / (1 << 20),
                metric(metrics, "process_resident_memory_bytes") / (1 << 20));
    }

    private static double metric(String metrics, String name) {
        Matcher line =
                Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$").matcher(metrics);
        return line.find() ? Double.parseDouble(line.group(1)) : Double.NaN;
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
                if (System.nanoTime() - start > (plan.seconds + WARM_UP_SECONDS) * SECOND) {
                    return;
                }
            }
        }
    }

    /** Sends the next request when it is due; false when all were sent. */
    private boolean one(OutputStream out, InputStream in, Random random) throws IOException {
        int k = next.getAndIncrement();
        long due = rate == 0 ? System.nanoTime() : start + (long) (k * 1e9 / rate);
        if (k >= nanos.length || rate == 0 && due - start > (plan.seconds + WARM_UP_SECONDS) * SECOND) {
            return false;
        }
        String user = users.get(random.nextInt(users.size()));
        byte[] request = ("GET /v1/recommend/" + URLEncoder.encode(user, StandardCharsets.UTF_8) + "?" + plan.query
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
