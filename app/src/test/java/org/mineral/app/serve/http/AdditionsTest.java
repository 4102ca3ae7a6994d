package org.mineral.app.serve.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.app.Main;
import org.mineral.app.serve.ServeFixture;
import org.mineral.app.serve.Server;
import org.mineral.app.serve.service.ModelSource;
import org.mineral.config.InputException;
import org.mineral.recommend.SideFiles;
import tools.jackson.databind.JsonNode;

/** Items and users that a server takes in by their attributes. */
class AdditionsTest {

    @TempDir
    private static Path home;

    private static final List<Throwable> FAULTS = Collections.synchronizedList(new ArrayList<>());

    private Server server;
    private Client client;
    private int logs;

    @BeforeAll
    static void make() throws IOException {
        StringBuilder ratings = new StringBuilder("user,item\n");
        StringBuilder items = new StringBuilder("item,genres,year\n");
        StringBuilder users = new StringBuilder("user,country\n");
        for (int u = 0; u < 40; u++) {
            users.append("user-").append(u).append(u % 2 == 0 ? ",NL\n" : ",FR\n");
            for (int k = 0; k < 6; k++) {
                ratings.append("user-" + u + ",item-" + ((u * 7 + k * 4) % 40 / 2 * 2 + u % 2) + "\n");
            }
        }
        for (int i = 0; i < 40; i++) {
            items.append("item-" + i + "," + (i % 2 == 0 ? "Drama" : "Comedy") + "|" + (i % 4 < 2 ? "Short" : "Long")
                    + "," + (1950 + i % 20 * 2) + "\n");
        }
        Files.writeString(home.resolve("ratings.csv"), ratings);
        Files.writeString(home.resolve("features.csv"), items);
        Files.writeString(home.resolve("users.csv"), users);
        Files.writeString(home.resolve("items.csv"), "item,title,genres\nitem-0,Zero,Drama\nitem-1,One,Comedy\n");
        train(
                "mf",
                "--set",
                "dimension=8",
                "--set",
                "epochs=20",
                "--set",
                "attribute_weight=3",
                "--effort",
                "quick",
                "--user-features",
                "users.csv");
        train("content-knn");
    }

