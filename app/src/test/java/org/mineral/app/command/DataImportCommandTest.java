package org.mineral.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mineral.app.Main;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;

/** Data from Parquet, queries and files of many kinds. */
class DataImportCommandTest {

    @TempDir
    Path home;

    record Run(int code, String out, String err) {}

    static Run run(Object... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] texts = new String[args.length];
        for (int k = 0; k < args.length; k++) {
            texts[k] = args[k].toString();
        }
        int code = Main.run(
                texts,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text);
    }

    private Path parquet(String name, String query) throws SQLException {
        Path file = home.resolve(name);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("copy (" + query + ") to '" + file + "' (format parquet)");
        }
        return file;
    }

    /** What was written, a pair a line. */
    private List<String> imported(Object... args) throws IOException {
        List<Object> all = new ArrayList<>(List.of("data", "import", "-o", home.resolve("out")));
        all.addAll(List.of(args));
        Run run = run(all.toArray());
        assertThat(run.code()).as(run.err()).isZero();
        Path train = home.resolve("out/train.csv");
        List<String> lines = Files.readAllLines(train);
        return lines.subList(1, lines.size());
    }

    @Test
    void whatIsInTheWayIsRefusedBeforeAnythingIsRead() throws IOException {
        Path there = Files.createDirectory(home.resolve("there"));
        Path missing = home.resolve("missing.csv");
        for (Object[] words : new Object[][] {
            {"data", "import", missing, "-o", there},
            {"data", "split", missing, "-o", there},
            {"data", "convert", missing, "-o", there, "--format", "csv"}
        }) {
            Run run = run(words);
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).contains("found something there already").doesNotContain("missing.csv");
        }
    }

    @Test
    void columnsAreNamedToDescribeAsToImport() throws IOException {
        Path file = Files.writeString(home.resolve("shop.csv"), "who;what;when\n1;7;3\n2;7;4\n");
        assertThat(run("data", "describe", file).err()).contains("the header 'who', 'what', 'when'");
        Run named = run("data", "describe", file, "--user", "who", "--item", "what");
        assertThat(named.code()).as(named.err()).isZero();
        assertThat(named.out()).contains("users         2");
    }

    @Test
    void parquetIsReadWhereverDataAre() throws Exception {
        Path one = parquet(
                "one.parquet",
                "select 'a\tb\"c' as user_id, '007' as item_id, 4.5::float as rating,"
                        + " timestamp '2013-02-28 00:00:01' as ts union all select ' \u00fc', '7', 3, timestamp '2013-03-01'");
        Dataset data = Datasets.read(one);
        assertThat(data.users().ids()).containsExactly("a\tb\"c", " \u00fc");
        assertThat(data.items().ids()).containsExactly("007", "7");
        assertThat(data.events().ratings()).containsExactly(4.5, 3);
        assertThat(data.events().timestamps()).containsExactly(1362009601L, 1362096000L);
        Run described = run("data", "describe", one);
        assertThat(described.out()).contains("users         2").contains("2013-02-28T00:00:01Z");
        Files.createDirectory(home.resolve("parts"));
        Files.copy(one, home.resolve("parts/train.parquet"));
        Files.copy(
                parquet("two.parquet", "select 12 as \"user\", 34::bigint as item, 1 as rating, 5::bigint as time"),
                home.resolve("parts/test.parquet"));
        Dataset parts = Datasets.read(home.resolve("parts"));
        assertThat(parts.test().size()).isEqualTo(1);
        assertThat(parts.users().id(2)).isEqualTo("12");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timestamptz '2013-02-28 01:00:01+01'|1362009601",
                "date '2013-02-28'|1362009600",
                "1362009601::integer|1362009601",
                "1362009601.7::double|1362009601700",
                "varchar '2013-02-28T00:00:01Z'|1362009601",
                "timestamp_ms '2013-02-28 00:00:01.5'|1362009601500"
            })
    void timesOfAnyTypeBecomeTheSame(String expression, long expected) throws SQLException {
        Path file = parquet("times.parquet", "select 1 as \"user\", 2 as item, " + expression + " as time");
        assertThat(Datasets.read(file).events().timestamps()).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select 1.5 as x, 2 as item|no user among the columns",
                "select 1.5::double as \"user\", 2 as item|ids of type DOUBLE",
                "select [1] as \"user\", 2 as item|ids of type INTEGER[]",
                "select null::varchar as \"user\", 2 as item|:1: found no user",
                "select 1 as \"user\", 2 as item, 'x' as rating|the rating 'x'",
                "select 1 as \"user\", 2 as item, 'x' as rating where false|no interactions"
            })
    void parquetThatIsNoInteractionsIsRefused(String query, String found) throws SQLException {
        Run run = run("data", "describe", parquet("bad.parquet", query));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("bad.parquet", found);
    }

    @Test
    void damagedParquetIsRefused() throws Exception {
        byte[] good =
                Files.readAllBytes(parquet("good.parquet", "select range as \"user\", 2 as item from range(1000)"));
        Path cut = Files.write(home.resolve("cut.parquet"), java.util.Arrays.copyOf(good, good.length / 2));
        Run run = run("data", "describe", cut);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("cut.parquet")
                .contains("not readable Parquet")
                .doesNotContain("\tat ");
    }

    @Test
    void aSmallFileOfVeryManyRowsIsRefused() throws Exception {
        Run run =
                run("data", "describe", parquet("bomb.parquet", "select 1 as \"user\", 2 as item from range(3000000)"));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("found 3,000,000 rows in");
    }

    @Test
    void aQueryMayReadFilesByNameOrAsTheTableData() throws Exception {
        Path csv = file("events.csv", "who,sku,n\na,007,2\nb,8,1\na,9,5\n");
        assertThat(imported(
                        "--sql",
                        "select who as user, sku as item, n as rating from '" + csv
                                + "' where n::int > 1 order by sku"))
                .containsExactly("a,007,2", "a,9,5");
        Files.delete(home.resolve("out/train.csv"));
        Files.delete(home.resolve("out"));
        assertThat(imported(
                        csv, "--sql", "select who, sku from data where n::int > 1", "--user", "who", "--item", "sku"))
                .containsExactly("a,007", "a,9");
        Run wrong = run("data", "import", "-o", home.resolve("no"), "--sql", "select nonsense from nowhere");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("--sql: ").contains("nowhere");
        assertThat(home.resolve("no")).doesNotExist();
    }

    @Test
    void nothingIsFetchedFromAnywhere() {
        Run run = run(
                "data", "import", "-o", home.resolve("no"), "--sql", "select * from 'https://localhost:1/x.parquet'");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--sql: ").contains("nothing is fetched over the network");
    }

    @Test
    void manyFilesAreCleanedAndSplitAndEveryStepSaysWhatItLeftOut() throws Exception {
        Files.createDirectory(home.resolve("logs"));
        StringBuilder rows = new StringBuilder("customer;sku;action;when\n");
        for (int u = 0; u < 10; u++) {
            for (int i = 0; i < 6; i++) {
                rows.append(
                        "u%d;i%d;%s;%d\n".formatted(u, i, i % 2 == 0 ? "view" : "buy", 1_000_000_000L + u * 10 + i));
            }
        }
        file("logs/1.csv", rows + "u0;i0;view;1000000500\nlonely;i0;view;1000000001\nu1;i1;hover;1000000002\n");
        file("logs/2.csv", rows.substring(0, 25) + "u2;rare;buy;1000000003\nu3;i2;view;999999999\n");
        Run run = run(
                "data",
                "import",
                home.resolve("logs") + "/*.csv",
                "-o",
                home.resolve("out"),
                "--user",
                "customer",
                "--time",
                "when",
                "--event",
                "action",
                "--weights",
                "view=1,buy=5",
                "--duplicates",
                "sum",
                "--from",
                "1000000000",
                "--core",
                "3",
                "--split",
                "last:1:1");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("columns: 1.csv: user = 'customer', item = 'sku', time = 'when', event = 'action'")
                .contains("1 rows in train outside the time window left out")
                .contains("1 rows in train of events without a weight left out")
                .contains("1 duplicate pairs merged in train")
                .contains("1 users outside 3 or more interactions left out")
                .contains("1 items outside 3 or more interactions left out")
                .contains("2 interactions of users or items left out");
        assertThat(run.out()).contains("10 users, 6 items, 41 train, 10 valid, 9 test");
        assertThat(Files.readAllLines(home.resolve("out/test.csv")))
                .contains("u1,i5,5,1000000015")
                .noneMatch(row -> row.startsWith("u0,"));
        assertThat(run(
                                "train",
                                home.resolve("out"),
                                "-o",
                                home.resolve("model"),
                                "--set",
                                "epochs=1",
                                "--set",
                                "dimension=4")
                        .code())
                .isZero();
    }

    /** None is made either, as DuckDB's driver would do. */
    @Test
    void otherDatabasesAreRefusedWithoutTheirPasswords() {
        Path file = home.resolve("some.db");
        for (String url : List.of(
                "jdbc:duckdb:" + file,
                "jdbc:duckdb:",
                "jdbc:mysql://me:secret@host/shop?password=secret",
                "jdbc:sqlserver://host;password=secret",
                "jdbc:")) {
            Run run = run("data", "import", url, "-o", home.resolve("no"), "--sql", "select 1 as \"user\", 2 as item");
            assertThat(run.code()).as(url).isEqualTo(2);
            assertThat(run.err())
                    .contains("found ", "allowed: jdbc:postgresql://HOST/DATABASE", "to a file")
                    .doesNotContain("secret");
        }
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data.csv --split sideways|'sideways'",
                "data.csv --core 0x|'0x'",
                "data.csv --duplicates some|'some'",
                "data.csv --weights view|EVENT=NUMBER",
                "data.csv --format xml|'xml'",
                "data.csv --user nobody|no column 'nobody'",
                "nothing.csv|nothing there",
                "jdbc:postgresql://localhost/x|with a query",
                "|nothing to import"
            })
    void wrongOptionsAreRefused(String words, String found) throws IOException {
        file("data.csv", "user,item\na,x\n");
        List<Object> args = new ArrayList<>(List.of("data", "import", "-o", home.resolve("no")));
        for (String word : words == null ? new String[0] : words.split(" ")) {
            args.add(word.endsWith(".csv") ? home.resolve(word) : word);
        }
        Run run = run(args.toArray());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(found);
        assertThat(home.resolve("no")).doesNotExist();
    }
}
