package org.mineral.data.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mineral.config.InputException;
import org.mineral.data.Attributes;
import org.mineral.data.IdMap;

class FileAttributesTest {

    private static final AttributeOptions ALL = AttributeOptions.DEFAULTS.with("min_rows", 1);

    @TempDir
    private Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("items"), text);
    }

    private FileAttributes read(String text, AttributeOptions options) throws IOException {
        return FileAttributes.ofItems(file(text), IdMap.numbered(0), options);
    }

    private static float value(FileAttributes read, String id, String name) {
        Attributes attributes = read.attributes();
        assertThat(attributes.names().ids()).contains(name);
        return attributes.x().get(read.ids().index(id), attributes.names().index(name));
    }

    @Test
    void categoriesListsAndTextsBecomeAttributes() throws IOException {
        FileAttributes read = read("""
                item,title,genres,country
                a,The Red Red House,Drama|Comedy,fr
                b,The Blue Room,Comedy,fr
                c,House of Wax,,de
                """, ALL);
        assertThat(read.columns())
                .extracting(AttributeColumn::role)
                .containsExactly(AttributeRole.TEXT, AttributeRole.LIST, AttributeRole.CATEGORY);
        assertThat(read.columns()).extracting(AttributeColumn::rows).containsExactly(3, 2, 3);
        assertThat(read.columns()).extracting(AttributeColumn::attributes).containsExactly(7, 2, 2);
        assertThat(value(read, "a", "genres=Drama")).isEqualTo(1);
        assertThat(value(read, "b", "genres=Drama")).isZero();
        assertThat(value(read, "c", "country=de")).isEqualTo(1);
        // log2(1 + 2)
        assertThat(value(read, "a", "title=red")).isCloseTo(1.58496f, Offset.offset(1e-5f));
        assertThat(value(read, "b", "title=the")).isEqualTo(1);
    }

    private static FileAttributes.TableRow row(String id, @Nullable Object... cells) {
        return new FileAttributes.TableRow(id, cells);
    }

    /** Rows that are in no file become what a file of them becomes; an array is a vector. */
    @Test
    void rowsFromElsewhereAreUnderstoodAsThoseOfAFile() throws IOException {
        List<FileAttributes.TableRow> rows = List.of(
                row("a", List.of("Drama", "Comedy"), "fr", new float[] {3, 0}),
                row("b", List.of("Comedy"), "fr", new float[] {0, 4}),
                row("c", null, "de", null));
        FileAttributes found =
                FileAttributes.ofTable("films", List.of("genres", "country", "seen"), rows, ALL.with("min_rows", 2));
        FileAttributes file = read("""
                item,genres,country
                a,Drama|Comedy,fr
                b,Comedy,fr
                c,,de
                """, ALL.with("min_rows", 2));
        assertThat(found.ids().ids()).containsExactly("a", "b", "c");
        assertThat(found.columns()).startsWith(file.columns().toArray(AttributeColumn[]::new));
        assertThat(found.columns().get(2).role()).isEqualTo(AttributeRole.VECTOR);
        for (String name : file.attributes().names().ids()) {
            for (String id : List.of("a", "b", "c")) {
                assertThat(value(found, id, name)).as(name).isEqualTo(value(file, id, name));
            }
        }
        // The mean square length is (9 + 16) / 2.
        assertThat(value(found, "b", "seen=1")).isCloseTo((float) (4 / Math.sqrt(12.5)), Offset.offset(1e-6f));
    }

    @Test
    void whatIsWrongInRowsFromElsewhereIsRefusedWithItsId() {
        assertThatThrownBy(
                        () -> FileAttributes.ofTable("films", List.of("g"), List.of(row("a", "x"), row("a", "y")), ALL))
                .isInstanceOf(InputException.class)
                .hasMessage("films, the row of 'a': found 'a' again; allowed: each id once; merge its rows");
        List<FileAttributes.TableRow> lengths = List.of(row("a", new float[] {1, 2}), row("b", new float[] {1}));
        assertThatThrownBy(() -> FileAttributes.ofTable("films", List.of("v"), lengths, ALL))
                .hasMessageContaining("the row of 'b': found a vector of 1 numbers in v");
        assertThatThrownBy(() -> FileAttributes.ofTable(
                        "films", List.of("v"), List.of(row("a", new float[] {1, Float.NaN})), ALL))
                .hasMessageContaining("'NaN' in 'v'");
    }

    @Test
    void rareValuesArePooledAndRareWordsLeftOut() throws IOException {
        FileAttributes read = read("""
                {"item": "a", "tags": ["x", "p", "q"], "text": "one two"}
                {"item": "b", "tags": ["x"], "text": "one three"}
                {"item": "c", "tags": ["r"], "text": "one four"}
                """, AttributeOptions.DEFAULTS);
        assertThat(read.attributes().names().ids()).containsExactlyInAnyOrder("tags=x", "tags=(rare)", "text=one");
        assertThat(value(read, "a", "tags=(rare)")).isEqualTo(1);
        assertThat(value(read, "b", "tags=(rare)")).isZero();
        assertThat(read.columns()).extracting(AttributeColumn::rare).containsExactly(3, 3);
    }

    /** Quartiles of 1 to 100 begin at 26, 51 and 76. */
    @Test
    void numbersFallIntoBinsOfEquallyManyRows() throws IOException {
        String rows = IntStream.rangeClosed(1, 100)
                .mapToObj(k -> "i" + k + "," + k + ".5\n")
                .collect(Collectors.joining());
        FileAttributes read = read("item,price\n" + rows, ALL.with("bins", 4));
        assertThat(read.columns().get(0).role()).isEqualTo(AttributeRole.NUMBER);
        assertThat(read.attributes().names().ids())
                .containsExactly("price<26.5", "price=26.5..51.5", "price=51.5..76.5", "price>=76.5");
        assertThat(value(read, "i25", "price<26.5")).isEqualTo(1);
        assertThat(value(read, "i26", "price<26.5")).isZero();
        assertThat(value(read, "i26", "price=26.5..51.5")).isEqualTo(1);
        assertThat(value(read, "i100", "price>=76.5")).isEqualTo(1);
        assertThat(read.attributes().x().entries().itemCounts()).containsExactly(25, 25, 25, 25);
    }

    /** Mean 4, standard deviation sqrt(8/3) = 1.63299. */
    @Test
    void numbersAreStandardisedIfToldSo() throws IOException {
        FileAttributes read = read("item,x\na,2.0\nb,4.0\nc,6.0\n", ALL.with("columns", "x=scaled"));
        assertThat(value(read, "a", "x")).isCloseTo(-1.224745f, Offset.offset(1e-5f));
        assertThat(value(read, "c", "x")).isCloseTo(1.224745f, Offset.offset(1e-5f));
    }

    /** Squared lengths 25 and 1, on average 13. */
    @Test
    void vectorsHaveLengthOneOnAverage() throws IOException {
        FileAttributes read = read("""
                {"item": "a", "embedding": [3.0, 4.0]}
                {"item": "b", "embedding": [0.6, 0.8]}
                """, ALL);
        assertThat(read.columns().get(0).role()).isEqualTo(AttributeRole.VECTOR);
        assertThat(value(read, "a", "embedding=0")).isCloseTo((float) (3 / Math.sqrt(13)), Offset.offset(1e-6f));
        assertThat(value(read, "b", "embedding=1")).isCloseTo((float) (0.8 / Math.sqrt(13)), Offset.offset(1e-6f));
    }

    @Test
    void linesOfWordsWithCountsAreABag() throws IOException {
        FileAttributes read = read("7 1:1 5:3\n8 5:1\n", ALL);
        assertThat(read.ids().ids()).containsExactly("7", "8");
        assertThat(value(read, "7", "words=5")).isEqualTo(2);
        assertThat(value(read, "8", "words=5")).isEqualTo(1);
        assertThat(value(read, "8", "words=1")).isZero();
    }

    @Test
    void idsAndWordsOfSuchLinesMayBeAnyTexts() throws IOException {
        FileAttributes read = read("alien space:3 ship:1\nbrazil office:2 space:1.5\n", ALL);
        assertThat(read.columns()).extracting(AttributeColumn::role).containsExactly(AttributeRole.BAG);
        assertThat(value(read, "alien", "words=space")).isEqualTo(2);
        assertThat(value(read, "brazil", "words=ship")).isZero();
    }

    @Test
    void whatIsNoSideFileIsRefusedAsOne() {
        assertThatThrownBy(() -> read("alien is a film\n", ALL))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("items:1: found 'alien is a film'")
                .hasMessageContaining("'item word:count word:count'")
                .message()
                .doesNotContain("rating");
    }

    @Test
    void namesAndIdsAreLeftOut() throws IOException {
        String rows = IntStream.range(0, 30)
                .mapToObj(k -> String.format(Locale.ROOT, "%d,%d,url%d,%d%n", k, 1000 + k, k, 1990 + k % 5))
                .collect(Collectors.joining());
        FileAttributes read = read("item,number,url,year\n" + rows, ALL);
        assertThat(read.columns())
                .extracting(AttributeColumn::role)
                .containsExactly(AttributeRole.NONE, AttributeRole.NONE, AttributeRole.CATEGORY);
    }

    @Test
    void usersHaveAttributesToo() throws IOException {
        FileAttributes read = FileAttributes.ofUsers(file("user_id,country\nu1,fr\nu2,de\n"), IdMap.numbered(0), ALL);
        assertThat(read.ids().ids()).containsExactly("u1", "u2");
        assertThat(read.of(IdMap.of(java.util.List.of("u2", "u9"))).x().get(0, 1))
                .isEqualTo(1);
        assertThat(read.of(IdMap.of(java.util.List.of("u2", "u9"))).has(1)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "item,genre\\na,x\\nb,y,z\\n ! :3: found 3 fields",
                "item,genre\\na,x\\nb,y\\na,x\\n ! :4: found 'a' again, as in line 2",
                "item,x\\na,1.5\\nb,2.5\\nc,NaN\\n ! :4: found 'NaN' in 'x'",
                "item,x\\na,1.5\\nb,2.5\\nc,oops\\n ! :4: found 'oops' in 'x'",
                "item,x\\na,1.5\\nb,1e999\\n ! :3: found '1e999' in 'x'",
                "item,genre\\n ,x\\n ! :2: found a blank item",
                "item,genre\\na,\\u0000\\n ! NUL",
            })
    void hostileFilesAreRefusedWithTheirLine(String text, String message) {
        String given = text.replace("\\n", "\n").replace("\\u0000", "\0");
        AttributeOptions options =
                given.contains(",x\n") && given.contains("1.5") ? ALL.with("columns", "x=number") : ALL;
        assertThatThrownBy(() -> read(given, options))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("items")
                .hasMessageContaining(message);
    }

    /** Of every format: the same fault has the same message, with the line. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "item\\tx\\na\\t1\\na\\t2\\n ! :3: found 'a' again, as in line 2",
                "{\"item\": \"a\", \"x\": 1}\\n\\n{\"item\": \"a\", \"x\": 2}\\n ! :3: found 'a' again, as in line 1",
                "a 1:1 5:3\\nb 5:1\\na 1:1\\n ! :3: found 'a' again, as in line 1",
                "item\\tx\\na\\t1\\nb\\t1\\t2\\n ! :3: found 3 fields",
                "item\\tx\\na\\t1.5\\nb\\tNaN\\n ! :3: found 'NaN' in 'x'",
                "{\"item\": \"a\", \"x\": 1.5}\\n{\"item\": \"b\", \"x\": \"NaN\"}\\n ! :2: found 'NaN' in 'x'",
                "{\"item\": \"a\", \"x\": 1.5}\\n{\"item\": \"b\", \"x\": NaN}\\n ! :2: found",
                "{\"item\": \"a\", \"x\": 1.5}\\n{\"item\": \"b\", \"x\": [1, 2]}\\n ! :2: found '1|2' in 'x'",
                "{\"item\": \"a\", \"x\": 1.5}\\n{\"item\": [\"b\"], \"x\": 1}\\n ! :2: found no item",
                "{\"item\": \"a\", \"x\": 1.5}\\n{\"x\": 1}\\n ! :2: found no item",
                "{\"item\": \"a\", \"x\": 1.5}\\n{\"item\": \"b\", \"x\": 1\\n ! :2: found",
                "a 1:1 5:3\\nb 5:NaN\\n ! :2: found '5:NaN' in 'words'",
            })
    void everyFormatRefusesWithTheLine(String text, String message) {
        AttributeOptions options = text.startsWith("a ") ? ALL : ALL.with("columns", "x=number");
        assertThatThrownBy(() -> read(text.replace("\\n", "\n").replace("\\t", "\t"), options))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("items" + message);
    }

    @Test
    void valuesNestedWithoutEndAreRefused() {
        String bomb = "{\"item\": \"a\", \"x\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}\n";
        assertThatThrownBy(() -> read("{\"item\": \"z\", \"x\": 1}\n" + bomb, ALL))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("items:2: found");
    }

    @Test
    void badVectorsAndCountsAreRefused() {
        assertThatThrownBy(() -> read("item,v\na,0.5|1.5\nb,0.5\n", ALL.with("columns", "v=vector")))
                .hasMessageContaining(":3: found a vector of 1 numbers in v; allowed: 2");
        assertThatThrownBy(() -> read("item,v\na,0.5|NaN\n", ALL.with("columns", "v=vector")))
                .hasMessageContaining(":2: found 'NaN' in 'v'");
        assertThatThrownBy(() -> read("7 1:1 5:3\n8 5:-1\n", ALL)).hasMessageContaining(":2: found '5:-1' in 'words'");
    }

    @Test
    void aMillionColumnsAreRefused() {
        assertThatThrownBy(() -> read("item," + ",".repeat(1_000_000) + "\n" + ",".repeat(1_000_000) + "\n", ALL))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("items:1: found");
        String header = IntStream.range(0, 12_000).mapToObj(k -> "c" + k).collect(Collectors.joining(","));
        assertThatThrownBy(() -> read("item," + header + "\n" + ",".repeat(12_000) + "\n", ALL))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(":1: found 12,001 columns; allowed: at most 10,000");
    }

    @Test
    void archivesThatUnpackToTooMuchAreRefused() throws IOException {
        Path bomb = directory.resolve("bomb.csv.gz");
        byte[] rows = "a,x\n".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
            out.write("item,genre\n".getBytes(StandardCharsets.UTF_8));
            for (int k = 0; k < 400; k++) {
                out.write(rows);
            }
        }
        assertThatThrownBy(() -> FileAttributes.ofItems(bomb, IdMap.numbered(0), ALL))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("bomb.csv.gz");
    }

    @Test
    void binaryFilesAndUnknownColumnsAreRefused() throws IOException {
        Path binary =
                Files.write(directory.resolve("binary"), new byte[] {1, 2, (byte) 0xff, (byte) 0xfe, 0, 3, ',', 4});
        assertThatThrownBy(() -> FileAttributes.ofItems(binary, IdMap.numbered(0), ALL))
                .isInstanceOf(InputException.class);
        AttributeOptions unknown = ALL.with("columns", "gender=list");
        FileAttributes read = read("item,genre\na,x\n", unknown);
        assertThatThrownBy(() -> FileAttributes.checkColumns(unknown, List.of(read)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("genre");
        assertThatThrownBy(() -> ALL.with("columns", "genre=things"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("role");
    }
}
