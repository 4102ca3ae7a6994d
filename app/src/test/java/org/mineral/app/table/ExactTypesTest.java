package org.mineral.app.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Split;
import org.mineral.data.items.ItemTable;
import org.mineral.data.read.Datasets;
import org.mineral.data.rows.ReadOptions;

/** Columns of every type as ids and times: exact, or refused with a query that works. */
class ExactTypesTest {

    private static final Pattern ADVICE = Pattern.compile(" -o DIR --sql '(.*)'$");

    @TempDir
    Path home;

    private Path parquet(String select) throws Exception {
        Path file = home.resolve("typed.parquet");
        try (DuckDb duck = new DuckDb()) {
            duck.run("copy (select " + select + ") to '" + file + "' (format parquet)");
        }
        return file;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "12::tinyint|12",
                "18446744073709551615::ubigint|18446744073709551615",
                "-170141183460469231731687303715884105727::hugeint|-170141183460469231731687303715884105727",
                "12345678901234567890123456789012345678::decimal(38, 0)|12345678901234567890123456789012345678",
                "uuid 'B8ACD569-0000-4000-8000-00000000ABCD'|b8acd569-0000-4000-8000-00000000abcd",
                "'B8ACD569-0000-4000-8000-00000000ABCD'|B8ACD569-0000-4000-8000-00000000ABCD",
                "'x'::enum('x', 'y')|x",
                "true|true"
            })
    void idsOfTheseTypesAreExact(String expression, String id) throws Exception {
        Path file = parquet(expression + " as \"user\", 'i' as item");
        try (DuckDb duck = new DuckDb()) {
            // Parquet has no place for integers of more than 64 bits; a query has.
            Dataset queried = Datasets.read(
                    "--sql",
                    SqlSource.ofFiles("select " + expression + " as \"user\", 'i' as item", List.of(), Set.of()),
                    ReadOptions.DEFAULTS);
            assertThat(queried.users().ids()).containsExactly(id);
        }
        if (!expression.contains("hugeint")) {
            assertThat(Datasets.read(file).users().ids()).containsExactly(id);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "12::double|DOUBLE|12",
                "12::float|FLOAT|12",
                "12::decimal(10, 2)|DECIMAL(10,2)|12",
                "encode('caf\u00e9')|BLOB|caf\u00e9",
                "['007']|VARCHAR[]|007",
                "[7, 7]|INTEGER[]|7",
                "{'it''s': '007', 'b': 1}|STRUCT|007",
                "map {'007': 1}|MAP|007",
                "date '2025-11-25'|DATE|2025-11-25",
                "time '12:30:00'|TIME|12:30:00",
                "timestamp '2025-11-25 12:30:00'|TIMESTAMP|2025-11-25 12:30:00",
                "timestamptz '2025-11-25 12:30:00+01'|TIMESTAMP WITH TIME ZONE|2025-11-25 11:30:00+00",
                "interval 1 day|INTERVAL|1 day",
                "'\"007\"'::json|JSON|007"
            })
    void idsOfOtherTypesAreRefusedWithAQueryThatWorks(String expression, String type, String id) throws Exception {
        for (String name : List.of("user", "the \"id\"")) {
            Path file = parquet(expression + " as " + DuckDb.name(name) + ", " + expression + " as item, 5 as time");
            ReadOptions options = ReadOptions.DEFAULTS.with("user", name);
            Dataset fixed = followed(file, options, "found ids of type " + type);
            assertThat(fixed.users().ids()).containsExactly(id);
            assertThat(fixed.items().ids()).containsExactly(id);
            assertThat(fixed.events().timestamps()).containsOnly(5L);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'2013-02-28'::blob|BLOB|1362009600",
                "[1362009600]|INTEGER[]|1362009600",
                "{'t': 1362009600}|STRUCT|1362009600"
            })
    void timesOfOtherTypesAreRefusedWithAQueryThatWorks(String expression, String type, long time) throws Exception {
        Path file = parquet("1 as \"user\", 2 as item, " + expression + " as time");
        Dataset fixed = followed(file, ReadOptions.DEFAULTS, "found times of type " + type);
        assertThat(fixed.events().timestamps()).containsExactly(time);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"time '12:30:00'|TIME", "true|BOOLEAN", "uuid()|UUID", "interval 1 day|INTERVAL"})
    void theAdvisedQueryLeavesOutColumnsThatAreNotTimes(String expression, String type) throws Exception {
        Path file = parquet("1 as \"user\", 2 as item, " + expression + " as time");
        Dataset fixed = followed(file, ReadOptions.DEFAULTS, "found times of type " + type);
        assertThat(fixed.train().size()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "timestamptz '2013-02-28 01:00:01+01'|1362009601",
                "timestamp_ns '2013-02-28 00:00:01.123456789'|1362009601123456789",
                "timestamp '2013-02-28 00:00:01.25'|1362009601250",
                "timestamptz '2013-02-28 01:00:01.000001+01'|1362009601000001",
                "timestamp_ms '2013-02-28 00:00:01.25'|1362009601250",
                "1362009601.25::double|1362009601250",
                "1362009601.25::decimal(20, 3)|1362009601250",
                "date '2013-02-28'|1362009600",
                "timestamp_s '2013-02-28 00:00:01'|1362009601",
                "1362009601::decimal(20, 3)|1362009601",
                "1362009601::ubigint|1362009601",
                "'1362009601'::enum('1362009601')|1362009601"
            })
    void timesOfTheseTypesAreExact(String expression, long time) throws Exception {
        Path file = parquet("1 as \"user\", 2 as item, " + expression + " as time");
        assertThat(Datasets.read(file).events().timestamps()).containsExactly(time);
    }

    /** The later of two rows of one second stands first. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "timestamp '2020-01-01 00:00:00.5'|timestamp '2020-01-01 00:00:00.25'",
                "timestamp_ns '2020-01-01 00:00:00.000000002'|timestamp_ns '2020-01-01 00:00:00.000000001'",
                "timestamptz '2020-01-01 00:00:00.000002Z'|timestamptz '2020-01-01 00:00:00.000001Z'",
                "timestamp '1971-01-01 00:00:00.5'|timestamp '1971-01-01 00:00:00.25'",
                "timestamp '1960-01-01 00:00:00.5'|timestamp '1960-01-01 00:00:00'",
                "0.75::double|0.5::double",
                "0.002::decimal(9, 3)|0.001::decimal(9, 3)",
                "1577836800.5::double|1577836800.25::double"
            })
    void fractionsOfASecondOrderRows(String late, String early) throws Exception {
        String rows =
                "select 'u' as \"user\", 'late' as item, " + late + " as time union all select 'u', 'early', " + early;
        Path file = home.resolve("rows.parquet");
        try (DuckDb duck = new DuckDb()) {
            duck.run("copy (" + rows + ") to '" + file + "' (format parquet)");
        }
        for (Dataset data : List.of(
                Datasets.read(file),
                Datasets.read("--sql", SqlSource.ofFiles(rows, List.of(), Set.of()), ReadOptions.DEFAULTS))) {
            Dataset split = data.split(Split.lastN(0, 1));
            assertThat(split.items().id(split.test().row(0)[0])).isEqualTo("late");
            assertThat(split.report().count(Dataset.TEST_TIED)).isZero();
        }
    }

    /** A table's columns have names, so that its first row is never told to be a header; and what is not there is not quoted. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null::timestamp as time|found no timestamp; allowed: numbers since 1970",
                "null::double as rating|found no rating; allowed: finite numbers",
                "'NaN'::double as rating|found the rating 'NaN'; allowed: finite numbers",
                "'soon' as time|found the timestamp 'soon'; allowed: numbers since 1970"
            })
    void missingValuesAreReportedWithTheirRow(String expression, String found) throws Exception {
        Path file = parquet("1 as \"user\", 2 as item, " + expression);
        assertThatThrownBy(() -> Datasets.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("typed.parquet:1: " + found)
                .message()
                .doesNotContain("header");
    }

    @Test
    void aPackedTableIsRefusedWithWhatHelps() throws Exception {
        Path file = parquet("1 as \"user\", 2 as item");
        Path packed = home.resolve("typed.parquet.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(file, out);
        }
        assertThatThrownBy(() -> Datasets.read(packed))
                .hasMessageContaining("packed with gzip; allowed: ")
                .hasMessageContaining("gunzip");
        assertThatThrownBy(() -> ItemTable.read(packed)).hasMessageContaining("packed with gzip");
        assertThatThrownBy(() -> Datasets.read(
                        "--sql", SqlSource.ofFiles("from data", List.of(packed), Set.of()), ReadOptions.DEFAULTS))
                .hasMessageContaining("packed with gzip");
    }

    @Test
    void anInfiniteTimeIsRefused() throws Exception {
        for (String sign : List.of("", "-")) {
            Path file = parquet("1 as \"user\", 2 as item, timestamp '" + sign + "infinity' as time");
            assertThatThrownBy(() -> Datasets.read(file))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("typed.parquet:1: found an infinite time");
        }
    }

    /** Reads what is refused by the query that the refusal gives. */
    private static Dataset followed(Path file, ReadOptions options, String found) throws Exception {
        String[] message = {""};
        assertThatThrownBy(() -> Datasets.read(file, options))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(found)
                .satisfies(e -> message[0] = e.getMessage());
        Matcher advice = ADVICE.matcher(message[0]);
        assertThat(advice.find()).as(message[0]).isTrue();
        return Datasets.read(
                "--sql", SqlSource.ofFiles(advice.group(1).replace("'\\''", "'"), List.of(file), Set.of()), options);
    }
}
