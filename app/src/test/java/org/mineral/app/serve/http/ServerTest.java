package org.mineral.app.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.app.serve.ServeFixture;
import org.mineral.app.serve.Server;
import org.mineral.app.serve.feedback.Histories;
import org.mineral.app.serve.http.api.ApiError;
import org.mineral.app.serve.http.api.Limits;
import org.mineral.app.serve.service.ModelHolder;
import org.mineral.app.serve.service.ModelSource;
import tools.jackson.databind.JsonNode;

class ServerTest {

    @TempDir
    static Path home;

    private static Server server;
    private static Client client;
    private static final List<Throwable> FAULTS = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void start() throws IOException {
        server = ServeFixture.serve(home, FAULTS::add);
        client = new Client(server.url(), ServeFixture.KEY);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        assertThat(FAULTS).isEmpty();
    }

    @Test
    void recommendsByUserHistoryAndBatch() throws Exception {
        JsonNode user = client.get("/v1/recommend/user-1?n=5&filter=colour:green&exclude=item-2")
                .json();
        assertThat(user.get("items").size()).isEqualTo(5);
        for (JsonNode item : user.get("items")) {
            assertThat(Integer.parseInt(item.get("item").asString().substring(5)) % 3)
                    .isEqualTo(2);
            assertThat(item.get("item").asString()).isNotEqualTo("item-2");
        }
        JsonNode history = client.post(
                        "/v1/recommend", "{\"history\":[\"item-1\",{\"item\":\"item-2\",\"weight\":2}],\"n\":7}")
                .json();
        assertThat(history.get("items").size()).isEqualTo(7);
        assertThat(history.get("how").get("source").asString()).isEqualTo("history");
        JsonNode batch = client.post("/v1/recommend/batch", "{\"users\":[\"user-1\",\"nobody\"],\"n\":3}")
                .json();
        assertThat(batch.get("answers").get(0).get("items").size()).isEqualTo(3);
        assertThat(batch.get("answers").get(1).get("how").get("source").asString())
                .isEqualTo("popularity");
    }

