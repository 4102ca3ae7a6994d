package org.mineral.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mineral.data.read.Files4Tests.content;
import static org.mineral.data.read.Files4Tests.write;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.data.DataStatistics;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;
import org.mineral.data.Split;
import org.mineral.data.rows.ReadOptions;
import org.mineral.data.write.DataFormat;
import org.mineral.data.write.DatasetWriter;

/** Rows of equal times keep the order of the file, wherever a split asks which was the last. */
class TiesTest {

    private static final String HEADER = "user,item,timestamp\n";

    @TempDir
    Path directory;

    private Dataset read(String text) {
        return Datasets.read(write(directory, "data", text));
    }

    private static List<String> test(Dataset data) {
        return content(data).stream().filter(pair -> pair.startsWith("test")).toList();
    }

    @Test
    void theLastOfEqualTimesIsTheLastRow() {
        Dataset split = read(HEADER + "u0,c,1\nu0,b,1\nu0,a,1\nu1,a,100\nu1,b,100\nu1,c,100\n")
                .split(Split.parse("last:0:1", 1));
        assertThat(test(split)).containsExactly("test/u0/a/1", "test/u1/c/100");
        assertThat(split.report().count(Dataset.TEST_TIED)).isEqualTo(2);
        assertThat(split.report().lines()).contains("2 test items chosen among equal times by the order of the file");
    }

