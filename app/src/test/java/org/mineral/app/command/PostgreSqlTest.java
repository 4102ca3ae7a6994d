package org.mineral.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mineral.app.command.DataImportCommandTest.Run;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;

/** Against a real server, from Debian's package postgresql, which this test starts for itself. */
@Tag("slow")
class PostgreSqlTest {

    @TempDir
    Path home;

    private static Path cluster;
    private static Path programs;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        Path found = programs();
        assumeThat(found)
                .as("no PostgreSQL server here (Debian, Ubuntu: apt install postgresql)")
                .isNotNull();
        programs = found;
        cluster = Files.createTempDirectory("mineral-postgresql");
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        if (isRoot()) {
            // The server refuses to run as root; the package brings a user of its own.
            Files.setPosixFilePermissions(cluster, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        assumeThat(server(
                        "initdb",
                        "-D",
                        cluster + "/db",
                        "-U",
                        "mineral",
                        "-A",
                        "trust",
                        "-E",
                        "UTF8",
                        "--locale=C",
                        "-N"))
                .as("initdb does not run here")
                .isTrue();
        assumeThat(server(
                        "pg_ctl",
                        "-D",
                        cluster + "/db",
                        "-w",
                        "-l",
                        cluster + "/log",
                        "-o",
                        "-p " + port + " -k " + cluster + " -c listen_addresses=127.0.0.1 -c fsync=off",
                        "start"))
                .as("the server does not start here")
                .isTrue();
    }

    @AfterAll
    static void stop() throws Exception {
        if (cluster != null) {
            server("pg_ctl", "-D", cluster + "/db", "-m", "immediate", "-w", "stop");
            if (isRoot()) {
                // What the server's user owns.
                command("rm", "-rf", cluster.toString());
            }
            try (Stream<Path> left = Files.exists(cluster) ? Files.walk(cluster) : Stream.empty()) {
                left.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        }
    }

    private static Path programs() throws IOException {
        Path versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) {
            return null;
        }
        try (Stream<Path> found = Files.list(versions)) {
            return found.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder())
                    .orElse(null);
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static boolean server(String program, String... args) throws Exception {
        List<String> line = new ArrayList<>(isRoot() ? List.of("runuser", "-u", "postgres", "--") : List.of());
        line.add(programs.resolve(program).toString());
        line.addAll(List.of(args));
        return command(line.toArray(new String[0]));
    }

    private static boolean command(String... line) throws Exception {
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .directory(Path.of("/").toFile())
                .start();
        return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private static String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=mineral";
    }

    @Test
    void ordersBecomeDataAndIdsComeBackByteForByte() throws Exception {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table orders (customer text, sku bigint, stars numeric(3, 1), at timestamptz, day date)");
            statement.execute(
                    "insert into orders values (E'tab\\there \"q\" \u00fc', 7, 4.5, '2013-02-28 01:00:01+01', '2013-02-28'),"
                            + " ('b,c', 123456789012345, 1, '2013-03-01 00:00Z', '2013-03-01')");
            statement.execute(
                    "insert into orders select 'u' || n % 100, n % 300, 3, now(), now() from generate_series(1, 30000) n");
        }
        Run run = DataImportCommandTest.run(
                "data",
                "import",
                url(),
                "-o",
                home.resolve("out"),
                "--sql",
                "select customer, sku, stars, at from orders",
                "--user",
                "customer",
                "--time",
                "at");
        assertThat(run.code()).as(run.err()).isZero();
        Dataset data = Datasets.read(home.resolve("out"));
        assertThat(data.users().size()).isEqualTo(102);
        int user = data.users().index("tab\there \"q\" \u00fc");
        assertThat(data.events()
                        .ratings()[data.events().position(user, data.items().index("7"))])
                .isEqualTo(4.5f);
        assertThat(data.events()
                        .timestamps()[data.events().position(user, data.items().index("7"))])
                .as("in the unit of the others, which have fractions")
                .isEqualTo(1362009601000000L);
        int other = data.users().index("b,c");
        assertThat(data.train().contains(other, data.items().index("123456789012345")))
                .isTrue();
        Run days = DataImportCommandTest.run(
                "data",
                "import",
                url(),
                "-o",
                home.resolve("days"),
                "--sql",
                "select customer as user, sku as item, day as date from orders",
                "--until",
                "2013-03-01");
        assertThat(days.code()).as(days.err()).isZero();
        assertThat(days.out()).contains("1 users, 1 items, 1 train");
    }

    @Test
    void theDatabasesMessageIsPassedOnInOneLine() {
        Run wrong = DataImportCommandTest.run(
                "data", "import", url(), "-o", home.resolve("no"), "--sql", "select 1 from nowhere");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("nowhere").doesNotContain("user=mineral");
        for (String sql : List.of(
                "drop table orders",
                "copy (select 1) to '/tmp/mineral.out'",
                "select 1; commit; drop table orders",
                "/* select */ drop table orders",
                "with gone as (delete from pg_database returning datname) select datname as user, 1 as item from gone")) {
            Run written = DataImportCommandTest.run("data", "import", url(), "-o", home.resolve("no"), "--sql", sql);
            assertThat(written.code()).isEqualTo(2);
            assertThat(written.err()).containsAnyOf("allowed: one query", "read-only");
        }
        Run nobody = DataImportCommandTest.run(
                "data", "import", "jdbc:postgresql://127.0.0.1:1/x", "-o", home.resolve("no"), "--sql", "select 1");
        assertThat(nobody.code()).isEqualTo(2);
        assertThat(nobody.err()).contains("refused");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'caf\u00e9'::bytea|caf\u00e9",
                "array['007', '1e5']|007",
                "'\"007\"'::jsonb|007",
                "'\"007\"'::json|007",
                "7::double precision|7",
                "7.00::numeric(10, 2)|7",
                "date '2025-11-25'|2025-11-25",
                "timestamp '2025-11-25 12:30:00'|2025-11-25 12:30:00",
                "interval '1 day'|1 day"
            })
    void typesThatAreNoIdsAreRefusedWithAQueryThatWorks(String expression, String id) throws Exception {
        String from = " from (select " + expression + " as customer, 'x' as item) t";
        String[] start = {"data", "import", url(), "-o", home.resolve("out").toString(), "--user", "customer", "--sql"};
        Run refused = asked(start, "select *" + from);
        assertThat(refused.code()).isEqualTo(2);
        String advice = refused.err().replaceFirst("(?s).*in the query: ", "").strip();
        Run fixed = asked(start, advice + from);
        assertThat(fixed.code()).as(refused.err() + fixed.err()).isZero();
        assertThat(Datasets.read(home.resolve("out")).users().ids()).contains(id);
    }

    private static Run asked(String[] start, String sql) {
        List<Object> all = new ArrayList<>(List.of((Object[]) start));
        all.add(sql);
        return DataImportCommandTest.run(all.toArray());
    }
}