    @Test
    void feedbackIsDurableBeforeItIsAnsweredAndCountsOnce() throws Exception {
        String event = "{\"events\":[{\"event\":\"f1\",\"user\":\"user-20\",\"item\":\"item-9\"}]}";
        String before = client.get("/v1/recommend/user-20?include_seen=true")
                .json()
                .get("items")
                .toString();
        assertThat(client.post("/v1/feedback", event).json().toString()).contains("stored");
        assertThat(Files.readString(home.resolve("feedback.jsonl"))).contains("\"f1\"");
        String after = client.get("/v1/recommend/user-20?include_seen=true")
                .json()
                .get("items")
                .toString();
        assertThat(after).isNotEqualTo(before);
        assertThat(client.post("/v1/feedback", event).json().toString()).contains("known");
        assertThat(client.get("/v1/recommend/user-20?include_seen=true")
                        .json()
                        .get("items")
                        .toString())
                .isEqualTo(after);
        Client.Answer conflict = client.post("/v1/feedback", event.replace("item-9", "item-8"));
        assertThat(conflict.status()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/recommend/user-1?n=0                 | 400 | 1 to 1000",
                "/v1/recommend/user-1?n=99999999999       | 400 | whole numbers",
                "/v1/recommend/user-1?n=1e3               | 400 | whole numbers",
                "/v1/recommend/user-1?n=1&n=2             | 400 | give it once",
                "/v1/recommend/user-1?diversity=NaN       | 400 | is not a number",
                "/v1/recommend/user-1?diversity=7         | 400 | 0 to 1",
                "/v1/recommend/user-1?include_seen=maybe  | 400 | true, false",
                "/v1/recommend/user-1?limit=4             | 400 | unknown parameter 'limit'",
                "/v1/items?q=%ff                          | 400 | not in UTF-8",
                "/v1/items?q=%ED%A0%80                    | 400 | not in UTF-8",
                "/v1/recommend/user-1?exclude=%C0%AF      | 400 | not in UTF-8",
                "/v1/recommend/user-1?filter=kolour:pink  | 400 | attribute",
                "/v1/similar/items/nothing                | 404 | no item 'nothing'",
                "/v1/similar/users/a%2Fb                  | 404 | no user 'a/b'",
                "/v1/explain/user-1/nothing               | 404 | no item",
                "/v1/nothing                              | 404 | no such address",
                "/v1/feedback                             | 405 | does not allow this method",
            })
    void errorsInAnAddressAreExplained(String path, int status, String reason) throws Exception {
        Client.Answer answer = client.get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.detail()).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "3",
                "{\"history\":3}",
                "{\"history\":[3]}",
                "{\"history\":[{\"weight\":1}]}",
                "{\"history\":[{\"item\":\"a\",\"weight\":-1}]}",
                "{\"history\":[{\"item\":\"a\",\"weight\":1e999}]}",
                "{\"history\":[{\"item\":\"a\",\"count\":1}]}",
                "{\"history\":[],\"n\":\"3\"}",
                "{\"history\":[],\"n\":2.5}",
                "{\"history\":[],\"n\":1e400}",
                "{\"history\":[],\"n\":3000000000}",
                "{\"history\":[],\"include_seen\":1}",
                "{\"history\":[],\"only\":[[]]}",
                "{\"history\":[],\"unknown\":1}",
                "{\"history\":[],\"history\":[]}",
                "{\"history\":[]} {}",
                "{\"history\":[[[[[[[[[[[[]]]]]]]]]]]]}",
                "{\"history\":[\"\\ud800\"],\"n\":0}",
                "{\"history\":[\"\\ud800\"]}",
                "{\"history\":[\"a\\udc00b\"]}",
                "{\"history\":[{\"item\":\"\\udc00\\ud800\"}]}",
                "{\"history\":[],\"exclude\":[\"item-1\",\"\\ud83d\"]}",
                "{\"history\":[],\"only\":[\"\\ud83d\"]}",
                "{\"history\":[],\"filter\":[\"colour:\\ud83d\"]}",
                "{\"history\":[],\"\\ud83d\":1}"
            })
    void errorsInABodyAreExplained(String body) throws Exception {
        Client.Answer answer = client.post("/v1/recommend", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.detail()).isNotBlank().doesNotContain("Exception", "tools.jackson", "\tat ");
    }

    /** 7 may be the id "7", "007" or "7.0": nobody knows, so the message says which text to write. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "recommend | {\"history\":[\"a\",7]} | history[1] is the number 7; ids are texts: write \"7\".",
                "recommend | {\"history\":[7.50]} | history[0] is the number 7.5; ids are texts: write it in quotes.",
                "recommend | {\"history\":[{\"item\":7}]} | history[0].item is the number 7; ids are texts: write \"7\".",
                "recommend | {\"history\":[true]} | history[0] is true; it must be an id, a text, or an object with item, weight.",
                "recommend | {\"history\":[{\"item\":null}]} | history[0].item is null; it must be an id, a text.",
                "recommend | {\"history\":[\"a\",{\"weight\":1}]} | the field history[1].item is missing.",
                "recommend | {\"history\":[{\"item\":\"a\",\"weight\":\"2\"}]} | history[0].weight is \"2\"; it must be a number.",
                "recommend | {\"history\":[],\"exclude\":[\"a\",18446744073709551616]} | exclude[1] is the number 18446744073709551616; ids",
                "recommend | {\"history\":[],\"only\":[1]} | only[0] is the number 1; ids are texts: write \"1\".",
                "recommend | {\"history\":[],\"filter\":[1]} | filter is [1]; it must be a list of texts.",
                "recommend/batch | {\"users\":[1]} | users[0] is the number 1; ids are texts: write \"1\".",
                "explain | {\"history\":[\"item-1\"],\"item\":1} | item is the number 1; ids are texts: write \"1\".",
                "feedback | {\"events\":[{\"event\":\"z\",\"user\":1,\"item\":\"2\"}]} | events[0].user is the number 1; ids are",
                "feedback | {\"events\":[{\"event\":9,\"user\":\"1\",\"item\":\"2\"}]} | events[0].event is the number 9; ids are",
                "feedback | {\"events\":[3]} | events[0] is 3; it must be an object with event, user, item, weight."
            })
    void idsAreTextsAndANumberIsToldWhichTextToBe(String path, String body, String detail) throws Exception {
        Client.Answer answer = client.post("/v1/" + path, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.detail()).startsWith(detail);
    }

    @Test
    void similarItemsAreSelectedAsRecommendedOnesAre() throws Exception {
        String path = "/v1/similar/items/item-1?n=1000";
        List<String> all = ids(client.get(path));
        assertThat(all).hasSizeGreaterThan(10).doesNotContain("item-1");
        List<String> green = ids(client.get(path + "&filter=colour:green"));
        assertThat(green)
                .containsExactlyElementsOf(all.stream()
                        .filter(id -> Integer.parseInt(id.substring(5)) % 3 == 2)
                        .toList())
                .hasSizeBetween(1, all.size() - 1);
        assertThat(ids(client.get(path + "&only=" + all.get(4) + "&only=" + all.get(2) + "&only=item-1")))
                .containsExactly(all.get(2), all.get(4));
        Client.Answer excluded = client.get(path + "&exclude=" + all.get(0) + "&exclude=nothing");
        assertThat(ids(excluded)).isEqualTo(all.subList(1, all.size()));
        assertThat(excluded.json().get("ignored").get(0).asString()).isEqualTo("nothing");
        assertThat(excluded.json().get("whyShort").asString()).contains("not excluded");
        assertThat(client.get("/v1/similar/items/item-1?n=3").json().propertyNames())
                .containsExactlyInAnyOrder("item", "items", "generation");
        assertThat(client.get(path + "&filter=kolour:pink").status()).isEqualTo(400);
        assertThat(client.get("/v1/similar/users/user-1?filter=colour:green").status())
                .isEqualTo(400);
    }

    private static List<String> ids(Client.Answer answer) throws IOException {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        answer.json().get("items").forEach(one -> ids.add(one.get("item").asString()));
        return ids;
    }

    @Test
    void halfOfASurrogatePairIsRefusedEverywhereAndAWholeOneIsAnId() throws Exception {
        assertThat(client.post("/v1/recommend", "{\"history\":[\"\\ud800\"]}").detail())
                .contains("half of a surrogate pair");
        for (String path : List.of("/v1/recommend/batch", "/v1/explain", "/v1/feedback", "/v1/model/reload")) {
            Client.Answer answer = client.post(path, "{\"users\":[\"\\ud800\"]}");
            assertThat(answer.status()).as(path).isEqualTo(400);
            assertThat(answer.detail()).contains("half of a surrogate pair");
        }
        assertThat(client.post("/v1/recommend", "{\"history\":[\"\\ud83d\\ude00\"]}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anEmptyBodyIsCalledEmptyWithOrWithoutAType() throws Exception {
        for (String body : List.of("", " \r\n\t")) {
            for (String path : List.of("/v1/recommend", "/v1/recommend/batch", "/v1/explain")) {
                Client.Answer answer = client.post(path, body);
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.detail()).startsWith("the body is empty; send a JSON object with ");
            }
        }
        Client.Answer untyped = client.send(client.request("/v1/recommend").POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(untyped.status()).isEqualTo(400);
        assertThat(untyped.detail()).contains("the body is empty", "history");
    }

    @Test
    void aReloadNeedsNoBodyAndTakesNoFields() throws Exception {
        HttpRequest.Builder request =
                client.request("/v1/model/reload").header("Authorization", "Bearer " + ServeFixture.KEY);
        assertThat(client.send(request.copy().POST(HttpRequest.BodyPublishers.noBody()))
                        .status())
                .isEqualTo(200);
        assertThat(client.send(request.copy().method("POST", HttpRequest.BodyPublishers.ofString("")))
                        .status())
                .isEqualTo(200);
        assertThat(client.post("/v1/model/reload", "{}").status()).isEqualTo(200);
        assertThat(client.post("/v1/model/reload", "{\"x\":1}").status()).isEqualTo(400);
        assertThat(client.post("/v1/model/reload", "[]").status()).isEqualTo(400);
    }

    @Test
    void pagesAndProbesAreNotPutOffByParameters() throws Exception {
        for (String path : List.of("/", "/page.js", "/page.css", "/openapi.json", "/health/live", "/health/ready")) {
            Client.Answer plain = client.get(path);
            for (String query : List.of("?utm_source=x", "?", "?a=1&a=2&n=-1", "?%ff")) {
                Client.Answer answer = client.get(path + query);
                assertThat(answer.status()).as(path + query).isEqualTo(200);
                assertThat(answer).isEqualTo(plain);
            }
        }
        assertThat(client.get("/?utm_source=x").type()).startsWith("text/html");
        assertThat(client.get("/metrics?x=1").status()).isEqualTo(200);
    }

    @Test
    void bytesThatAreNoUtf8AndBodiesThatAreTooLargeAreRefused() throws Exception {
        byte[] bad = "{\"history\":[\"x\"]}".getBytes(StandardCharsets.ISO_8859_1);
        bad[13] = (byte) 0xff;
        assertThat(client.send(client.request("/v1/recommend")
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(bad)))
                        .status())
                .isEqualTo(400);
        String large = "{\"history\":[\"" + "x".repeat(2 << 20) + "\"]}";
        assertThat(client.post("/v1/recommend", large).status()).isEqualTo(413);
        // Without a length in front, as a stream.
        assertThat(client.send(client.request("/v1/recommend")
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofInputStream(() ->
                                        new java.io.ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8)))))
                        .status())
                .isEqualTo(413);
        assertThat(client.send(client.request("/v1/recommend").POST(HttpRequest.BodyPublishers.ofString("{}")))
                        .status())
                .isEqualTo(415);
        byte[] marked = "\ufeff{\"history\":[\"item-7\"]}".getBytes(StandardCharsets.UTF_8);
        java.io.ByteArrayOutputStream packed = new java.io.ByteArrayOutputStream();
        try (java.io.OutputStream gzip = new java.util.zip.GZIPOutputStream(packed)) {
            gzip.write(marked);
        }
        assertThat(encoded("identity", marked).body())
                .isEqualTo(encoded("gzip", packed.toByteArray()).body());
        assertThat(encoded("gzip", packed.toByteArray()).status()).isEqualTo(200);
        assertThat(encoded("br", marked).status()).isEqualTo(415);
        assertThat(encoded("gzip", java.util.Arrays.copyOf(packed.toByteArray(), 20))
                        .status())
                .isEqualTo(400);
        java.io.ByteArrayOutputStream bomb = new java.io.ByteArrayOutputStream();
        try (java.io.OutputStream gzip = new java.util.zip.GZIPOutputStream(bomb)) {
            gzip.write(large.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(encoded("gzip", bomb.toByteArray()).status()).isEqualTo(413);
        StringBuilder many = new StringBuilder("{\"history\":[\"x\"");
        many.append(",\"x\"".repeat(1000)).append("]}");
        assertThat(client.post("/v1/recommend", many.toString()).detail()).contains("at most 1,000");
    }

    private static Client.Answer encoded(String encoding, byte[] body) throws Exception {
        return client.send(client.request("/v1/recommend")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", encoding)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /** A client whose connection fails is no fault of the server, and none is told: FAULTS stays empty. */
    @Test
    void aBodyThatDoesNotComeIsTheClientsAffair() throws Exception {
        String head =
                "POST /v1/recommend HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 4000\r\n";
        for (String encoding : List.of("", "Content-Encoding: gzip\r\n")) {
            try (Socket cut = connect()) {
                cut.getOutputStream().write((head + encoding + "\r\n{\"history\":").getBytes(StandardCharsets.UTF_8));
                cut.shutdownOutput();
                assertThat(new String(cut.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 400 ");
            }
        }
        try (Socket slow = connect()) {
            slow.getOutputStream().write((head + "\r\n").getBytes(StandardCharsets.UTF_8));
            StringBuilder answer = new StringBuilder();
            for (int k = 0; k < 100 && answer.length() == 0; k++) {
                slow.getOutputStream().write(' ');
                Thread.sleep(100);
                if (slow.getInputStream().available() > 0) {
                    answer.append(new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            assertThat(answer.toString()).startsWith("HTTP/1.1 408 ").contains("the body came too slowly");
        }
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", URI.create(server.url()).getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** A request that neither ends nor lets itself be interrupted: the server says so, in its own words, and ends. */
    @Test
    void aRequestThatDoesNotEndIsCutOffAndCounted() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean blocking = new AtomicBoolean();
        Path few = Files.writeString(home.resolve("few.csv"), "item,title\nitem-1,One\n");
        // The source tells how many of the items it knows, in the thread of the request that reloads it.
        ModelSource source = new ModelSource(home.resolve("model"), few, ModelSource.Search.EXACT, note -> {
            if (blocking.get()) {
                inside.countDown();
                await(release);
            }
        });
        List<String> notes = Collections.synchronizedList(new ArrayList<>());
        List<LogRecord> told = Collections.synchronizedList(new ArrayList<>());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                told.add(entry);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger jetty = Logger.getLogger("org.eclipse.jetty");
        HttpServer endless = new HttpServer(
                new ModelHolder(source),
                new Histories(),
                null,
                null,
                new HttpSetup(
                        ServeFixture.KEY,
                        null,
                        null,
                        Limits.defaults(),
                        null,
                        notes::add,
                        (request, failure) -> FAULTS.add(failure)));
        jetty.addHandler(handler);
        try {
            int port = endless.start("127.0.0.1", 0);
            endless.ready("", 0);
            blocking.set(true);
            try (Socket asking = new Socket("127.0.0.1", port)) {
                asking.getOutputStream()
                        .write(("POST /v1/model/reload HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + ServeFixture.KEY
                                        + "\r\nContent-Length: 0\r\n\r\n")
                                .getBytes(StandardCharsets.UTF_8));
                inside.await();
                assertThat(endless.close(100)).isEqualTo(1);
            }
            assertThat(notes).containsExactly("requests that did not finish within 0 s, and are cut off: 1");
            assertThat(told).extracting(LogRecord::getMessage).isEmpty();
        } finally {
            release.countDown();
            jetty.removeHandler(handler);
        }
    }

    private static void await(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // as a loop over a large model does
            }
        }
    }

    @Test
    void requestsThatAreNotHttpAreAnsweredWithoutAStackTrace() throws Exception {
        for (String request : List.of(
                "GET /v1/../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /v1/similar/items/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /v1/similar/items/%ff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /v1/items?q=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /v1/items?q=%ff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
                "NONSENSE\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST /v1/recommend HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: -4\r\n\r\n")) {
            try (Socket socket =
                            new Socket("127.0.0.1", URI.create(server.url()).getPort());
                    InputStream in = socket.getInputStream()) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).as(request).doesNotContain("Exception", "\tat ", "jetty", "Jetty");
                if (!answer.startsWith("HTTP/1.1 200")) {
                    assertThat(answer).as(request).matches("(?s)HTTP/1.1 (4\\d\\d|505) .*|");
                }
            }
        }
    }

    @Test
    void changesNeedTheKey() throws Exception {
        for (String path : List.of("/v1/feedback", "/v1/model/reload")) {
            for (String header : List.of("Bearer wrong", "Basic " + ServeFixture.KEY, ServeFixture.KEY, "Bearer ")) {
                Client.Answer answer = client.send(client.request(path)
                        .header("Content-Type", "application/json")
                        .header("Authorization", header)
                        .POST(HttpRequest.BodyPublishers.ofString("{}")));
                assertThat(answer.status()).isEqualTo(401);
            }
        }
        try (Server closed =
                Server.of(home.resolve("popularity")).faults(FAULTS::add).start()) {
            Client.Answer answer = new Client(closed.url(), "").post("/v1/model/reload", "{}");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.detail()).contains("--write-key-file");
        }
    }

    @Test
    void aReloadIsSeenByWholeRequestsOnlyAndABrokenModelIsRefused() throws Exception {
        Path place = home.resolve("changing");
        copy(home.resolve("model"), place);
        try (Server changing = Server.of(place)
                .feedback(home.resolve("other.jsonl"))
                .writeKey(ServeFixture.KEY)
                .faults(FAULTS::add)
                .start()) {
            Client other = new Client(changing.url(), ServeFixture.KEY);
            AtomicBoolean done = new AtomicBoolean();
            ExecutorService threads = Executors.newFixedThreadPool(3);
            List<Future<Integer>> asked = new ArrayList<>();
            for (int t = 0; t < 3; t++) {
                asked.add(threads.submit(() -> {
                    int count = 0;
                    for (; !done.get(); count++) {
                        Client.Answer answer = other.get("/v1/recommend/user-" + count % 200 + "?n=5");
                        assertThat(answer.status()).isEqualTo(200);
                        assertThat(answer.json().get("items").size()).isEqualTo(5);
                    }
                    return count;
                }));
            }
            for (int round = 2; round < 6; round++) {
                assertThat(other.post("/v1/model/reload", "{}")
                                .json()
                                .get("generation")
                                .asInt())
                        .isEqualTo(round);
            }
            Files.write(place.resolve("factors.safetensors"), new byte[100]);
            Client.Answer refused = other.post("/v1/model/reload", "{}");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.detail()).contains("the previous one is still served");
            assertThat(other.get("/v1/model").json().get("generation").asInt()).isEqualTo(5);
            done.set(true);
            for (Future<Integer> count : asked) {
                assertThat(count.get()).isPositive();
            }
            threads.shutdown();
            assertThat(other.get("/metrics").body())
                    .contains("mineral_reloads_total{outcome=\"done\"} 4.0")
                    .contains("mineral_reloads_total{outcome=\"refused\"} 1.0");
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void tooManyAtOnceAreTurnedAwayQuickly() throws Exception {
        Limits narrow = new Limits(1 << 20, 1, 0, 0, 100, 5000);
        ConcurrencyLimiter gate = new ConcurrencyLimiter(narrow);
        gate.enter();
        assertThat(gate.inside()).isEqualTo(1);
        org.assertj.core.api.Assertions.assertThatThrownBy(gate::enter)
                .isInstanceOf(ApiError.class)
                .hasMessageContaining("too many");
        gate.leave();
        gate.enter();
        gate.leave();

        try (Server small = Server.of(home.resolve("model"))
                .limits(narrow)
                .faults(FAULTS::add)
                .start()) {
            Client other = new Client(small.url(), "");
            ExecutorService threads = Executors.newFixedThreadPool(8);
            List<Future<Integer>> statuses = new ArrayList<>();
            for (int k = 0; k < 200; k++) {
                statuses.add(threads.submit(() -> other.post(
                                "/v1/recommend", "{\"history\":[\"item-1\",\"item-2\"],\"n\":100,\"diversity\":0.5}")
                        .status()));
            }
            int served = 0;
            for (Future<Integer> status : statuses) {
                assertThat(status.get()).isIn(200, 503);
                served += status.get() == 200 ? 1 : 0;
            }
            threads.shutdown();
            assertThat(served).isPositive();
        }
    }

    @Test
    void healthAndMetricsAndTheFilesOfThePageAreThere() throws Exception {
        assertThat(client.get("/health/live").status()).isEqualTo(200);
        assertThat(client.get("/health/ready").status()).isEqualTo(200);
        client.get("/v1/items?q=thing");
        assertThat(client.get("/metrics").body())
                .contains("mineral_requests_total{route=\"GET /v1/items\",status=\"200\"}")
                .contains("mineral_request_seconds_bucket{route=\"GET /v1/items\"")
                .containsPattern("process_resident_memory_bytes [1-9]");
        for (String path : List.of("/", "/page.css", "/page.js", "/map.js", "/openapi.json")) {
            Client.Answer answer = client.get(path);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isNotBlank();
        }
    }

    @Test
    void itIsReadyOnceItHasAskedItselfAndCountsFromThenOn() throws Exception {
        ModelHolder serving =
                new ModelHolder(new ModelSource(home.resolve("model"), null, ModelSource.Search.EXACT, note -> {}));
        try (HttpServer cold = new HttpServer(
                serving,
                new Histories(),
                null,
                null,
                new HttpSetup(
                        null,
                        null,
                        null,
                        Limits.defaults(),
                        null,
                        note -> {},
                        (request, failure) -> FAULTS.add(failure)))) {
            String url = "http://127.0.0.1:" + cold.start("127.0.0.1", 0);
            Client other = new Client(url, "");
            Client.Answer early = other.get("/health/ready");
            assertThat(early.status()).isEqualTo(503);
            assertThat(early.detail()).contains("warming up");
            assertThat(other.get("/health/live").status()).isEqualTo(200);
            assertThat(other.get("/v1/recommend/user-1").status()).isEqualTo(200);
            cold.ready(url, 1);
            assertThat(other.get("/health/ready").status()).isEqualTo(200);
            assertThat(other.get("/metrics").body())
                    .contains("mineral_requests_total{route=\"GET /v1/recommend/{user}\",status=\"507\"} 0")
                    .contains("mineral_reloads_total{outcome=\"refused\"} 0")
                    .doesNotContain("recommend/{user}\",status=\"200\"");
            other.get("/v1/recommend/user-1");
            assertThat(other.get("/metrics").body())
                    .contains("mineral_requests_total{route=\"GET /v1/recommend/{user}\",status=\"200\"} 1");
        }
    }

    @Test
    void searchFindsTitlesAndIds() throws Exception {
        JsonNode items = client.get("/v1/items?q=THING+no.+11&n=20").json().get("items");
        assertThat(items.size()).isEqualTo(11);
        assertThat(client.get("/v1/items?q=item-119")
                        .json()
                        .get("items")
                        .get(0)
                        .get("title")
                        .asString())
                .isEqualTo("Thing no. 119");
        JsonNode users = client.get("/v1/users?q=user-19").json().get("users");
        assertThat(users.get(0).get("user").asString()).isEqualTo("user-19");
        assertThat(users.size()).isEqualTo(11);
    }

    @Test
    void itemsOfAUserAreListedWithLaterFeedback() throws Exception {
        JsonNode trained = client.get("/v1/users/user-30?n=1000").json();
        int total = trained.get("total").asInt();
        assertThat(trained.get("items").size()).isEqualTo(total).isPositive();
        int before = 0;
        for (JsonNode item : trained.get("items")) {
            assertThat(item.get("users").asInt()).isGreaterThanOrEqualTo(before);
            before = item.get("users").asInt();
        }
        assertThat(client.get("/v1/users/user-30?n=2").json().get("items").size())
                .isEqualTo(2);
        client.post(
                "/v1/feedback", "{\"events\":[{\"event\":\"taken\",\"user\":\"a\\tnew one\",\"item\":\"item-5\"}]}");
        // An id may be any text: here with a tab, which the address writes as %09.
        JsonNode since = client.get("/v1/users/a%09new%20one").json();
        assertThat(since.get("total").asInt()).isEqualTo(1);
        assertThat(since.get("items").get(0).get("item").asString()).isEqualTo("item-5");
        assertThat(client.get("/v1/users/nobody").status()).isEqualTo(404);
    }

    @Test
    void aWholeNumberMayHaveAPointAndAnAddressAnEnd() throws Exception {
        Client.Answer answer = client.post("/v1/recommend", "{\"history\":[\"item-1\"],\"n\":3.0}");
        assertThat(answer.json().get("items").size()).isEqualTo(3);
        assertThat(client.post("/v1/recommend", "{\"history\":[\"item-1\"],\"n\":3.5}")
                        .status())
                .isEqualTo(400);
        assertThat(client.post("/v1/recommend/batch", "{\"users\":[],\"filter\":[\"\"]}")
                        .status())
                .isEqualTo(400);
        // A client of its own, for the server closes such a connection.
        Client.Answer cut = new Client(server.url(), "").get("/v1/recommend/user-1?" + "exclude=item-1&".repeat(2000));
        assertThat(cut.status()).isEqualTo(414);
        assertThat(cut.detail()).contains("body of a POST");
    }
}