    /** A fraction of a second is no tie: the later moment stands first in the file. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "user,item,timestamp\nu,late,2020-01-01T00:00:00.5Z\nu,b,2020-01-01T00:00:00.25Z\nu,a,2020-01-01T00:00:00Z\n",
                "user,item,timestamp\nu,late,1577836800.000002\nu,b,1577836800.000001\nu,a,1577836800\n",
                "{\"user\":\"u\",\"item\":\"late\",\"time\":1577836800.5}\n{\"user\":\"u\",\"item\":\"a\",\"time\":1577836800}\n"
            })
    void fractionsOfASecondOrderRows(String text) {
        Dataset split = read(text).split(Split.lastN(0, 1));
        assertThat(test(split)).singleElement().asString().startsWith("test/u/late/");
        assertThat(split.report().count(Dataset.TEST_TIED)).isZero();
    }

    /** Nor is one of a number whose unit nobody can tell: steps, shares of a session, dates before 1978. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "user,item,timestamp\nu,late,0.75\nu,b,0.5\nu,a,0.25\n",
                "user,item,timestamp\r\nu,late,-0.25\r\nu,b,-0.5\r\nu,a,-0.7500001\r\n",
                "user,item,timestamp\nu,\"late\",100.000000002\nu,b,100.000000001\nu,a,100\n",
                "user\titem\ttimestamp\nu\tlate\t12.75\nu\tb\t12.5\nu\ta\t12\n",
                "user,item,timestamp\nu,late,1975-01-01 00:00:00.5\nu,b,1975-01-01 00:00:00.25\nu,a,1975-01-01\n",
                "user,item,timestamp\nu,late,1969-12-31 23:59:59.9\nu,b,1969-12-31 23:59:59.8\nu,a,1969-12-31 23:59:59\n",
                "user,item,timestamp\nu,late,3.5\nu,b,3.25\nu,a,3\nx,a,1577836800\n",
                "user,item,timestamp\nu,late,3.5\nu,b,3.25\nu,a,3\nx,a,1577836800\nx,b,1577836801000\n",
                "{\"user\":\"u\",\"item\":\"late\",\"time\":1.5e-1}\n{\"user\":\"u\",\"item\":\"a\",\"time\":0.1}\n"
            })
    void fractionsOfSmallNumbersOrderRows(String text) {
        Dataset data = read(text);
        for (Dataset again : List.of(data, writtenAndRead(data))) {
            Dataset split = again.split(Split.lastN(0, 1));
            assertThat(test(split)).anyMatch(pair -> pair.startsWith("test/u/late/"));
            assertThat(split.report().count(Dataset.TEST_TIED)).isZero();
            assertThat(content(again)).isEqualTo(content(data));
        }
    }

    private Dataset writtenAndRead(Dataset data) {
        new DatasetWriter(DataFormat.CSV, true).write(data, directory.resolve("written"));
        return Datasets.read(directory.resolve("written"));
    }

    @Test
    void fractionsDivideByTimeFilterAndDecideBetweenRepeats() {
        String rows = HEADER + "u,d,0.4\nu,c,0.3\nv,b,0.2\nv,a,0.1\nv,a,0.05\n";
        assertThat(content(read(rows).split(Split.parse("time:0.75:0:0.25", 1))))
                .containsExactly("test/u/d/0.40", "train/u/c/0.30", "train/v/a/0.10", "train/v/b/0.20");
        ReadOptions window = ReadOptions.DEFAULTS.with("from", "0.15").with("until", "0.4");
        assertThat(content(Datasets.read(write(directory, "window", rows), window)))
                .containsExactly("train/u/c/0.3", "train/v/b/0.2");
        assertThat(DataStatistics.of(read(rows)).time().text()).isEqualTo("0 to 1, no dates");
    }

    @Test
    void aFractionThatNoWholeNumberHoldsIsCutAndOrderKeptOtherwise() {
        Dataset data = read(HEADER + "u,a,9000000000000000000\nu,b,0.5\nu,c,0.25\nu,d,1\n");
        assertThat(content(data))
                .containsExactly("train/u/a/9000000000000000000", "train/u/b/0", "train/u/c/0", "train/u/d/1");
    }

    /** User u's rows end with the item last; items appear for the first time in another order. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "user,item,timestamp\nx,last,9\nx,b,9\nu,a,9\nu,b,9\nu,c,9\nu,last,9\n",
                "user,item,timestamp\r\nx,last,9\r\nx,b,9\r\nu,a,9\r\nu,b,9\r\nu,c,9\r\nu,last,9\r\n",
                "user,item,timestamp\nx,\"last\",9\nx,b,9\nu,a,9\nu,b,9\nu,c,9\nu,last,9\n",
                "user\titem\ttimestamp\nx\tlast\t9\nx\tb\t9\nu\ta\t9\nu\tb\t9\nu\tc\t9\nu\tlast\t9\n",
                "{\"user\":\"x\",\"item\":\"last\",\"time\":9}\n{\"user\":\"u\",\"item\":\"a\",\"time\":9}\n"
                        + "{\"user\":\"u\",\"item\":\"b\",\"time\":9}\n{\"user\":\"u\",\"item\":\"last\",\"time\":9}\n"
            })
    void inEveryFormatAndForEverySplit(String text) {
        Dataset data = read(text);
        assertThat(test(data.split(Split.lastN(0, 1)))).contains("test/u/last/9");
        assertThat(test(data.split(Split.lastNInFile(0, 1)))).contains("test/u/last/9");
        assertThat(test(data.split(Split.tail(0.5, 0, 0.5, 3)))).contains("test/u/last/9");
        Dataset held = data.holdOut(HoldOut.parse("last:0.5"), 3);
        assertThat(content(held)).contains("valid/u/last/9");
        assertThat(held.report().count(Dataset.VALID_TIED)).isPositive();
    }

    @Test
    void ofRowsInAnyOrderTheLastOneIsTaken() {
        List<String> rows = new ArrayList<>();
        for (int k = 0; k < 24; k++) {
            rows.add("u%d,i%d,%d\n".formatted(k % 3, k / 3, -5));
        }
        for (int round = 0; round < 20; round++) {
            Collections.shuffle(rows, new Random(round));
            String[] last = new String[3];
            rows.forEach(row -> last[row.charAt(1) - '0'] = row.strip().replace(',', '/'));
            Dataset split = read(HEADER + String.join("", rows)).split(Split.lastN(1, 1));
            assertThat(test(split)).containsExactly("test/" + last[0], "test/" + last[1], "test/" + last[2]);
            assertThat(split.report().count(Dataset.TEST_TIED)).isEqualTo(3);
            assertThat(split.report().count(Dataset.VALID_TIED)).isEqualTo(3);
        }
    }

    /** Times before 1970 and after, all different within a user: then the order of rows decides nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"last:1:1", "tail:0.6:0.2:0.2", "time:0.6:0.2:0.2", "last:1:1:file"})
    void differentTimesDecideAlone(String by) {
        List<String> rows = new ArrayList<>();
        for (int k = 0; k < 60; k++) {
            rows.add("u%d,i%d,%d\n".formatted(k % 6, k % 7 + 10 * (k / 42), 1000 * (k * 37 % 60) - 30_000));
        }
        Dataset first = read(HEADER + String.join("", rows)).split(Split.parse(by, 5));
        assertThat(first.report().count(Dataset.TEST_TIED)).isZero();
        for (int round = 0; round < 5; round++) {
            // users keep their indices, by which tail draws how many of each go where
            Collections.shuffle(rows.subList(6, 60), new Random(round));
            assertThat(content(read(HEADER + String.join("", rows)).split(Split.parse(by, 5))))
                    .isEqualTo(content(first));
        }
    }

    /** A line that occurs twice is no second event. */
    @ParameterizedTest
    @CsvSource({"last:1:1", "tail:0.6:0.2:0.2", "time:0.6:0.2:0.2"})
    void linesThatOccurTwiceChangeNothing(String by) {
        StringBuilder once = new StringBuilder(HEADER);
        StringBuilder twice = new StringBuilder(HEADER);
        for (int k = 0; k < 60; k++) {
            String row = "u%d,i%d,%d\n".formatted(k % 6, k / 6, k / 20);
            once.append(row);
            twice.append(row).append(row);
        }
        Dataset expected = read(once.toString()).split(Split.parse(by, 5));
        assertThat(expected.test().size()).isPositive();
        for (String text : List.of(twice.toString(), once + once.substring(HEADER.length()))) {
            Dataset split = read(text).split(Split.parse(by, 5));
            assertThat(content(split)).isEqualTo(content(expected));
            assertThat(split.report().count(Dataset.TEST_TIED))
                    .isEqualTo(expected.report().count(Dataset.TEST_TIED));
        }
    }

