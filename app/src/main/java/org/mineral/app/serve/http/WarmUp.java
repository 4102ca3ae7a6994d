package org.mineral.app.serve.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.mineral.app.json.JsonText;
import org.mineral.app.serve.service.ModelHolder;
import org.mineral.data.IdMap;

/**
 * Sends requests to the server over its port before it reports readiness: until code has run some thousand times, the JVM interprets it, and
 * then compiles it on the same cores. The first clients should wait for neither.
 */
final class WarmUp {

    /** After this many requests, latencies no longer improve; measured in {@code docs/how-to/serve.md}. */
    private static final int REQUESTS = 4000;

    private static final int CONNECTIONS = 2;

    /** One in this many requests has a history, whose fold-in takes longer than the list of a known user. */
    private static final int HISTORY_EVERY = 16;

    private static final int HISTORY = 20;
    private static final int TIMEOUT_MILLIS = 5000;

    private final String url;
    private final IdMap users;
    private final IdMap items;
    private final AtomicInteger next = new AtomicInteger();
    private final long end;
    private final BooleanSupplier enough;
    private final Map<String, String> headers = new LinkedHashMap<>();

    /**
     * @param seconds longest time
     * @param enough whether to stop early
     */
    WarmUp(String url, ModelHolder serving, int seconds, BooleanSupplier enough) {
        this.url = url;
        this.enough = enough;
        this.end = System.nanoTime() + seconds * 1_000_000_000L;
        this.users = serving.now().model().users();
        this.items = serving.now().model().items();
    }

    /** Adds a header to all requests; none if the value is null. */
    WarmUp header(String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value);
        }
        return this;
    }

    /** Returns when all requests are answered, or the time is over. */
    void run() {
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < CONNECTIONS; t++) {
            Thread thread = new Thread(this::ask, "mineral-warm-up");
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask() {
        try {
            for (int k = next.getAndIncrement(); k < REQUESTS; k = next.getAndIncrement()) {
                if (System.nanoTime() > end || enough.getAsBoolean()) {
                    return;
                } else if (k % HISTORY_EVERY == 0 || users.size() == 0) {
                    answer("/v1/recommend", history(k));
                } else {
                    String user = users.id((int) ((long) k * users.size() / REQUESTS));
                    answer("/v1/recommend/" + encode(user) + "?n=20", null);
                }
            }
        } catch (IOException e) {
            // The server works without warm-up too.
            return;
        }
    }

    private Map<String, Object> history(int k) {
        List<String> history = new ArrayList<>();
        for (int i = 0; i < Math.min(HISTORY, items.size()); i++) {
            history.add(items.id((int) (((long) k + i * 7919L) % items.size())));
        }
        return JsonText.object("history", history);
    }

    private void answer(String path, @Nullable Map<String, Object> body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url + path).toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        headers.forEach(connection::setRequestProperty);
        if (body != null) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.getOutputStream().write(JsonText.compact(body).getBytes(StandardCharsets.UTF_8));
        }
        InputStream in = connection.getResponseCode() < 400 ? connection.getInputStream() : connection.getErrorStream();
        if (in != null) {
            // Read to the end, so that the connection is reused.
            in.readAllBytes();
            in.close();
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
