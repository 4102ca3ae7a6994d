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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.app.Main;
import org.mineral.data.text.EscapedText;

/** Models and lists for other tools, and back. */
class ExportCommandTest {

    @TempDir
    static Path home;

    private static Path model;

    private record Run(int code, String out, String err) {}

    private static Run run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Run good(String... args) {
        Run run = run(args);
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    @BeforeAll
    static void train() throws IOException {
        Path data = Files.writeString(
                home.resolve("data.csv"),
                "user,item\n\"an,na\",tea\n\"an,na\",007\nb\u00f6b,7\nb\u00f6b,tea\n\"c \"\"q\"\"\n\",\"t\ta\"\n\uD83C\uDF75,007\n");
        model = home.resolve("model");
        good("train", data.toString(), "-o", model.toString(), "--set", "epochs=2", "--set", "dimension=4");
    }

    private static String lists(Path model) {
        return good("recommend", model.toString(), "--all", "-n", "3").out();
    }

    @ParameterizedTest
    @ValueSource(strings = {"npy", "safetensors", "parquet", "csv"})
    void aModelRebuiltFromAnExportRecommendsTheSame(String format) {
        Path export = home.resolve("export-" + format);
        Path back = home.resolve("back-" + format);
        good("export", model.toString(), "--format", format, "-o", export.toString());
        good("import", export.toString(), "-o", back.toString());
        assertThat(lists(back)).isEqualTo(lists(model));
        assertThat(good("recommend", back.toString(), "--history", "tea").out())
                .isEqualTo(
                        good("recommend", model.toString(), "--history", "tea").out());
        Run again = run("export", model.toString(), "--format", format, "-o", export.toString());
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("something there already");
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "csv", "tsv"})
    void listsOfAllUsersAreReadByDuckDb(String format) throws SQLException, IOException {
        Path file = home.resolve("lists." + format);
        Run run = good("recommend", model.toString(), "--all", "-n", "3", "-o", file.toString());
        String from = format.equals("parquet")
                ? "read_parquet('" + file + "')"
                : "read_csv('" + file + "', header = true, all_varchar = true, quote = '\"', delim = '"
                        + (format.equals("tsv") ? "\t" : ",") + "')";
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select \"user\", item, rank, score from " + from)) {
            while (found.next()) {
                rows.add(EscapedText.escape(found.getString(1)) + "\t" + EscapedText.escape(found.getString(2)) + "\t"
                        + found.getString(3) + "\t"
                        + Float.parseFloat(found.getString(4)));
            }
        }
        assertThat(String.join("\n", rows) + "\n").isEqualTo(lists(model));
        assertThat(run.out()).contains(rows.size() + " recommendations");
        try (Stream<Path> left = Files.list(home)) {
            assertThat(left.map(p -> p.getFileName().toString())).noneMatch(name -> name.startsWith("."));
        }
    }

    @Test
    void parquetOfFactorsHasTheColumnsThatAreDocumented() throws SQLException {
        Path export = home.resolve("columns");
        good("export", model.toString(), "--format", "parquet", "-o", export.toString());
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*), min(len(factors)), max(len(factors)), count(distinct id)"
                                + " from read_parquet('" + export + "/users.parquet')")) {
            row.next();
            assertThat(List.of(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4)))
                    .containsExactly(4, 4, 4, 4);
        }
    }

    @Test
    void whatCannotBeDoneIsRefusedBeforeTheWork() {
        assertThat(run(
                                "recommend",
                                model.toString(),
                                "--all",
                                "-o",
                                home.resolve("lists.xlsx").toString())
                        .err())
                .contains("'xlsx'", "csv, tsv, parquet");
        assertThat(run(
                                "export",
                                model.toString(),
                                "--format",
                                "onnx",
                                "-o",
                                home.resolve("x").toString())
                        .err())
                .contains("'onnx'", "npy, safetensors, csv, parquet");
        Run noExport = run("import", model.toString(), "-o", home.resolve("y").toString());
        assertThat(noExport.code()).isEqualTo(2);
        assertThat(noExport.err()).contains("holds no export.json");
        Path popular = home.resolve("popular");
        good("train", home.resolve("data.csv").toString(), "-o", popular.toString(), "--model", "popularity");
        assertThat(run(
                                "export",
                                popular.toString(),
                                "--format",
                                "npy",
                                "-o",
                                home.resolve("z").toString())
                        .err())
                .contains("'popularity' has no vectors");
    }
}
