package org.mineral.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.app.command.DataImportCommandTest.Run;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;
import org.mineral.data.text.EscapedText;

/** Ids with commas, spaces, tabs and line ends can be named on the command line and in files, and come back from lists. */
class OddIdsTest {

    private static final List<String> ITEMS = List.of(
            "a,b",
            " a ",
            "a",
            "tab\tin",
            "line\nend",
            "back\\slash",
            "@file",
            "-5",
            "\"q\"",
            "\"",
            "#7",
            "a\r\nb\tc",
            "\u00fc\u2028\ud83d\ude00");

    @TempDir
    static Path home;

    private static Path model;

    @BeforeAll
    static void train() throws IOException {
        StringBuilder data = new StringBuilder("user,item\n");
        for (int u = 0; u < ITEMS.size(); u++) {
            for (int k = 0; k < 4; k++) {
                String user = ITEMS.get(u).replace("\"", "\"\"");
                String item = ITEMS.get((u + k) % ITEMS.size()).replace("\"", "\"\"");
                data.append("\"u ").append(user).append("\",\"").append(item).append("\"\n");
            }
        }
        Path file = Files.writeString(home.resolve("data.csv"), data);
        model = home.resolve("model");
        good("train", file, "-o", model, "--set", "epochs=1", "--set", "dimension=4");
    }

    private static Run good(Object... args) {
        Run run = DataImportCommandTest.run(args);
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    private static String firstColumn(String lines) {
        return String.join(
                "\n", lines.lines().map(line -> line.split("\t")[0]).distinct().toList());
    }

    @Test
    void anItemOfAHistoryMayBeAnyText() throws IOException {
        for (String item : ITEMS) {
            Run named = good("recommend", model, "--item=" + item, "-n", 99);
            assertThat(named.out().lines())
                    .hasSize(ITEMS.size() - 1)
                    .noneMatch(line -> line.split("\t")[1].equals(EscapedText.escape(item)));
            Path file = Files.writeString(home.resolve("history.txt"), EscapedText.escape(item) + "\r\n");
            assertThat(good("recommend", model, "--history-file", file, "-n", 99)
                            .out())
                    .isEqualTo(named.out());
        }
        assertThat(good("recommend", model, "--item", "a,b", "--item", " a ").out())
                .isEqualTo(good("recommend", model, "--item", " a ", "--item", "a,b")
                        .out())
                .isNotEqualTo(
                        good("recommend", model, "--item", "a,b", "--item", "a").out());
        assertThat(good("recommend", model, "--item", "@file").out())
                .as("an id with an @, separated from its option")
                .isEqualTo(good("recommend", model, "--item=@file").out());
        assertThat(good("recommend", model, "--history", "a,b").out())
                .as("an id with a comma")
                .isEqualTo(good("recommend", model, "--item", "a,b").out());
        assertThat(good("recommend", model, "--history", "a, back\\slash").out())
                .as("spaces behind a comma")
                .isEqualTo(good("recommend", model, "--item", "a", "--item", "back\\slash")
                        .out());
        assertThat(good("recommend", model, "--history", " a ,a").out())
                .as("an id with spaces is one")
                .isEqualTo(
                        good("recommend", model, "--item", " a ", "--item", "a").out());
    }

    @Test
    void listsThatAreWrittenAreReadBack() throws IOException {
        String lists = good("recommend", model, "--all", "-n", 2).out();
        assertThat(lists.lines()).hasSize(2 * ITEMS.size());
        Path users = Files.writeString(home.resolve("users.txt"), firstColumn(lists));
        assertThat(good("recommend", model, "--users", users, "-n", 2).out()).isEqualTo(lists);
        for (String item : ITEMS) {
            String neighbours =
                    good("similar", model, "--item=" + item, "-n", 99).out();
            assertThat(firstColumn(neighbours)).isEqualTo(EscapedText.escape(item));
            assertThat(neighbours.lines()).hasSize(ITEMS.size() - 1);
            String why = good("explain", model, "--user", "u a", "--", item).out();
            assertThat(why.lines().reduce("", (some, last) -> last))
                    .startsWith("score\t" + EscapedText.escape(item) + "\t");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "tsv", "parquet"})
    void filesOfListsAreReadBack(String format) {
        Path file = home.resolve("lists." + format);
        good("recommend", model, "--all", "-n", 99, "-o", file);
        Dataset lists = Datasets.read(file);
        assertThat(lists.items().ids()).containsExactlyInAnyOrderElementsOf(ITEMS);
        assertThat(lists.users().ids())
                .containsExactlyInAnyOrderElementsOf(
                        ITEMS.stream().map(item -> "u " + item).toList());
        assertThat(lists.train().size()).isEqualTo(ITEMS.size() * (ITEMS.size() - 4));
    }

    @Test
    void aListMayBePackedMarkedAndHaveAHeader() throws IOException {
        String lists = good("recommend", model, "--user", "u a,b", "-n", 2).out()
                + good("recommend", model, "--user", "u a", "-n", 2).out();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (String member : new String[] {"\ufeffuser_id\r\n\"u a,b\"\r\n", "\r\nu a\r"}) {
            try (OutputStream out = new GZIPOutputStream(packed)) {
                out.write(member.getBytes(StandardCharsets.UTF_8));
            }
        }
        Path file = Files.write(home.resolve("users.gz"), packed.toByteArray());
        assertThat(good("recommend", model, "--users", file, "-n", 2).out()).isEqualTo(lists);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--item nothing", "--history a,nothing", "--history-file HOME/unknown.txt"})
    void anUnknownItemIsNamedWithItsOption(String words) throws IOException {
        Files.writeString(home.resolve("unknown.txt"), "a\nnothing\n");
        List<Object> args = new ArrayList<>(List.of("recommend", model));
        args.addAll(Arrays.asList(words.replace("HOME", home.toString()).split(" ")));
        Run run = DataImportCommandTest.run(args.toArray());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(words.split(" ")[0] + ": unknown item 'nothing'");
    }

    @Test
    void aFileWithoutItemsIsNoHistory() throws IOException {
        Path file = Files.writeString(home.resolve("blank.txt"), "\n \n");
        Run run = DataImportCommandTest.run("recommend", model, "--history-file", file);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("blank.txt has none");
    }
}
