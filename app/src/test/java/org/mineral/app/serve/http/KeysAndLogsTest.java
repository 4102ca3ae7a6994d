package org.mineral.app.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.app.serve.ServeFixture;
import org.mineral.app.serve.Server;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server with both keys and a log of its requests. */
class KeysAndLogsTest {

    private static final String READ = "a key that some people know";

    @TempDir
    static Path home;

    private static final ByteArrayOutputStream LOG = new ByteArrayOutputStream();
    private static final AtomicBoolean FULL = new AtomicBoolean();
    private static final AtomicInteger REFUSED = new AtomicInteger();
    private static final List<String> NOTES = Collections.synchronizedList(new ArrayList<>());
    private static Server server;
    private static Client client;

    @BeforeAll
    static void start() throws IOException {
        ServeFixture.make(home);
        OutputStream disk = new OutputStream() {
            @Override
            public void write(int b) {
                LOG.write(b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (FULL.get()) {
                    LOG.write(bytes, offset, 7);
                    REFUSED.incrementAndGet();
                    throw new IOException("No space left on device");
                }
                LOG.write(bytes, offset, length);
            }
        };
        server = Server.of(home.resolve("model"))
                .feedback(home.resolve("feedback.jsonl"))
                .writeKey(ServeFixture.KEY)
                .readKey(READ)
                .accessLog(disk)
                .notes(NOTES::add)
                .warmUp(60)
                .start();
        server.warmUp();
        client = new Client(server.url(), ServeFixture.KEY);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static int status(String method, String path, String authorization) throws Exception {
        HttpRequest.Builder request = client.request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(method.equals("POST") ? "{}" : ""));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return client.send(request).status();
    }

    private static String basic(String key) {
        return "Basic " + Base64.getEncoder().encodeToString(("anybody:" + key).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void healthIsOpenAndEverythingElseNeedsAKey() throws Exception {
        for (String path : List.of("/health/live", "/health/ready")) {
            assertThat(status("GET", path, "")).as(path).isEqualTo(200);
        }
        for (String path : List.of("/", "/page.js", "/metrics", "/openapi.json", "/v1/model", "/v1/recommend/user-1")) {
            for (String wrong : List.of("", "Bearer ", "Bearer " + READ + "x", "Basic", "Basic ???", basic(""), READ)) {
                assertThat(status("GET", path, wrong)).as(path + " " + wrong).isEqualTo(401);
            }
            for (String key : List.of(READ, ServeFixture.KEY)) {
                assertThat(status("GET", path, "Bearer " + key)).as(path).isEqualTo(200);
                assertThat(status("GET", path, basic(key))).as(path).isEqualTo(200);
            }
        }
    }

    /** A browser adds a password that it knows to requests that another site has it send, so that none may change anything. */
    @Test
    void changesNeedTheWriteKeyAsABearer() throws Exception {
        for (String wrong : List.of("", "Bearer " + READ, basic(ServeFixture.KEY), basic(READ))) {
            assertThat(status("POST", "/v1/model/reload", wrong)).as(wrong).isEqualTo(401);
        }
        assertThat(status("POST", "/v1/model/reload", "bearer " + ServeFixture.KEY))
                .isEqualTo(200);
    }

    @Test
    void aBrowserIsToldToAsk() throws Exception {
        java.net.http.HttpResponse<String> answer = java.net.http.HttpClient.newHttpClient()
                .send(client.request("/").build(), java.net.http.HttpResponse.BodyHandlers.ofString());
        assertThat(answer.headers().allValues("WWW-Authenticate"))
                .hasSize(2)
                .contains("Bearer")
                .anyMatch(scheme -> scheme.startsWith("Basic realm="));
    }

    private static List<JsonNode> lines(String request) throws InterruptedException {
        for (int k = 0; ; k++) {
            List<JsonNode> lines = LOG.toString(StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains("\"request\":\"" + request + "\"}"))
                    .map(line -> JsonMapper.shared().readTree(line))
                    .toList();
            // The line comes after the response has been sent.
            if (!lines.isEmpty() || k == 500) {
                return lines;
            }
            Thread.sleep(10);
        }
    }

    private static HttpRequest.Builder named(String path, String id) {
        return client.request(path).header("X-Request-Id", id).header("Authorization", "Bearer " + READ);
    }

    @Test
    void eachRequestHasALineWithoutItsQuery() throws Exception {
        Client.Answer answer = client.send(named("/v1/recommend/user-1?n=3&exclude=private", "id-1"));
        assertThat(lines("id-1")).hasSize(1);
        JsonNode line = lines("id-1").get(0);
        assertThat(line.propertyNames())
                .containsExactly("time", "log", "client", "method", "path", "status", "bytes", "seconds", "request");
        assertThat(line.get("method").asString()).isEqualTo("GET");
        assertThat(line.get("path").asString()).isEqualTo("/v1/recommend/user-1");
        assertThat(line.get("status").asInt()).isEqualTo(200);
        assertThat(line.get("bytes").asInt()).isEqualTo(answer.body().getBytes(StandardCharsets.UTF_8).length);
        assertThat(line.get("seconds").asDouble()).isBetween(0.0, 10.0);
        client.send(named("/nowhere", "id-2"));
        assertThat(lines("id-2").get(0).get("status").asInt()).isEqualTo(404);
        client.send(client.request("/").header("X-Request-Id", "id-3"));
        assertThat(lines("id-3").get(0).get("status").asInt()).isEqualTo(401);
        assertThat(LOG.toString(StandardCharsets.UTF_8)).doesNotContain("private", READ, ServeFixture.KEY);
    }

    @Test
    void theServersOwnRequestsHaveNoLines() {
        assertThat(LOG.toString(StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.contains("recommend"))
                        .count())
                .isLessThan(40);
    }

    @Test
    void anIdThatCouldDisturbALogIsReplaced() {
        assertThat(RequestId.of("proxy/7:a.b-c_d=")).isEqualTo("proxy/7:a.b-c_d=");
        for (String odd : new String[] {null, "", "a b", "a\"b", "é", "a".repeat(65)}) {
            assertThat(RequestId.of(odd)).matches("[0-9a-f]{32}");
        }
    }

    private static boolean isNoted(String words) {
        synchronized (NOTES) {
            return NOTES.stream().anyMatch(note -> note.contains(words));
        }
    }

    private static void await(BooleanSupplier done) throws InterruptedException {
        for (int k = 0; k < 2_000 && !done.getAsBoolean(); k++) {
            Thread.sleep(10);
        }
    }

    @Test
    void aFullDiskLosesLinesAndNoRequests() throws Exception {
        FULL.set(true);
        for (int k = 0; k < 3; k++) {
            assertThat(client.send(named("/v1/model", "lost-" + k)).status()).isEqualTo(200);
        }
        // A line is written after its response.
        await(() -> REFUSED.get() == 3);
        FULL.set(false);
        assertThat(client.send(named("/v1/model", "found")).status()).isEqualTo(200);
        assertThat(lines("found")).hasSize(1);
        await(() -> isNoted("written again"));
        assertThat(NOTES.stream().filter(note -> note.contains("access log")).toList())
                .containsExactly(
                        "note: the access log cannot be written (No space left on device); its lines are lost until it can be.",
                        "the access log is written again; lines lost: 3.");
    }
}
