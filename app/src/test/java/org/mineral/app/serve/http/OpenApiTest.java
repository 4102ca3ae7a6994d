package org.mineral.app.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.app.serve.ServeFixture;
import org.mineral.app.serve.Server;
import org.mineral.app.serve.feedback.Histories;
import org.mineral.app.serve.http.api.Endpoint;
import org.mineral.app.serve.http.api.Metrics;
import org.mineral.app.serve.http.endpoint.Routes;
import org.mineral.app.serve.service.ModelHolder;
import org.mineral.app.serve.service.ModelSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code openapi.json} says what the routes are, and whatever is sent, the answer is one that it promises. */
class OpenApiTest {

    @TempDir
    static Path home;

    private static JsonNode api;
    private static Server server;
    private static Client client;
    private static final List<Throwable> FAULTS = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void start() throws Exception {
        server = ServeFixture.serve(home, FAULTS::add);
        client = new Client(server.url(), ServeFixture.KEY);
        api = client.get("/openapi.json").json();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        assertThat(FAULTS).isEmpty();
    }

    @Test
    void theFileDescribesTheRoutes() throws IOException {
        ModelHolder serving = new ModelHolder(
                new ModelSource(home.resolve("popularity"), null, ModelSource.Search.EXACT, note -> {}));
        List<Endpoint> endpoints =
                Routes.of(serving, new Histories(), null, null, null, new Metrics(), note -> {}, () -> null);
        List<String> routes = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            routes.add(endpoint.method() + " " + endpoint.path());
            JsonNode operation = api.at("/paths/" + endpoint.path().replace("/", "~1") + "/"
                    + endpoint.method().toLowerCase(java.util.Locale.ROOT));
            assertThat(operation.isObject()).as(endpoint.path()).isTrue();
            TreeSet<String> described = new TreeSet<>();
            for (JsonNode parameter : operation.path("parameters")) {
                if (parameter.get("in").asString().equals("query")) {
                    described.add(parameter.get("name").asString());
                }
            }
            assertThat(described).as(endpoint.path()).isEqualTo(new TreeSet<>(endpoint.parameters()));
            String security = operation.path("security").toString();
            assertThat(security)
                    .as(endpoint.path())
                    .isEqualTo(
                            switch (endpoint.guard()) {
                                case HEALTH -> "";
                                case UNLIMITED, LIMITED -> "[{},{\"readKey\":[]},{\"readPassword\":[]}]";
                                case KEY -> "[{\"key\":[]}]";
                            });
        }
        List<String> described = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : api.get("paths").properties()) {
            for (String method : path.getValue().propertyNames()) {
                described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
            }
        }
        assertThat(routes).containsExactlyInAnyOrderElementsOf(described);
    }

    /** Requests drawn from the file's own schemas, valid ones and spoilt ones. */
    @Test
    void everyResponseIsOneOfTheSpecification() throws Exception {
        Random random = new Random(20231208);
        List<String> statuses = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : api.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                for (int k = 0; k < 60; k++) {
                    statuses.add(once(
                            new Sample(api, random, k % 2 == 1), path.getKey(), method.getKey(), method.getValue()));
                }
            }
        }
        assertThat(statuses).contains("200", "400");
    }

    private String once(Sample sample, String path, String method, JsonNode operation) throws Exception {
        StringBuilder address = new StringBuilder(path);
        List<String> query = new ArrayList<>();
        for (JsonNode parameter : operation.path("parameters")) {
            String name = parameter.get("name").asString();
            if (parameter.get("in").asString().equals("path")) {
                int at = address.indexOf("{" + name + "}");
                address.replace(at, at + name.length() + 2, encode(sample.id()));
            } else {
                sample.parameter(parameter.get("schema"))
                        .forEach(value -> query.add(encode(sample.name(name)) + "=" + encode(value)));
            }
        }
        if (!query.isEmpty()) {
            address.append('?').append(String.join("&", query));
        }
        HttpRequest.Builder request =
                client.request(address.toString()).header("Authorization", "Bearer " + ServeFixture.KEY);
        String body = "";
        if (method.equals("post")) {
            body = sample.body(operation.at("/requestBody/content/application~1json/schema"));
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        }
        Client.Answer answer = client.send(request);
        String what = method + " " + address + " " + body + " -> " + answer.status() + " " + answer.body();
        JsonNode promised = operation.get("responses").get(Integer.toString(answer.status()));
        assertThat(promised).as(what).isNotNull();
        assertThat(answer.status()).as(what).isLessThan(500);
        String type = answer.type().split(";")[0];
        JsonNode content = promised.get("content").get(type);
        assertThat(content).as(what).isNotNull();
        if (type.endsWith("json")) {
            assertThat(new Schemas(api).violations(content.get("schema"), answer.json()))
                    .as(what)
                    .isEmpty();
        }
        return Integer.toString(answer.status());
    }

    private static String encode(String text) {
        // Half a surrogate pair has no UTF-8; a client that sends a question mark is as odd as it gets.
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Test
    void theExamplesOfASpoiltRequestAreSpoilt() {
        JsonNode schema = api.at("/components/schemas/RecommendRequest");
        Schemas schemas = new Schemas(api);
        assertThat(schemas.violations(schema, JsonMapper.shared().readTree("{\"history\":[\"a\",{\"item\":\"b\"}]}")))
                .isEmpty();
        assertThat(schemas.violations(schema, JsonMapper.shared().readTree("{\"history\":[3]}")))
                .isNotEmpty();
        assertThat(schemas.violations(schema, JsonMapper.shared().readTree("{\"history\":[],\"x\":1}")))
                .isNotEmpty();
        assertThat(schemas.violations(schema, JsonMapper.shared().readTree("{\"n\":1}")))
                .isNotEmpty();
    }
}
