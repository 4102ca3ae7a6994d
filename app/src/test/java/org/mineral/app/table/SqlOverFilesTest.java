package org.mineral.app.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;
import org.mineral.data.rows.ReadOptions;

/** What a query sees of files, and what it cannot do. */
class SqlOverFilesTest {

    /** How DuckDB says that a file is none of those allowed, or that there is no such table. */
    private static final String HIDDEN = "ermission Error: Cannot access file";

    @TempDir
    Path home;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text);
    }

    private static Dataset read(String sql, Path... files) throws IOException {
        return read(sql, ReadOptions.DEFAULTS, files);
    }

    private static Dataset read(String sql, ReadOptions options, Path... files) throws IOException {
        return Datasets.read("--sql", SqlSource.ofFiles(sql, List.of(files), Set.of()), options);
    }

    private static List<String> pairs(Dataset data) {
        List<String> pairs = new ArrayList<>();
        for (int u = 0; u < data.users().size(); u++) {
            for (int item : data.train().row(u)) {
                pairs.add(data.users().id(u) + " " + data.items().id(item));
            }
        }
        return pairs;
    }

    private static void refused(String sql, List<Path> files, String... found) {
        assertThatThrownBy(() -> read(sql, files.toArray(new Path[0])))
                .isInstanceOf(InputException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(found).doesNotContain("\n", "Invalid result set"));
    }

    @Test
    void aFileOfTextsWithoutHeaderKeepsItsFirstRow() throws IOException {
        Path file = file("plain.csv", "a,x\nb,y\nc,z\n");
        assertThat(pairs(read("select column0 as \"user\", column1 as item from data", file)))
                .containsExactly("a x", "b y", "c z");
        assertThat(pairs(read(
                        "select * from data",
                        ReadOptions.DEFAULTS.with("user", "1").with("item", "2"),
                        file)))
                .containsExactly("a x", "b y", "c z");
    }

    @Test
    void aRowWithColumnsOfTheQueryIsAHeader() throws IOException {
        Path file = file("words.csv", "who,what\na,x\nb,y\n");
        assertThat(pairs(read("select Who as \"user\", what as item from data", file)))
                .containsExactly("a x", "b y");
        assertThat(pairs(Datasets.read(
                        "--sql",
                        SqlSource.ofFiles("select * from data", List.of(file), Set.of("who")),
                        ReadOptions.DEFAULTS.with("user", "who").with("item", "what"))))
                .containsExactly("a x", "b y");
        Path numbers = file("numbers.csv", "who,what,n\na,x,1\nb,y,2\n");
        assertThat(pairs(read(
                        "select * from data",
                        ReadOptions.DEFAULTS.with("user", "who").with("item", "what"),
                        numbers)))
                .containsExactly("a x", "b y");
    }

    @Test
    void textsAreDecodedAsEverywhere() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (String member : new String[] {"\ufeffuser;item\r\n\"a;1\";x\r\n", "b;\"say \"\"hi\"\"\"\r\n"}) {
            try (OutputStream out = new GZIPOutputStream(packed)) {
                out.write(member.getBytes(StandardCharsets.UTF_8));
            }
        }
        Path file = Files.write(home.resolve("two members"), packed.toByteArray());
        assertThat(pairs(read("from data", file))).containsExactly("a;1 x", "b say \"hi\"");
        assertThat(pairs(read("from '" + file + "'"))).containsExactly("a;1 x", "b say \"hi\"");
        assertThat(pairs(read("from data", file("lists.txt", "0 7 8\n1 7\n")))).containsExactly("0 7", "0 8", "1 7");
        assertThat(pairs(read("from data where rating::double > 2", file("rated.txt", "u 1:3 2:1\nv 2:5\n"))))
                .containsExactly("u 1", "v 2");
        assertThat(pairs(read("from data", file("x.inter", "user_id:token\titem_id:token\n007\t1e5\n"))))
                .containsExactly("007 1e5");
    }

    @Test
    void stringsOfJsonStayAsTheyAreAndNumbersAreNumbers() throws IOException {
        String first = "{\"user\": \"B8ACD569-0000-4000-8000-00000000ABCD\", \"item\": \"25-11-2025\", \"n\": 3}";
        String second = "{\"user\": \"TRUE\", \"item\": \"12:30:00\", \"n\": 1, \"late\": {\"a\": [1]}}";
        List<String> expected = List.of("B8ACD569-0000-4000-8000-00000000ABCD 25-11-2025", "TRUE 12:30:00");
        Path lines = file("x.jsonl", first + "\n\n" + second + "\n");
        assertThat(pairs(read("select * from data", lines))).isEqualTo(expected);
        Path array = file("x.json", "[" + first + ",\n  " + second + "]\n");
        assertThat(pairs(read("select * from data", array))).isEqualTo(expected);
        assertThat(pairs(Datasets.read(array))).as("without a query").isEqualTo(expected);
        assertThat(pairs(read("select \"user\", item from data where n > 1", array)))
                .containsExactly(expected.get(0));
        assertThat(pairs(read("select \"user\", item from '" + array + "' where late.a[1] = 1")))
                .containsExactly(expected.get(1));
    }

    @Test
    void listsOfJsonBecomeRows() throws IOException {
        Path file =
                file("baskets.json", "[{\"user\": 7, \"items\": [\"007\", \"1e5\"]}, {\"user\": 8, \"items\": []}]");
        assertThat(pairs(read("select \"user\", unnest(items) as item from data", file)))
                .containsExactly("7 007", "7 1e5");
    }

    @Test
    void numbersOfJsonAreExactOrRefused() throws IOException {
        String big = "{\"user\": 123456789012345678901234567890, \"item\": 18446744073709551615}";
        assertThat(pairs(read("from data", file("big.jsonl", big))))
                .containsExactly("123456789012345678901234567890 18446744073709551615");
        String mixed = "{\"user\": \"007\", \"item\": 1}\n{\"user\": 7, \"item\": 2}";
        assertThat(pairs(read("from data", file("mixed.jsonl", mixed)))).containsExactly("007 1", "7 2");
        refused(
                "from data",
                List.of(file("bad.jsonl", "{\"user\": \"007\", \"item\": 1}\n{\"user\": 1.50, \"item\": 2}")),
                "bad.jsonl",
                "strings and numbers with a fraction",
                "'user'");
        refused(
                "from data",
                List.of(file("fractions.jsonl", "{\"user\": 1.5, \"item\": 1}")),
                "ids of type DOUBLE in column 'user'");
        refused("from data", List.of(file("no.jsonl", "{\"user\": 1}\nnonsense\n")), "no.jsonl:2", "no JSON object");
    }

    /** Whole numbers of more than 64 bits, within lists and objects, keep their digits in the query that the refusal gives. */
    @Test
    void nestedNumbersOfJsonAreExactOrRefused() throws IOException {
        Path file = file(
                "nested.jsonl",
                "{\"user\": \"a\", \"s\": {\"id\": 123456789012345678901234567890, \"n\": 1.5, \"t\": \"\\\"1\"}, \"l\": [18446744073709551616, 1]}\n"
                        + "{\"user\": \"b\", \"s\": {\"id\": 7, \"n\": 2}, \"l\": []}\n");
        refused(
                "select \"user\", s.id as item from data",
                List.of(file),
                "ids of type JSON",
                "\"item\" ->> '$' as \"item\"");
        assertThat(pairs(read(
                        "select \"user\", \"item\" ->> '$' as item from (select \"user\", s.id as item from data)",
                        file)))
                .containsExactly("a 123456789012345678901234567890", "b 7");
        assertThat(pairs(read("select \"user\", unnest(l) ->> '$' as item from data", file)))
                .containsExactly("a 18446744073709551616", "a 1");
        assertThat(pairs(read("select \"user\", 1 as item from data where s.n::double > 1.7", file)))
                .containsExactly("b 1");
        Path small = file("small.jsonl", "{\"user\": \"a\", \"s\": {\"n\": 0.1234567890123456789}}\n");
        assertThat(pairs(read("select \"user\", round(s.n * 10)::int as item from data", small)))
                .containsExactly("a 1");
        Path torn = file(
                "torn.jsonl",
                "{\"user\": 1, \"item\": 2}\n{\"user\": 1, \"item\": 2, \"m\": [{\"k\": 1, \"k\": 2}]}\n");
        refused("from data", List.of(torn), "torn.jsonl:2: found 'k' twice in an object");
    }

    @Test
    void severalFilesAreOneTable() throws IOException {
        Path one = file("one.csv", "user,item\na,x\n");
        Path two = file("two.jsonl", "{\"item\": \"y\", \"user\": \"b\"}\n");
        assertThat(pairs(read("from data", one, two))).containsExactly("a x", "b y");
        assertThat(pairs(read("select a.\"user\", b.item from '%s' a, '%s' b".formatted(one, two))))
                .containsExactly("a y");
        refused("from data", List.of(one, file("three.csv", "user,sku\na,x\n")), "three.csv", "sku", "user, item");
        refused("from data", List.of(file("torn.csv", "user,item\na,x\nb\n")), "torn.csv:3", "1 field");
    }

    @Test
    void aFileNameWithPatternCharactersIsTakenLiterally() throws Exception {
        for (String name :
                List.of("b[1].parquet", "b*.parquet", "b?.parquet", "b1.parquet", "~b.parquet", "it's.parquet")) {
            try (ParquetTable table = new ParquetTable("\"user\" varchar, item varchar")) {
                table.add("of", name);
                table.write(home.resolve(name));
            }
        }
        file("b[1].csv", "user,item\nof,b[1].csv\n");
        file("b1.csv", "user,item\nof,b1.csv\n");
        Files.createDirectory(home.resolve("user=d[1]"));
        Files.copy(home.resolve("b1.parquet"), home.resolve("user=d[1]/train.parquet"));
        for (String name : List.of(
                "b[1].parquet", "b*.parquet", "b?.parquet", "b1.parquet", "~b.parquet", "it's.parquet", "b[1].csv")) {
            Path file = home.resolve(name);
            assertThat(pairs(Datasets.read(file))).containsExactly("of " + name);
            assertThat(pairs(read("from data", file))).containsExactly("of " + name);
            assertThat(pairs(read("from " + DuckDb.quoted(file)))).containsExactly("of " + name);
        }
        assertThat(pairs(Datasets.read(home.resolve("user=d[1]"))))
                .as("a path adds no column")
                .containsExactly("of b1.parquet");
        assertThat(pairs(Datasets.read(home.resolve("user=d[1]/*.parquet")))).containsExactly("of b1.parquet");
        assertThat(pairs(read("from '" + home + "/b[1-9].csv'"))).containsExactly("of b1.csv");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy (select 1) to 'HOME/out.csv'",
                "copy data to 'HOME/out.csv'",
                "select 1; copy (select 1) to 'HOME/out.csv'",
                "select 'a' as \"user\", 'b' as item; select 2",
                "attach 'HOME/out.csv' as other",
                "install httpfs",
                "load httpfs",
                "pragma database_list",
                "set enable_external_access = true",
                "reset lock_configuration",
                "export database 'HOME/out.csv'",
                "import database 'HOME'",
                "create table t as select 1",
                "create secret (type s3)",
                "insert into data values ('x', 'y')",
                "with new as (insert into data values ('x', 'y') returning *) select * from new",
                "drop view data",
                "call pragma_version()",
                "explain analyze select 1",
                "prepare p as select 1",
                "use memory",
                "checkpoint",
                "vacuum",
                ""
            })
    void anythingButOneQueryIsRefused(String sql) throws IOException {
        Path data = file("data.csv", "user,item\na,x\n");
        refused(sql.replace("HOME", home.toString()), List.of(data), "--sql: ", "allowed: one query");
        assertThat(home.resolve("out.csv")).doesNotExist();
        assertThat(data).hasContent("user,item\na,x\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from read_csv('HOME/secret.csv')",
                "select * from read_csv_auto('HOME/s*.csv')",
                "select * from read_text('HOME/secret.csv')",
                "select content as \"user\", filename as item from read_blob('HOME/secret.csv')",
                "select * from read_json('HOME/secret.csv')",
                "select * from read_parquet('HOME/secret.csv')",
                "select * from parquet_metadata('HOME/secret.csv')",
                "select * from sniff_csv('HOME/secret.csv')",
                "select file as \"user\", file as item from glob('HOME/*')",
                "select * from query('select * from read_csv(''HOME/secret.csv'')')",
                "select * from query_table('HOME/secret.csv')",
                "select * from (select * from read_csv('HOME/secret.csv')) where true",
                "select (select count(*) from read_csv('HOME/secret.csv')) as \"user\", 1 as item",
                "select * from data union all select * from read_csv('HOME/secret.csv')"
            })
    void filesThatAreNotNamedAsTablesAreNotRead(String sql) throws IOException {
        file("secret.csv", "user,item\nsecret,secret\n");
        refused(sql.replace("HOME", home.toString()), List.of(file("data.csv", "user,item\na,x\n")), "--sql: ", HIDDEN);
    }

    @Test
    void filesOfDataMayAlsoBeReadByFunctions() throws IOException {
        Path file = file("data.txt", "a|x\nb|y\n");
        Path csv = file("data.csv", "u,i\na,x\n");
        assertThat(pairs(read("select u as \"user\", i as item from read_csv('%s')".formatted(csv), csv)))
                .containsExactly("a x");
        assertThat(pairs(read(
                        "select column0 as \"user\", column1 as item from read_csv('%s', delim = '|', header = false)"
                                .formatted(file),
                        file)))
                .containsExactly("a x", "b y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select cast(item as int) as \"user\", item from data|Could not convert string 'x' to INT32",
                "select error('boom') as \"user\", item from data|boom",
                "select \"user\", item from data where strptime(item, '%Y') > now()|Could not parse string \"x\"",
                "select \"user\", item, from from data|syntax error at or near",
                "select \"user\", nothing from data|nothing",
                "select * from nowhere|nowhere",
                "select * from 'nowhere.csv'|nowhere.csv",
                "select * from 'https://localhost:1/x.parquet'|nothing is fetched over the network",
                "select item as a, item as b from data|no user among the columns 'a', 'b'"
            })
    void errorsNameTheValueAndTheCause(String sql, String found) throws IOException {
        refused(sql, List.of(file("data.csv", "user,item\na,x\n")), found);
    }
}
