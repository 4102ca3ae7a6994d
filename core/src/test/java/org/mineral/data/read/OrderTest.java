package org.mineral.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mineral.data.read.Files4Tests.content;
import static org.mineral.data.read.Files4Tests.write;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Events;
import org.mineral.data.HoldOut;
import org.mineral.data.Interactions;
import org.mineral.data.Split;
import org.mineral.data.rows.ReadOptions;
import org.mineral.data.write.DataFormat;
import org.mineral.data.write.DatasetWriter;

/** The order of a file's rows, and the splits that cut by it. */
class OrderTest {

    private static final ReadOptions ORDERED = ReadOptions.DEFAULTS.with("keep_order", true);

    @TempDir
    Path directory;

    private Dataset read(String name, String text) {
        return Datasets.read(write(directory, name, text), ORDERED);
    }

    @Test
    void theLastOfEachRowAreHeldOutInTheOrderOfTheFile() {
        Dataset split = read("d.txt", "0 7 4 9 1 8 2\n1 9 7 1\n2 4\n").split(Split.parse("last:1:2:file", 1));
        assertThat(content(split))
                .containsExactlyInAnyOrder(
                        "train/0/7",
                        "train/0/4",
                        "train/0/9",
                        "valid/0/1",
                        "test/0/8",
                        "test/0/2",
                        "train/1/9",
                        "test/1/7",
                        "test/1/1",
                        "train/2/4");
    }

    /** Lines are divided by |, quotes are single. User 0 ends with item 4, user 1 with item 9, whatever comes first. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "0 9 7 4|1 7 4 9",
                "0 9|1 7 4|0 7|1 9|0 4",
                "user,item|0,9|1,7|0,7|1,4|0,4|1,9",
                "user,item|0,'9'|1,7|0,'7'|1,4|0,4|1,9",
                "user,item|0,9|1,7|0,9|1,7|0,7|1,4|0,4|1,9",
                "user,item,rating|0,9,1|1,7,2|0,7,1|1,4,1|0,4,5|1,9,1",
                "user_id:token\titem_id:token|0\t9|1\t7|0\t7|1\t4|0\t4|1\t9",
                "{'user':'0','item':'9'}|{'user':'1','item':'7'}|{'user':'0','item':'4'}|{'user':'1','item':'9'}",
                "0 9:1 7:1 4:1|1 7:2 4:2 9:1"
            })
    void everyFormatKeepsTheOrderOfItsRows(String lines) {
        Dataset data = read("data", lines.replace('|', '\n').replace('\'', '"').replace("\\t", "\t") + "\n");
        assertThat(content(data.split(Split.lastNInFile(0, 1))))
                .filteredOn(pair -> pair.startsWith("test"))
                .extracting(pair -> pair.substring(0, 8))
                .containsExactlyInAnyOrder("test/0/4", "test/1/9");
    }

    /** Rows of one user are in several files, and in the parts of a directory: train comes before test. */
    @Test
    void laterFilesAndPartsComeLater() {
        String early = "user,item\nu,z\nu,y\n";
        String late = "user,item\nu,z\nu,x\nu,a\n";
        Path one = write(directory, "one.csv", early);
        Path two = write(directory, "two.csv", "user,item\nu,x\nu,a\n");
        Dataset files = Datasets.read("both", List.of(one, two), ORDERED);
        assertThat(content(files.split(Split.lastNInFile(0, 2)))).contains("test/u/x", "test/u/a");
        write(directory, "train.csv", early);
        write(directory, "test.csv", late);
        Dataset parts = Datasets.read(directory, ORDERED);
        assertThat(content(parts.split(Split.lastNInFile(1, 1))))
                .containsExactlyInAnyOrder("train/u/z", "train/u/y", "valid/u/x", "test/u/a");
    }

    @Test
    void tailTakesAsManyOfEachUserAsRandomDoesAndTheLastOfThem() {
        Dataset data = read("many.txt", lists(400, 40));
        Dataset tail = data.split(Split.parse("tail:0.7:0.1:0.2", 5));
        Dataset random = data.split(Split.random(0.7, 0.1, 0.2, 5));
        assertThat(tail.test().userCounts()).isEqualTo(random.test().userCounts());
        assertThat(tail.valid().userCounts()).isEqualTo(random.valid().userCounts());
        assertThat(tail.all()).isEqualTo(data.train());
        Events events = tail.events();
        for (int u = 0; u < data.users().size(); u++) {
            assertThat(latest(events, tail.train(), u)).isLessThan(earliest(events, tail.valid(), u));
            assertThat(latest(events, tail.valid(), u)).isLessThan(earliest(events, tail.test(), u));
            assertThat(latest(events, tail.train(), u)).isLessThan(earliest(events, tail.test(), u));
        }
    }

    @Test
    void holdingOutTheLastLeavesTestAloneAndCutsTheTrainPartOnly() {
        write(directory, "train.txt", "0 7 4 9 1 8 2 3 6 5 0\n");
        write(directory, "test.txt", "0 11 10\n");
        Dataset held = Datasets.read(directory, ORDERED).holdOut(HoldOut.parse("last:0.2"), 1);
        assertThat(content(held)).contains("valid/0/5", "valid/0/0", "test/0/11", "test/0/10");
        assertThat(held.train().size()).isEqualTo(8);
    }

