package org.mineral.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mineral.data.read.Files4Tests.content;
import static org.mineral.data.read.Files4Tests.write;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.rows.BadRow;
import org.mineral.data.rows.ReadOptions;

/** Lines that are no interactions, values that are not what they look like, and rows that are left out when asked for. */
class HeaderRowsTest {

    private static final ReadOptions SKIP = ReadOptions.DEFAULTS.with("skip_bad", true);

    @TempDir
    Path directory;

    private Dataset read(String text) {
        return Datasets.read(write(directory, "data.csv", text));
    }

    private void refused(String text, String... parts) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InputException.class)
                .message()
                .contains(parts);
    }

    private void noted(Dataset data, String note) {
        assertThat(data.report().lines()).anySatisfy(line -> assertThat(line).contains(note));
    }

    /** The second content of each takes the general reader, for its quotes. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "\"a\""})
    void aHeaderAmongTheRowsIsLeftOutAndCounted(String a) {
        Dataset data = read("user,item\n" + a + ",x\nuser,item\nb,y\nuser,item\n");
        assertThat(content(data)).containsExactly("train/a/x", "train/b/y");
        noted(
                data,
                "2 header lines repeated among the rows of train, left out (first 'user,item' in line 3 of data.csv)");
        assertThat(content(read(a + ",x\nuser_id,item_id\nb,y\n"))).containsExactly("train/a/x", "train/b/y");
        assertThat(content(read("user\titem\n" + a + "\tx\nuser\titem\n"))).containsExactly("train/a/x");
        refused("user,item\n" + a + ",x\nitem,user\ny,b\n", ":3:", "a second header");
    }

    @Test
    void aUserWhoIsCalledLikeAColumnIsAUser() {
        assertThat(content(read("user,item\na,x\nuser,y\nb,item\ncustomer,book\n")))
                .containsExactly("train/a/x", "train/b/item", "train/customer/book", "train/user/y");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# made by hand, on a Monday\nuser,item\na,x\nb,y\n",
                "% bip unweighted\n% 2 2\na\tx\nb\ty\n",
                "#comment\n\n  \nuser,item\n\"a\",x\nb,y\n",
                "# user,item\na,x\nb,y\n",
                "#user,item\r\na,x\r\nb,y\r\n",
                "# one\n#\n## two\nuser;item\na;x\n# later; but here\nb;y\n",
                "# one\nuser,item\na,x\n# one\nuser,item\nb,y\n",
                "# one\nuser,item\n\"a\",x\n# one\nuser,item\nb,y\n#no row at all\n",
                "sep=;\nuser;item\na;x\nb;y\n",
                "\uFEFF\"sep=|\"\r\nuser|item\r\na|x\r\nb|y\r\n",
                "sep=,\na,x\nb,y\n",
                "# one\n{\"user\": \"a\", \"item\": \"x\"}\n{\"user\": \"b\", \"item\": \"y\"}\n",
            })
    void commentsAndExcelsFirstLineAreNoInteractions(String text) {
        assertThat(content(read(text))).containsExactly("train/a/x", "train/b/y");
    }

    @Test
    void commentsAboveListsAreNoInteractions() {
        assertThat(content(read("% bip unweighted\n1 2\n3 4\n"))).containsExactly("train/1/2", "train/3/4");
        refused("% two\n% lines\n1 2\nx 4\n", ":4:", "'x'");
        refused("# one\nuser,item\na,x\nb\n", ":4:", "1 field;");
        refused("# one\n\"user\",item\na,x\nb\n", ":4:", "1 field;");
    }

    @Test
    void idsThatBeginWithAMarkAreIds() {
        assertThat(content(read("#1,x\n#2,y\n"))).containsExactly("train/#1/x", "train/#2/y");
        assertThat(content(read("#1,x\nb,y\n"))).containsExactly("train/#1/x", "train/b/y");
        assertThat(content(read("user,item\n# 1,x\n%,y\n"))).containsExactly("train/# 1/x", "train/%/y");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"5d", "3f", "5D", "0x1p3", "1e", "e5", ".", "-", "1 2", "1,2,3", "NaN", "Infinity", "1e999", "٣"
            })
    void whatOnlyJavaTakesForANumberIsNoRating(String rating) {
        refused("user;item;rating\na;x;" + rating + "\n", ":2:", "the rating '" + rating + "'");
        refused("user;item;rating\n\"a\";x;" + rating + "\n", ":2:", "the rating '" + rating + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "5,5.0",
        "4.5,4.5",
        "-1,-1.0",
        "+2,2.0",
        "1e2,100.0",
        ".5,0.5",
        "3.,3.0",
        "' 4 ',4.0",
        "'3,5',3.5",
        "16777217,1.6777217E7",
        "0.1,0.1",
        "9007199254740991,9.007199254740991E15",
        "16777217,1.6777217E7",
        "0.1,0.1",
        "9007199254740991,9.007199254740991E15",
        "1234567.25,1234567.25",
        "-0.25,-0.25"
    })
    void numbersAreRatings(String rating, String value) {
        assertThat(content(read("user;item;rating\na;x;" + rating + "\n"))).containsExactly("train/a/x/" + value);
        assertThat(content(read("user;item;rating\n\"a\";x;" + rating + "\n"))).containsExactly("train/a/x/" + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\"a\""})
    void oddValuesAreReadAndNoted(String a) {
        Dataset data = read("user;item;rating\n" + a + ";x;1\nNULL;y;-2\nb;\\N;3,5\nNone;nan;-4,5\n");
        noted(
                data,
                "4 ids in train that look like a missing value, kept as they are (first 'NULL' in line 3 of data.csv)");
        noted(data, "2 rows in train with a negative rating, kept as interactions (first '-2' in line 3");
        noted(data, "2 ratings in train with a decimal comma, read as such (first '3,5' in line 4");
    }

    @Test
    void idsThatAreNumbersWithAFractionAreKeptAndNoted() {
        Dataset data = read("user,item\n12,1e5\n12.0,7\n");
        assertThat(content(data)).containsExactly("train/12.0/7", "train/12/1e5");
        noted(data, "1 user ids that are numbers with a fraction or an exponent");
        noted(data, "1 item ids that are numbers with a fraction or an exponent");
        assertThat(read("user,item\n12.5,1e5\nabc,7\n").report().lines()).noneMatch(line -> line.contains("user ids"));
    }

    @Test
    void badRowsAreLeftOutCountedAndListedWhenAsked() {
        Path file = write(
                directory,
                "bad.csv",
                "user,item,rating\na,x,1\nb\n,y,2\nc,z,good\nd,w,4,5\ne,v,5\nf,u\0,1\n"
                        .getBytes(StandardCharsets.UTF_8));
        Dataset data = Datasets.read(file, SKIP);
        assertThat(content(data)).containsExactly("train/a/x/1.0", "train/e/v/5.0");
        assertThat(data.report().count("rows in train that cannot be understood, left out"))
                .isEqualTo(5);
        assertThat(data.report().skipped()).hasSize(5).allMatch(row -> row.contains("bad.csv:"));
        noted(data, "left out: " + file + ":3: found 1 field;");
        assertThatThrownBy(() -> read("user,item\na,x\nb\n")).isInstanceOf(BadRow.class);
    }

    @Test
    void bytesThatAreNoTextAreLeftOutWithTheirRow() {
        byte[] bytes = "user,item\na,x\nb?,y\nc,z\n".getBytes(StandardCharsets.UTF_8);
        bytes[15] = (byte) 0xE9;
        assertThat(content(Datasets.read(write(directory, "latin.csv", bytes), SKIP)))
                .containsExactly("train/a/x", "train/c/z");
    }

    @ParameterizedTest
    @CsvSource({
        "'0 1\n1 -2 3\n2 3\n', train/0/1 train/2/3",
        "'u1 1:5\nu2 1:x 2:3\n3:4 7\n', train/u1/1/5.0 train/u2/2/3.0",
        "'{\"user\":1,\"item\":2}\n{\"user\":1\nnonsense\n{\"user\":3,\"item\":null}\n{\"user\":4,\"item\":5}\n', train/1/2 train/4/5"
    })
    void everyFormatLeavesBadRowsOut(String text, String content) {
        Dataset data = Datasets.read(write(directory, "data", text), SKIP);
        assertThat(content(data)).containsExactly(content.split(" "));
        assertThat(data.report().skipped()).isNotEmpty();
    }

    @Test
    void aFieldThatOnlySomeJsonLinesHaveIsNotDroppedFromAll() {
        refused(
                "{\"user\":1,\"item\":2}\n{\"user\":1,\"item\":3,\"rating\":4}\n",
                ":1:",
                "no 'rating', which other lines have");
        refused("{\"user\":1,\"item\":2,\"time\":5}\n{\"user\":1,\"item\":3}\n", ":2:", "no 'time'");
        assertThat(content(read("{\"user\":1,\"item\":2}\n{\"note\":\"n\",\"item\":3,\"user\":1}\n")))
                .containsExactly("train/1/2", "train/1/3");
        Dataset some = Datasets.read(
                write(directory, "d", "{\"kind\":\"export\"}\n{\"user\":1,\"item\":12.0,\"rating\":4}\n"), SKIP);
        assertThat(content(some)).containsExactly("train/1/12.0/4.0");
    }

    @Test
    void manyBadRowsAreCountedAndAFewListed() {
        Dataset data = Datasets.read(write(directory, "data", "user,item\na,x\n" + "b\n".repeat(100)), SKIP);
        assertThat(data.report().count("rows in train that cannot be understood, left out"))
                .isEqualTo(100);
        assertThat(data.report().skipped()).hasSize(5);
    }

    @Test
    void directoriesThatSparkWroteAreRead() throws IOException {
        for (String name : new String[] {"train.csv", "test"}) {
            Path part = Files.createDirectories(directory.resolve(name));
            write(part, "part-00000-a.csv", "user,item\n" + name + ",x\n");
            write(part, "part-00001-a.csv", "");
            write(part, "part-00002-a.csv", "user,item\nb," + name + "\n");
            write(part, ".part-00000-a.csv.crc", "crc");
            write(part, "_SUCCESS", "");
        }
        assertThat(content(Datasets.read(directory)))
                .containsExactly("test/b/test", "test/test/x", "train/b/train.csv", "train/train.csv/x");
        Dataset one = Datasets.read(directory.resolve("test"));
        assertThat(content(one)).containsExactly("train/b/test", "train/test/x");
        noted(one, "1 empty files of train, left out");
        assertThat(content(Datasets.read(directory.resolve("test").resolve("*"))))
                .hasSize(2);
    }
}
