package org.mineral.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.app.command.DataImportCommandTest.Run;
import org.mineral.app.serve.ServeFixture;
import org.mineral.model.FactorModel;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code recommend} and {@code similar} take: titles, choices of items, many histories, items in place of users. */
class RecommendCommandTest {

    @TempDir
    static Path home;

    private static Path model;
    private static Path items;

    @BeforeAll
    static void make() throws IOException {
        ServeFixture.make(home);
        model = home.resolve("model");
        items = home.resolve("items.csv");
    }

    private static Run run(Object... args) {
        return DataImportCommandTest.run(args);
    }

    private static Run recommend(Object... args) {
        Run run = run(Stream.concat(Stream.of("recommend", model), Arrays.stream(args))
                .toArray());
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    private static String refused(Object... args) {
        Run run = run(args);
        assertThat(run.code()).as(run.out()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        return run.err();
    }

    private static List<String> column(Run run, int column) {
        return run.out().lines().map(line -> line.split("\t", -1)[column]).toList();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text);
    }

    @Test
    void titlesAreOneMoreColumn() throws Exception {
        Run run = recommend("--user", "user-3", "-n", 4, "--items", items);
        assertThat(run.out().lines()).hasSize(4).allSatisfy(line -> {
            String[] fields = line.split("\t", -1);
            assertThat(fields).hasSize(5);
            assertThat(fields[4]).isEqualTo("Thing no. " + fields[1].substring(5));
        });
        assertThat(recommend("--user", "user-3", "-n", 4).out())
                .isEqualTo(run.out().replaceAll("\tThing no. \\d+\n", "\n"));
        JsonNode json = JsonMapper.shared()
                .readTree(recommend("--user", "user-3", "-n", 2, "--items", items, "--json")
                        .out());
        assertThat(json.get(1).get("title").asString()).startsWith("Thing no. ");
        Path one = file("one.csv", "item,title\nitem-7,Seven\n");
        Run some = recommend("--user", "user-3", "-n", 119, "--items", one, "--no-exclude-seen");
        assertThat(column(some, 4)).contains("Seven", "");
        assertThat(some.err()).contains("knows 1 of the model's 120 items");
        Path other = file("other.csv", "item,title\n0007,Seven\n");
        assertThat(refused("recommend", model, "--user", "user-3", "--items", other))
                .contains("none of them the model's");
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "tsv", "parquet"})
    void titlesAreInFilesToo(String format) throws Exception {
        Path titles = file("titles.csv", "item,title\nitem-7,\"Seven, \"\"the\"\" best\"\n");
        Path to = home.resolve("titled." + format);
        recommend("--all", "-n", 119, "--items", titles, "-o", to);
        String from = format.equals("parquet")
                ? "read_parquet('" + to + "')"
                : "read_csv('" + to + "', header = true, quote = '\"', delim = '" + (format.equals("tsv") ? "\t" : ",")
                        + "')";
        List<String> seven = new ArrayList<>();
        int untitled = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select item, title from " + from)) {
            while (rows.next()) {
                if (rows.getString(1).equals("item-7")) {
                    seven.add(rows.getString(2));
                } else {
                    untitled +=
                            Objects.requireNonNullElse(rows.getString(2), "").isEmpty() ? 1 : 0;
                }
            }
        }
        assertThat(seven).isNotEmpty().containsOnly("Seven, \"the\" best");
        assertThat(untitled).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n \n", "user\n"})
    void listsWithoutCandidatesAreEmptyWithAReason(String text) throws Exception {
        Path nobody = file("nobody.txt", text);
        Path nothing = file("nothing.txt", text.replace("user", "item"));
        Path people = file("people.csv", text.replace("user", "user,item"));
        for (Run run : List.of(
                recommend("--users", nobody),
                recommend("--for-items-file", nothing),
                recommend("--histories", people))) {
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .containsPattern("(nobody|nothing|people)\\.\\w+ has no (users|items|histories); nothing to list");
        }
        assertThat(recommend("--users", nobody, "--json").out().strip()).isEqualTo("[]");
        Path lists = home.resolve("none.csv");
        recommend("--users", nobody, "-o", lists);
        assertThat(lists).hasContent("user,item,rank,score");
        assertThat(refused("recommend", model, "--for-items", " , ")).contains("--for-items names no item");
    }

