package org.mineral.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mineral.data.read.Files4Tests.content;
import static org.mineral.data.read.Files4Tests.write;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;
import org.mineral.data.Interactions;
import org.mineral.data.Split;
import org.mineral.data.rows.ReadOptions;

/** Pairs that occur again: splits in the order of time cut the rows, so that nothing later changes what was before. */
class RepeatsTest {

    @TempDir
    Path directory;

    private Dataset read(String text, Object... settings) {
        ReadOptions options = ReadOptions.DEFAULTS;
        for (int k = 0; k < settings.length; k += 2) {
            options = options.with((String) settings[k], settings[k + 1]);
        }
        return Datasets.read(write(directory, "data", text), options);
    }

    @Test
    void aRepeatTakesNothingOutOfTrain() {
        StringBuilder text = new StringBuilder("user,item,timestamp\n");
        for (int k = 1; k <= 8; k++) {
            text.append("u%d,i%d,%d\n".formatted(k, k, k));
        }
        Dataset data = read(text + "u1,i1,9\n");
        Dataset split = data.split(Split.parse("time:0.8:0:0.2", 1));
        assertThat(content(split))
                .contains("train/u1/i1/1", "train/u7/i7/7", "test/u8/i8/8")
                .hasSize(8);
        assertThat(split.report().count(Dataset.DROPPED_FROM_TEST)).isEqualTo(1);
        assertThat(content(split.split(Split.parse("time:0.8:0:0.2", 1)))).isEqualTo(content(split));
        assertThat(content(split.split(Split.parse("time:0.5:0:0.5", 1)))).contains("train/u1/i1/1", "test/u7/i7/7");
    }

    @Test
    void lastAndTailCutTheRowsOfAUser() {
        Dataset data = read("user,item,timestamp\nu,a,1\nu,b,2\nu,c,3\nu,d,4\nu,a,5\nu,e,6\n");
        assertThat(content(data.split(Split.lastN(0, 2))))
                .containsExactly("test/u/e/6", "train/u/a/1", "train/u/b/2", "train/u/c/3", "train/u/d/4");
        assertThat(content(data.split(Split.lastN(1, 2)))).contains("valid/u/d/4", "train/u/a/1");
        assertThat(content(data.split(Split.tail(2 / 3.0, 0, 1 / 3.0, 1)))).contains("train/u/a/1", "test/u/e/6");
        assertThat(content(data.holdOut(HoldOut.parse("last:0.5"), 1)))
                .containsExactly("train/u/a/1", "train/u/b/2", "train/u/c/3", "valid/u/d/4", "valid/u/e/6");
    }

    @Test
    void theOrderOfTheFileCutsRowsToo() {
        Dataset data = read("user,item\nu,a\nu,b\nu,c\nu,a\nu,d\n", "keep_order", true);
        assertThat(content(data.split(Split.lastNInFile(1, 1))))
                .containsExactly("test/u/d", "train/u/a", "train/u/b", "train/u/c");
    }

    /** Rows at 1, 2, 3 and 9: the cut is before 9. */
    @ParameterizedTest
    @CsvSource({"last, 4.0/3", "first, 1.0/1", "sum, 7.0/3"})
    void withinAPartTheyAreMergedByTheRuleForDuplicates(String duplicates, String expected) {
        Dataset data = read(
                "user,item,rating,timestamp\nu,a,2,2\nu,a,64,9\nu,a,1,1\nu,a,4,3\nu,b,8,9\nx,c,1,1\n",
                "duplicates",
                duplicates);
        Dataset split = data.split(Split.time(0.67, 0, 0.33));
        assertThat(content(split)).containsExactly("test/u/b/8.0/9", "train/u/a/" + expected, "train/x/c/1.0/1");
        Dataset whole = data.split(Split.random(1, 0, 0, 1));
        assertThat(content(whole)).isEqualTo(content(data));
    }

    /** What goes back to train brings its rows along: their sum, and the time of the latest. */
    @Test
    void validGoesBackIntoTrainWithItsRows() {
        Dataset data = read(
                "user,item,rating,timestamp\nu,a,1,1\nu,b,1,2\nu,a,1,3\nu,c,1,4\nu,a,1,5\nu,d,1,6\n",
                "duplicates",
                "sum");
        Dataset split = data.split(Split.lastN(2, 2));
        assertThat(content(split)).contains("train/u/a/1.0/1", "valid/u/c/1.0/4", "test/u/d/1.0/6");
        assertThat(content(split.withValidInTrain()))
                .containsExactly("test/u/d/1.0/6", "train/u/a/2.0/3", "train/u/b/1.0/2", "train/u/c/1.0/4");
    }