    private static void train(String model, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "train",
                home.resolve("ratings.csv").toString(),
                "-o",
                home.resolve(model).toString(),
                "--model",
                model,
                "--item-features",
                home.resolve("features.csv").toString()));
        for (String word : more) {
            words.add(word.endsWith(".csv") ? home.resolve(word).toString() : word);
        }
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int code = Main.run(words.toArray(new String[0]), nowhere, new PrintStream(errors, true));
        assertThat(code).as(errors.toString()).isZero();
    }

    private Path log() {
        return home.resolve("additions-" + logs + ".jsonl");
    }

    private void start(String model, ModelSource.Search search, Path features) throws IOException {
        server = Server.of(home.resolve(model))
                .items(home.resolve("items.csv"))
                .search(search)
                .additions(log())
                .further(new SideFiles(features, null))
                .feedback(home.resolve("feedback-" + logs + ".jsonl"))
                .writeKey(ServeFixture.KEY)
                .faults(FAULTS::add)
                .start();
        client = new Client(server.url(), ServeFixture.KEY);
    }

    private void restart(String model) throws IOException {
        server.close();
        start(model, ModelSource.Search.EXACT, null);
    }

    @AfterEach
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
        Files.deleteIfExists(log());
        Files.deleteIfExists(home.resolve("feedback-" + logs + ".jsonl"));
        assertThat(FAULTS).isEmpty();
    }

    private List<String> list(String path) throws Exception {
        Client.Answer answer = client.get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json()
                .get("items")
                .valueStream()
                .map(item -> item.get("item").asString())
                .toList();
    }

    private JsonNode add(String items) throws Exception {
        Client.Answer answer = client.post("/v1/items", "{\"items\":[" + items + "]}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().get("items");
    }

    private static final String NEW =
            "{\"item\":\"new\",\"title\":\"A new one\",\"attributes\":{\"genres\":[\"Drama\",\"Western\"],\"year\":1980}}";

    @ParameterizedTest
    @ValueSource(strings = {"mf", "content-knn"})
    void aNewItemIsRecommendedFromThenOn(String model) throws Exception {
        start(model, ModelSource.Search.EXACT, null);
        assertThat(list("/v1/recommend/user-2?n=50")).doesNotContain("new");
        JsonNode added = add(NEW);
        assertThat(added.get(0).get("outcome").asString()).isEqualTo("added");
        assertThat(added.get(0).get("ignored").get(0).asString()).isEqualTo("genres=Western");
        assertThat(list("/v1/recommend/user-2?n=50")).contains("new");
        // Those of Drama have it before those of Comedy.
        assertThat(list("/v1/recommend/user-2?n=50").indexOf("new"))
                .isLessThan(list("/v1/recommend/user-2?n=50&include_seen=true").size() / 2);
        assertThat(list("/v1/recommend/user-2?n=50&filter=genres:Drama")).contains("new");
        assertThat(list("/v1/recommend/user-2?n=50&filter=genres:Comedy")).doesNotContain("new");
        assertThat(client.get("/v1/items?q=a%20new").body()).contains("\"new\"");
        assertThat(list("/v1/similar/items/new?n=3")).hasSize(3);
        assertThat(list("/v1/similar/items/new?n=3&by=attributes")).hasSize(3);
        assertThat(client.get("/v1/explain/user-2/new").status()).isEqualTo(200);
        // Somebody takes it, and gets what is like it.
        assertThat(client.post("/v1/recommend", "{\"history\":[\"new\"],\"n\":5}")
                        .status())
                .isEqualTo(200);
        assertThat(client.post("/v1/feedback", "{\"events\":[{\"event\":\"e\",\"user\":\"user-2\",\"item\":\"new\"}]}")
                        .status())
                .isEqualTo(200);
        assertThat(list("/v1/recommend/user-2?n=50")).doesNotContain("new");
        // A server that starts anew, and a model that is loaded anew, have it still.
        assertThat(client.post("/v1/model/reload", "").status()).isEqualTo(200);
        assertThat(list("/v1/recommend/user-4?n=50")).contains("new");
        restart(model);
        assertThat(list("/v1/recommend/user-4?n=50")).contains("new");
    }

    @Test
    void explanationsOfANewItemNameItsAttributesAndAddUp() throws Exception {
        start("mf", ModelSource.Search.EXACT, null);
        add(NEW);
        JsonNode why = client.get("/v1/explain/user-2/new").json();
        assertThat(why.get("attributes")
                        .valueStream()
                        .map(a -> a.get("attribute").asString()))
                .contains("genres=Drama", "country=NL");
        double sum = why.get("others").asDouble() + why.get("rest").asDouble();
        for (JsonNode part : why.get("attributes")) {
            sum += part.get("contribution").asDouble();
        }
        for (JsonNode part : why.get("contributions")) {
            sum += part.get("contribution").asDouble();
        }
        assertThat(sum).isCloseTo(why.get("score").asDouble(), org.assertj.core.api.Assertions.within(1e-4));
    }

    @Test
    void aNewUserHasAListByTheirAttributes() throws Exception {
        start("mf", ModelSource.Search.EXACT, null);
        assertThat(client.get("/v1/recommend/somebody").body()).contains("\"popularity\"");
        Client.Answer answer =
                client.post("/v1/users", "{\"users\":[{\"user\":\"somebody\",\"attributes\":{\"country\":\"FR\"}}]}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(client.get("/v1/recommend/somebody").body()).contains("\"attributes\"", "what their attributes say");
        List<String> list = list("/v1/recommend/somebody?n=10");
        assertThat(list.stream()
                        .filter(item -> Integer.parseInt(item.substring(5)) % 2 == 1)
                        .count())
                .isGreaterThan(7);
        restart("mf");
        assertThat(list("/v1/recommend/somebody?n=10")).isEqualTo(list);
    }

    @Test
    void theLastAttributesCountAndWhatWasTrainedStays() throws Exception {
        start("mf", ModelSource.Search.EXACT, null);
        List<String> before = list("/v1/recommend/user-2?n=50");
        JsonNode added = add("{\"item\":\"item-0\",\"attributes\":{\"genres\":\"Comedy\"}},"
                + "{\"item\":\"nothing\",\"attributes\":{\"genres\":\"Opera\"}}");
        assertThat(added.get(0).get("outcome").asString()).isEqualTo("trained");
        assertThat(added.get(1).get("outcome").asString()).isEqualTo("unknown");
        assertThat(list("/v1/recommend/user-2?n=50")).isEqualTo(before);
        add("{\"item\":\"new\",\"attributes\":{\"genres\":\"Drama\"}}");
        add("{\"item\":\"new\",\"attributes\":{\"genres\":\"Comedy\"}}");
        assertThat(list("/v1/recommend/user-2?n=50&filter=genres:Comedy")).contains("new");
        assertThat(list("/v1/recommend/user-2?n=50&filter=genres:Drama")).doesNotContain("new");
    }

    @Test
    void aSideFileIsReadAgainAtAReload() throws Exception {
        Path file = home.resolve("later.csv");
        Files.writeString(file, "item,genres,year,other\nfirst,Drama|Short,1990,x\n");
        start("mf", ModelSource.Search.EXACT, file);
        assertThat(list("/v1/recommend/user-2?n=50")).contains("first").doesNotContain("second");
        Files.writeString(file, "item,genres,year\nfirst,Drama|Short,1990\nsecond,Drama,1960\n");
        assertThat(client.post("/v1/model/reload", "").status()).isEqualTo(200);
        assertThat(list("/v1/recommend/user-2?n=50")).contains("first", "second");
        Files.writeString(file, "item,genres,year\nfirst,Drama,soon\n");
        Client.Answer refused = client.post("/v1/model/reload", "");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.detail()).contains("later.csv:2: found 'soon' in 'year'");
        assertThat(list("/v1/recommend/user-2?n=50")).contains("second");
        // Nothing but a reload reads it: an item can be added while it is damaged.
        add(NEW);
        assertThat(list("/v1/recommend/user-2?n=50")).contains("second", "new");
    }

    @Test
    void aGraphFindsNewItemsToo() throws Exception {
        start("mf", ModelSource.Search.HNSW, null);
        add(NEW);
        assertThat(list("/v1/recommend/user-2?n=30")).contains("new");
        assertThat(client.get("/v1/recommend/user-2?n=5").body()).contains("\"hnsw\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "{\"items\":[]}#items is empty",
                "{\"items\":[{\"item\":\"a\"}]}#attributes is missing",
                "{\"items\":[{\"item\":7,\"attributes\":{}}]}#ids are texts",
                "{\"items\":[{\"item\":\" \",\"attributes\":{}}]}#not blank",
                "{\"items\":[{\"item\":\"a\",\"attributes\":[]}]}#an object",
                "{\"items\":[{\"item\":\"a\",\"attributes\":{\"genre\":\"Drama\"}}]}#Did you mean 'genres'?",
                "{\"items\":[{\"item\":\"a\",\"attributes\":{\"year\":\"soon\"}}]}#found 'soon' in 'year'",
                "{\"items\":[{\"item\":\"a\",\"attributes\":{\"year\":1e400}}]}#a text, a number, or a list of these",
                "{\"items\":[{\"item\":\"a\",\"attributes\":{\"genres\":{\"x\":1}}}]}#a text, a number, or a list of these",
                "{\"items\":[{\"item\":\"a\",\"attributes\":{\"genres\":null}}]}#a text, a number, or a list of these",
                "{\"items\":[{\"item\":\"a\",\"title\":3,\"attributes\":{}}]}#a text",
                "{\"items\":[{\"item\":\"a\",\"kind\":\"b\",\"attributes\":{}}]}#unknown field",
                "{\"users\":[]}#unknown field"
            })
    void aBadRequestIsRefusedWithItsReasonAndKeepsNothing(String body, String reason) throws Exception {
        start("mf", ModelSource.Search.EXACT, null);
        Client.Answer answer = client.post("/v1/items", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.detail()).contains(reason);
        assertThat(Files.size(log())).isZero();
    }

    @Test
    void withoutTheKeyOrAttributesNothingIsTakenIn() throws Exception {
        start("content-knn", ModelSource.Search.EXACT, null);
        assertThat(new Client(server.url(), "another key")
                        .post("/v1/items", "{\"items\":[" + NEW + "]}")
                        .status())
                .isEqualTo(401);
        Client.Answer users = client.post("/v1/users", "{\"users\":[{\"user\":\"a\",\"attributes\":{}}]}");
        assertThat(users.status()).isEqualTo(403);
        assertThat(users.detail()).contains("without attributes of users");
        try (Server without = Server.of(home.resolve("mf"))
                .writeKey(ServeFixture.KEY)
                .faults(FAULTS::add)
                .start()) {
            Client.Answer answer =
                    new Client(without.url(), ServeFixture.KEY).post("/v1/items", "{\"items\":[" + NEW + "]}");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.detail()).contains("--additions");
        }
    }

    @Test
    void aTornLastLineIsCutOffAndADamagedOneRefused() throws Exception {
        start("mf", ModelSource.Search.EXACT, null);
        add(NEW);
        server.close();
        Files.writeString(log(), "{\"add\":\"item\",\"id\":\"to", StandardOpenOption.APPEND);
        start("mf", ModelSource.Search.EXACT, null);
        assertThat(list("/v1/recommend/user-2?n=50")).contains("new");
        server.close();
        String good = Files.readString(log());
        Files.writeString(log(), "{\"add\":\"thing\",\"id\":\"x\",\"attributes\":{}}\n" + good);
        assertThatThrownBy(() -> start("mf", ModelSource.Search.EXACT, null))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("--repair-feedback");
        Files.writeString(log(), good);
        start("mf", ModelSource.Search.EXACT, null);
    }

    @Test
    void aKilledServerHasLostNothingThatItAnswered() throws Exception {
        Process process = ServeFixture.launch(List.of(), home.resolve("mf"), "--additions", log().toString());
        try {
            Client other = new Client(process.inputReader().readLine(), ServeFixture.KEY);
            for (int k = 0; k < 5; k++) {
                String item = "{\"item\":\"new-" + k + "\",\"attributes\":{\"genres\":\"Drama\"}}";
                assertThat(other.post("/v1/items", "{\"items\":[" + item + "]}").status())
                        .isEqualTo(200);
            }
        } finally {
            process.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
        }
        start("mf", ModelSource.Search.EXACT, null);
        assertThat(list("/v1/recommend/user-2?n=50")).contains("new-0", "new-1", "new-2", "new-3", "new-4");
    }
}