    /** Nobody asks when it was: a date that has to be told how it is read, and a rating in words, are in nobody's way. */
    @Test
    void historiesAreWhoTookWhat() throws Exception {
        String plain = recommend("--histories", file("plain.csv", "user,item\na,item-3\na,item-5\nb,item-7\n"), "-n", 3)
                .out();
        for (String text : List.of(
                "user,item,rating,date\na,item-3,good,28/02/2013\na,item-5,bad,01/03/2013\nb,item-7,,\n",
                "{\"user\":\"a\",\"item\":\"item-3\",\"date\":\"28/02/2013\"}\n{\"user\":\"a\",\"item\":\"item-5\"}\n"
                        + "{\"user\":\"b\",\"item\":\"item-7\",\"rating\":null}\n")) {
            assertThat(recommend("--histories", file("dated", text), "-n", 3).out())
                    .isEqualTo(plain);
        }
    }

    /** One rule for all lists of ids. */
    @Test
    void anIdThatIsNamedAgainIsListedOnce() throws Exception {
        Run once = recommend("--for-items", "item-7,item-3", "-n", 4);
        Run twice = recommend("--for-items", "item-7,item-3,item-7", "-n", 4);
        assertThat(twice.out()).isEqualTo(once.out());
        assertThat(twice.err()).contains("1 of 3 items are repeated; each is listed once");
        Path again = file("again.txt", "item-7\n item-3\n\"item-7\"\nitem-7\n");
        assertThat(recommend("--for-items-file", again, "-n", 4).out()).isEqualTo(once.out());
        Path users = file("users.txt", "user-4\nuser-2\nuser-4\n");
        Run listed = recommend("--users", users, "-n", 3);
        assertThat(column(listed, 0)).containsExactly("user-4", "user-4", "user-4", "user-2", "user-2", "user-2");
        assertThat(listed.err()).contains("1 of 3 users are repeated; each is listed once");
        Run unknown = recommend("--for-items", "x,item-7,x", "--skip-unknown", "-n", 1);
        assertThat(unknown.err()).contains("1 of 2 items are unknown");
        Run chosen = recommend("--user", "user-2", "--only", "item-3,item-3,no", "--exclude", "no,no");
        assertThat(chosen.err()).contains("2 of 3 ids in --only and --exclude are unknown");
        assertThat(recommend("--history", "item-3,item-5,item-3", "-n", 5).out())
                .isEqualTo(recommend("--history", "item-5,item-3", "-n", 5).out());
    }

    @Test
    void itemsAreChosenByAllowingExcludingAndFiltering() throws Exception {
        List<String> all = column(recommend("--user", "user-5", "-n", 120), 1);
        List<String> filtered =
                column(recommend("--user", "user-5", "-n", 5, "--items", items, "--filter", "colour:blue"), 1);
        assertThat(filtered)
                .isEqualTo(all.stream()
                        .filter(id -> Integer.parseInt(id.substring(5)) % 3 == 1)
                        .limit(5)
                        .toList());
        String best = all.get(0);
        String third = all.get(2);
        assertThat(column(recommend("--user", "user-5", "-n", 2, "--exclude", best + "," + third), 1))
                .containsExactly(all.get(1), all.get(3));
        Path some = file("some.txt", all.get(8) + "\n" + third + "\n" + all.get(4) + "\n");
        Run few = recommend("--user", "user-5", "--only-file", some, "--exclude", third, "--exclude", "no such");
        assertThat(column(few, 1)).containsExactly(all.get(4), all.get(8));
        assertThat(few.err())
                .contains("1 of 5 ids in --only and --exclude are unknown", "'no such'")
                .contains(
                        "1 of 1 lists have fewer than 20 entries; the list of user-5 has 2: the catalogue has 120 items; "
                                + "3 are among those allowed; 2 are not excluded");
        assertThat(column(recommend("--user", "user-5", "--only", best, "--only", third), 1))
                .containsExactly(best, third);
        assertThat(column(recommend("--user", "user-5", "-n", 3, "--offset", 2), 1))
                .isEqualTo(all.subList(2, 5));
        assertThat(column(recommend("--user", "user-5", "-n", 3, "--offset", 2), 2))
                .containsExactly("3", "4", "5");
        assertThat(column(recommend("--user", "user-5", "-n", 9, "--diversity", 0.8), 1))
                .startsWith(best)
                .isNotEqualTo(all.subList(0, 9));
    }

    @Test
    void whatCannotChooseItemsIsRefused() {
        assertThat(refused("recommend", model, "--user", "user-5", "--filter", "colour:red"))
                .contains("no attributes of items are known", "--items FILE");
        assertThat(refused("recommend", model, "--user", "user-5", "--items", items, "--filter", "color:red"))
                .contains("Did you mean 'colour'?");
        assertThat(refused("recommend", model, "--user", "user-5", "--diversity", 2))
                .contains("0 to 1");
        assertThat(refused("recommend", model, "--user", "user-5", "--offset", -1))
                .contains("0 or more");
    }