    @Test
    void timesGoBeforeTheOrderOfTheFile() {
        Dataset timed = read("t.csv", "user,item,timestamp\nu,late,9\nu,early,1\nu,middle,5\n");
        assertThat(content(timed.split(Split.tail(0.6, 0, 0.4, 1)))).contains("test/u/late/9", "train/u/early/1");
        assertThat(content(timed.split(Split.lastNInFile(0, 1)))).contains("test/u/late/9");
    }

    /** A carriage return alone sends a file to the reader that goes byte by byte, where blocks are not parsed in parallel. */
    @Tag("slow")
    @Test
    void blocksInParallelGiveTheSameOrderAsByteByByte() {
        String text = lists(30_000, 70);
        Dataset parallel = read("blocks.txt", text);
        Dataset serial = read("bytes.txt", text.replace('\n', '\r'));
        assertThat(text.length()).isGreaterThan(3 << 21);
        assertThat(parallel.events().order()).isEqualTo(serial.events().order());
        assertThat(parallel.holdOut(HoldOut.parse("last"), 3).hash())
                .isEqualTo(serial.holdOut(HoldOut.parse("last"), 3).hash());
    }

    /** What was divided by the order of a file can be divided by it again: the files that are written keep it. */
    @ParameterizedTest
    @EnumSource
    void writtenDataKeepTheOrderWithinEachUser(DataFormat format) {
        Dataset data = read("many.txt", lists(50, 20)).split(Split.tail(0.8, 0, 0.2, 4));
        Path target = directory.resolve("written");
        new DatasetWriter(format, false).write(data, target);
        Dataset again = Datasets.read(target, ORDERED);
        assertThat(content(again)).isEqualTo(content(data));
        HoldOut last = HoldOut.parse("last:0.3");
        assertThat(content(again.holdOut(last, 2)))
                .filteredOn(pair -> pair.startsWith("test"))
                .isEqualTo(
                        content(data).tailSet("test").headSet("train").stream().toList());
        Dataset all = again.split(Split.lastNInFile(0, 1));
        assertThat(content(all)).isEqualTo(content(data.split(Split.lastNInFile(0, 1))));
    }

    @Test
    void cleaningKeepsTheOrder() {
        Dataset data = read("c.txt", "0 9 3 5\n1 3 9 5\n2 3 5\n3 8 3 9\n");
        Dataset clean = Cleaning.NONE.with("item_interactions", "2").apply(data);
        assertThat(content(clean.split(Split.lastNInFile(0, 1))))
                .contains("test/0/5", "test/1/5", "test/2/5", "test/3/9");
    }

    @Test
    void withoutTimesAndOrderTheLastAreRefusedAndNothingIsKeptUnasked() {
        Dataset plain = Datasets.read(write(directory, "p.csv", "user,item\na,x\na,y\n"));
        assertThat(plain.events()).isNull();
        for (Split split : List.of(Split.tail(0.8, 0.1, 0.1, 1), Split.lastNInFile(1, 1))) {
            assertThatThrownBy(() -> plain.split(split))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("keep_order");
        }
        Dataset ordered = read("p.csv", "user,item\na,x\na,y\n");
        assertThatThrownBy(() -> ordered.split(Split.lastN(0, 1)))
                .as("unasked, the order of a file is no time")
                .isInstanceOf(InputException.class)
                .hasMessageContaining("last:1:1:file");
        assertThat(ordered.hash()).isEqualTo(plain.hash());
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.1", "random:0.25, 0.25", "random, 0.1", "last, last:0.1", "last:0.3, last:0.3"})
    void holdOutsAreParsedAndPrinted(String text, String written) {
        assertThat(HoldOut.parse(text)).hasToString(written);
        assertThat(HoldOut.parse(written)).isEqualTo(HoldOut.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"lst, try 0.1 or last:0.1", "last:x, try 0.1 or last:0.1", "'', try 0.1", "1.5, between 0 and 1"})
    void otherWordsForItAreRefused(String text, String message) {
        assertThatThrownBy(() -> HoldOut.parse(text))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    /** LightGCN text whose rows are in no order. */
    private static String lists(int users, int most) {
        SplittableRandom random = new SplittableRandom(8);
        StringBuilder text = new StringBuilder();
        for (int u = 0; u < users; u++) {
            text.append(u);
            for (int k = 0; k <= most / 2 + u % most; k++) {
                text.append(' ').append(random.nextInt(100_000));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static long latest(Events events, Interactions part, int user) {
        long latest = -1;
        for (int item : part.row(user)) {
            latest = Math.max(latest, events.order()[events.position(user, item)]);
        }
        return latest;
    }

    private static long earliest(Events events, Interactions part, int user) {
        long earliest = Long.MAX_VALUE;
        for (int item : part.row(user)) {
            earliest = Math.min(earliest, events.order()[events.position(user, item)]);
        }
        return earliest;
    }
}