    /** Rows of the test part say nothing about which of the train part are held out. */
    @Test
    void holdingOutLooksAtTheRowsOfTrainAlone() {
        write(directory, "train.csv", "user,item,timestamp\nu,a,1\nu,b,2\nu,a,3\nu,c,4\n");
        write(directory, "test.csv", "user,item,timestamp\nu,b,8\nu,d,9\n");
        Dataset data = Datasets.read(directory);
        assertThat(content(data)).containsExactly("test/u/d/9", "train/u/a/3", "train/u/b/2", "train/u/c/4");
        Dataset held = data.holdOut(HoldOut.parse("last:0.5"), 1);
        assertThat(content(held)).containsExactly("test/u/d/9", "train/u/a/1", "train/u/b/2", "valid/u/c/4");
        assertThat(content(held.withValidInTrain())).isEqualTo(content(data));
        assertThat(content(data.split(Split.lastN(0, 2)))).contains("train/u/b/2", "train/u/a/3", "test/u/d/9");
    }

    @Test
    void cleaningKeepsTheRowsOfWhoStays() {
        Dataset data = read("user,item,timestamp\nz,y,1\nu,a,1\nx,a,2\nu,b,3\nx,b,4\nu,a,9\nx,c,9\nu,c,9\n");
        Dataset clean = Cleaning.NONE.with("user_interactions", "2").apply(data, Split.time(0.6, 0, 0.4));
        assertThat(clean.users().ids()).containsExactly("u", "x");
        assertThat(content(clean))
                .containsExactly(
                        "test/u/c/9", "test/x/c/9", "train/u/a/1", "train/u/b/3", "train/x/a/2", "train/x/b/4");
    }

    /** Later rows neither strengthen a pair of train nor weaken it. */
    @ParameterizedTest
    @CsvSource({"sum, 3, train/x/b/3.0/2 test/x/c/3.0/9", "last, 3, train/x/b/3.0/2 test/x/c/3.0/9"})
    void theLeastWeightIsAskedOfEachPart(String duplicates, int least, String expected) {
        Dataset data = read(
                "user,item,rating,timestamp\nx,a,1,1\nx,b,3,2\nx,a,2,9\nx,c,3,9\nx,b,1,9\n", "duplicates", duplicates);
        Dataset clean = Cleaning.NONE.with("min_weight", least).apply(data, Split.time(0.4, 0, 0.6));
        assertThat(content(clean)).containsExactlyInAnyOrder(expected.split(" "));
    }

    /** Pairs that occur in no later row have the latest time of train, whatever comes after the cut. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nothingOfTrainIsYoungerThanTheCut(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder text = new StringBuilder("user,item,timestamp\n");
        for (int k = 0; k < 2000; k++) {
            text.append("u%d,i%d,%d\n".formatted(random.nextInt(20), random.nextInt(30), random.nextInt(500) - 250));
        }
        Dataset data = read(text.toString());
        Dataset split = data.split(Split.time(0.7, 0.1, 0.2));
        long[] times = split.events().timestamps();
        long youngest = Long.MIN_VALUE;
        for (int u = 0; u < 20; u++) {
            for (int item : split.train().row(u)) {
                youngest = Math.max(youngest, times[split.events().position(u, item)]);
            }
        }
        for (Interactions later : List.of(split.valid(), split.test())) {
            for (int u = 0; u < 20; u++) {
                for (int item : later.row(u)) {
                    assertThat(times[split.events().position(u, item)]).isGreaterThan(youngest);
                }
            }
        }
        assertThat(split.all()).isEqualTo(data.all());
        assertThat(split.split(Split.time(0.7, 0.1, 0.2)).hash()).isEqualTo(split.hash());
        assertThat(data.split(Split.random(0.8, 0.1, 0.1, 4)).hash())
                .as("pairs at random are divided as without times")
                .isEqualTo(Dataset.of(
                                "pairs",
                                data.users(),
                                data.items(),
                                data.train(),
                                Interactions.empty(20, 30),
                                Interactions.empty(20, 30))
                        .split(Split.random(0.8, 0.1, 0.1, 4))
                        .hash());
    }
}