    @Test
    void aFilterValueWithoutItemsGivesAnEmptyListWithAReason() {
        Run run = recommend("--all", "--items", items, "--filter", "colour:purple");
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("200 of 200 lists have fewer than 20 entries", "no item has the colour 'purple'");
        assertThat(recommend("--all", "--items", items, "--filter", "colour:purple", "--json")
                        .out())
                .isEqualToIgnoringNewLines("[]");
    }

    @Test
    void unknownUsersOfAFileAreLeftOutAndCounted() throws Exception {
        Path users = file("users.txt", "user-1\nnobody\nuser-2\nnobody else\n");
        assertThat(refused("recommend", model, "--users", users)).contains("unknown user 'nobody'");
        Run run = recommend("--users", users, "-n", 1, "--skip-unknown");
        assertThat(column(run, 0)).containsExactly("user-1", "user-2");
        assertThat(run.err()).contains("2 of 4 users are unknown to the model; left out");
        Path to = home.resolve("known.csv");
        Run json = recommend("--users", users, "-n", 1, "--skip-unknown", "-o", to, "--json");
        assertThat(JsonMapper.shared().readTree(json.out()).get("skipped").asInt())
                .isEqualTo(2);
        Run none = recommend("--user", "nobody", "--skip-unknown");
        assertThat(none.out()).isEmpty();
        assertThat(none.err()).contains("1 of 1 users");
    }

    @Test
    void historiesOfSeveralUsersAreReadFromAFile() throws Exception {
        Path people = file("people.csv", "user,item\n\"b,c\",item-3\nana,item-7\n\"b,c\",item-9\nana,item-11\n");
        Run run = recommend("--histories", people, "-n", 6);
        assertThat(column(run, 0)).hasSize(12).containsOnly("ana", "b,c");
        List<String> ana = run.out()
                .lines()
                .filter(line -> line.startsWith("ana\t"))
                .map(line -> line.replaceFirst("ana", "-"))
                .toList();
        assertThat(ana)
                .isEqualTo(recommend("--history", "item-7,item-11", "-n", 6)
                        .out()
                        .lines()
                        .toList());
        Path lines = file(
                "people.jsonl", "{\"user\":\"ana\",\"item\":\"item-7\"}\n{\"user\":\"ana\",\"item\":\"item-11\"}\n");
        assertThat(recommend("--histories", lines, "-n", 6).out().lines().map(line -> line.replaceFirst("ana", "-")))
                .isEqualTo(ana);
    }

    @Test
    void unknownItemsOfHistoriesAreRefusedOrLeftOut() throws Exception {
        Path people = file("strangers.csv", "user,item\nana,item-7\nana,what\nbob,what\n");
        assertThat(refused("recommend", model, "--histories", people))
                .contains("does not know 1 of 2 items, the first 'what'", "--skip-unknown");
        Run run = recommend("--histories", people, "-n", 3, "--skip-unknown");
        assertThat(column(run, 0)).containsExactly("ana", "ana", "ana");
        assertThat(run.err()).contains("1 items of", "1 of 2 users are unknown to the model; left out");
        assertThat(refused("recommend", model, "--history", "item-7,what")).contains("unknown item 'what'");
        assertThat(recommend("--history", "item-7,what", "--skip-unknown", "-n", 3)
                        .out())
                .isEqualTo(recommend("--history", "item-7", "-n", 3).out());
    }

    @Test
    void anItemIsShownToThoseWhoScoreItHighest() throws Exception {
        FactorModel factors = FactorModel.load(model);
        Run run = recommend("--for-items", "item-7,item-3", "-n", 5, "--items", items);
        assertThat(column(run, 0)).hasSize(10).containsOnly("item-7", "item-3");
        assertThat(column(run, 4)).contains("Thing no. 7");
        for (String line : run.out().lines().toList()) {
            String[] fields = line.split("\t");
            int user = factors.users().index(fields[1]);
            int item = factors.items().index(fields[0]);
            assertThat(factors.known().contains(user, item)).isFalse();
            assertThat(Float.parseFloat(fields[3])).isEqualTo(factors.scores(user)[item]);
        }
        Run json = recommend("--for-items", "item-7", "-n", 1, "--json");
        JsonNode first = JsonMapper.shared().readTree(json.out()).get(0);
        assertThat(first.get("item").asString()).isEqualTo("item-7");
        assertThat(first.get("user").asString()).isEqualTo(column(run, 1).get(0));
        Path to = home.resolve("audience.csv");
        recommend("--for-items", "item-7", "-n", 3, "-o", to);
        assertThat(Files.readAllLines(to)).hasSize(4).startsWith("item,user,rank,score");
        Path ids = file("ids.txt", "item-7\nwhat\n");
        assertThat(refused("recommend", model, "--for-items-file", ids)).contains("unknown item 'what'");
        Run some = recommend("--for-items-file", ids, "--skip-unknown", "-n", 500);
        assertThat(some.err()).contains("1 of 2 items are unknown", "have not taken it yet");
        assertThat(refused("recommend", home.resolve("popularity"), "--for-items", "item-7"))
                .contains("'popularity' has no ranking of users for an item; kinds that do: ");
        assertThat(refused("recommend", model, "--for-items", "item-7", "--only", "item-7"))
                .contains("lists users");
    }