    @Test
    void theOrderIsKeptOnlyWhereTimesLeaveItOpen() {
        assertThat(read(HEADER + "u,a,1\nu,b,2\nx,a,1\n").events().order()).isNull();
        assertThat(read(HEADER + "u,b,2\nu,a,2\nx,a,1\n").events().order()).containsExactly(0, 1, 2);
    }

    @Test
    void partsAndFilesFollowEachOther() {
        write(directory, "train.csv", HEADER + "u,z,5\nu,y,5\n");
        write(directory, "test.csv", HEADER + "u,b,5\nu,a,5\n");
        Dataset data = Datasets.read(directory);
        assertThat(content(data.split(Split.lastN(1, 1))))
                .containsExactly("test/u/a/5", "train/u/y/5", "train/u/z/5", "valid/u/b/5");
        assertThat(content(data.holdOut(HoldOut.parse("last:0.5"), 1))).contains("valid/u/y/5", "train/u/z/5");
    }

    /** What is written can be divided again, and cleaning in between loses no order. */
    @ParameterizedTest
    @EnumSource(
            value = DataFormat.class,
            names = {"CSV", "INTER"})
    void writtenAndCleanedDataKeepIt(DataFormat format) {
        Dataset data = read(HEADER + "x,d,7\nx,c,7\nx,b,7\nu,b,7\nu,c,7\nu,e,7\nu,d,7\n");
        Dataset clean = Cleaning.NONE.with("item_interactions", "2").apply(data);
        assertThat(test(clean.split(Split.lastN(0, 1)))).containsExactly("test/u/d/7", "test/x/b/7");
        new DatasetWriter(format, false).write(clean, directory.resolve("written"));
        Dataset again = Datasets.read(directory.resolve("written"));
        assertThat(test(again.split(Split.lastN(0, 1)))).containsExactly("test/u/d/7", "test/x/b/7");
    }
}