    @Test
    void modelsWithoutVectorsChooseItemsToo() {
        Run run = run(
                "recommend",
                home.resolve("popularity"),
                "--all",
                "-n",
                3,
                "--items",
                items,
                "--filter",
                "colour:green");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(column(run, 1)).hasSize(600).allMatch(id -> Integer.parseInt(id.substring(5)) % 3 == 2);
        Run history = run("recommend", home.resolve("popularity"), "--history", "item-1", "-n", 3);
        assertThat(column(history, 1)).hasSize(3).doesNotContain("item-1");
    }

    @Test
    void neighboursHaveTitlesAndAreChosenToo() {
        Run all = run("similar", model, "--item", "item-7", "-n", 119);
        Run run = run("similar", model, "--item", "item-7", "-n", 4, "--items", items, "--filter", "colour:red");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(column(run, 1))
                .isEqualTo(column(all, 1).stream()
                        .filter(id -> Integer.parseInt(id.substring(5)) % 3 < 2)
                        .limit(4)
                        .toList());
        assertThat(column(run, 4)).allMatch(title -> title.startsWith("Thing no. "));
        Run few = run("similar", model, "--item", "item-7", "--only", "item-9,item-10");
        assertThat(column(few, 1)).containsExactlyInAnyOrder("item-9", "item-10");
        assertThat(few.err())
                .contains("the list of item-7 has 2: the catalogue has 120 items; 2 are among those allowed");
        assertThat(refused("similar", model, "--user", "user-1", "--exclude", "item-7"))
                .contains("--user lists users");
        assertThat(refused("similar", model, "--item", "itm-7")).contains("Did you mean");
    }

    @Test
    void whatExplainsAScoreAddsUpToIt() {
        for (List<Object> person : List.of(
                List.<Object>of("--user", "user-3"),
                List.<Object>of("--history", "item-1,item-2", "--item", "item-9"))) {
            List<Object> words = new ArrayList<>(List.of("explain", model, "item-7", "-n", 2, "--items", items));
            words.addAll(person);
            Run run = run(words.toArray());
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(column(run, 0)).containsExactly("item", "item", "others", "rest", "score");
            List<Double> values =
                    column(run, 2).stream().map(Double::parseDouble).toList();
            assertThat(values.subList(0, 4).stream().mapToDouble(v -> v).sum()).isCloseTo(values.get(4), within(1e-5));
            assertThat(Math.abs(values.get(0))).isGreaterThanOrEqualTo(Math.abs(values.get(1)));
            assertThat(column(run, 3))
                    .startsWith("Thing no. " + column(run, 1).get(0).substring(5));
        }
    }

    @Test
    void anExplanationIsThatOfTheServerAndOfThoseWhoAreKnown() throws Exception {
        Run run = run("explain", model, "item-7", "--user", "user-3", "--json");
        JsonNode json = JsonMapper.shared().readTree(run.out());
        assertThat(json.get("contributions")).hasSize(10);
        assertThat(json.get("source").asString()).isEqualTo("trained");
        assertThat(refused("explain", model, "item-7", "--user", "nobody")).contains("'nobody'");
        assertThat(refused("explain", model, "itm-7", "--user", "user-3"))
                .contains("ITEM: unknown item 'itm-7'. Did you mean 'item-7'?");
        assertThat(refused("explain", model, "item-7", "--user", "user-3", "--history", "item-1"))
                .contains("allowed: one of them; leave the others out");
        assertThat(refused("explain", model, "item-7", "--history", "item-1,itm-2"))
                .contains("unknown item 'itm-2'. Did you mean 'item-2'?");
        assertThat(refused("explain", model, "item-7")).contains("One of these is missing");
    }
}
