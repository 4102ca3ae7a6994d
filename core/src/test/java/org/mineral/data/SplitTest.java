package org.mineral.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mineral.data.read.Files4Tests.content;
import static org.mineral.data.read.Files4Tests.write;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.config.InputException;
import org.mineral.data.read.Datasets;

class SplitTest {

    @TempDir
    Path directory;

    private Dataset data;

    @BeforeEach
    void readTimedInteractions() {
        StringBuilder text = new StringBuilder("user,item,timestamp\n");
        SplittableRandom random = new SplittableRandom(3);
        for (int u = 0; u < 300; u++) {
            for (int k = 0; k <= u % 13; k++) {
                text.append("u%d,i%d,%d\n".formatted(u, (u * 7 + k * 11) % 101, 1_000_000 + random.nextInt(5000)));
            }
        }
        data = Datasets.read(write(directory, "timed.csv", text.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"random", "global-random", "time", "last", "random:0.5:0:0.5", "time:0.9:0:0.1", "last:0:2"})
    void partsAreDisjointCompleteAndTheSameForTheSameSeed(String text) {
        Dataset split = data.split(Split.parse(text, 5));
        assertThat(split.train().size() + split.valid().size() + split.test().size())
                .isEqualTo(data.train().size());
        assertThat(split.all()).isEqualTo(data.train());
        assertThat(split.test().size()).isPositive();
        assertThat(data.split(Split.parse(text, 5)).hash()).isEqualTo(split.hash());
        assertThat(split.split(Split.parse(text, 5)).hash()).as("split anew").isEqualTo(split.hash());
    }

    @Test
    void anotherSeedGivesAnotherRandomSplit() {
        assertThat(data.split(Split.random(0.8, 0.1, 0.1, 1)).hash())
                .isNotEqualTo(data.split(Split.random(0.8, 0.1, 0.1, 2)).hash());
    }

    @Test
    void randomKeepsTheSharesOnAverageAndOneInteractionOfEachUserInTrain() {
        Dataset split = data.split(Split.random(0.6, 0.2, 0.2, 1));
        double n = data.train().size();
        assertThat(split.train().emptyRows()).isZero();
        assertThat(split.test().size() / n).isCloseTo(0.2, within(0.02));
        assertThat(split.valid().size() / n).isCloseTo(0.2, within(0.02));
        for (int u = 0; u < data.users().size(); u++) {
            double expected = 0.2 * data.train().count(u);
            assertThat((double) split.test().count(u))
                    .isBetween(Math.floor(expected) - 1e-9, Math.ceil(expected) + 1e-9);
        }
    }

    @Test
    void timeSplitsAtTheSameMomentsForEverybody() {
        Dataset split = data.split(Split.time(0.8, 0.1, 0.1));
        long lastTrain = extreme(split, split.train(), true);
        long firstValid = extreme(split, split.valid(), false);
        long lastValid = extreme(split, split.valid(), true);
        long firstTest = extreme(split, split.test(), false);
        assertThat(lastTrain).isLessThan(firstValid);
        assertThat(lastValid).isLessThan(firstTest);
        assertThat(split.train().size() / (double) data.train().size()).isCloseTo(0.8, within(0.01));
    }

    @Test
    void timeRefusesDataOfOneInstantAndDataWithoutTimes() {
        Dataset instant = Datasets.read(write(directory, "i.csv", "user,item,timestamp\na,x,1\nb,x,1\nc,x,1\n"));
        assertThatThrownBy(() -> instant.split(Split.time(0.8, 0.1, 0.1)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the timestamp 1");
        Dataset timeless = Datasets.read(write(directory, "t.csv", "user,item\na,x\n"));
        assertThatThrownBy(() -> timeless.split(Split.lastN(1, 1)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no timestamps");
    }

    @Test
    void lastTakesEachUsersLatestAndLeavesOneInTrain() {
        String text = "user,item,timestamp\na,p,4\na,q,1\na,r,3\na,s,2\nb,p,2\nb,q,1\nc,p,9\n";
        Dataset split = Datasets.read(write(directory, "l.csv", text)).split(Split.lastN(1, 1));
        assertThat(content(split))
                .containsExactlyInAnyOrder(
                        "train/a/q/1",
                        "train/a/s/2",
                        "valid/a/r/3",
                        "test/a/p/4",
                        "train/b/q/1",
                        "test/b/p/2",
                        "train/c/p/9");
    }

    @Test
    void holdOutMovesAShareOfTrainAndLeavesTestAlone() {
        Dataset split = data.split(Split.random(0.8, 0, 0.2, 1));
        Dataset held = split.holdOut(0.1, 9);
        assertThat(held.test()).isEqualTo(split.test());
        assertThat(held.seen()).isEqualTo(split.train());
        assertThat(held.valid().size() / (double) split.train().size()).isCloseTo(0.1, within(0.02));
        assertThat(held.train().emptyRows()).isZero();
        assertThat(held.withValidInTrain().train()).isEqualTo(split.train());
    }

    @Test
    void impossibleSplitsAreRefused() {
        assertThatThrownBy(() -> Split.random(0.8, 0.3, 0.1, 1)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Split.time(0, 0.5, 0.5)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Split.random(Double.NaN, 0, 0, 1)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Split.lastN(-1, 1)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Split.parse("randon", 1)).hasMessageContaining("'random'");
        assertThatThrownBy(() -> Split.parse("time:a:b:c", 1)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> data.holdOut(1, 1)).isInstanceOf(InputException.class);
    }

    private static long extreme(Dataset data, Interactions part, boolean latest) {
        long extreme = latest ? Long.MIN_VALUE : Long.MAX_VALUE;
        for (int u = 0; u < part.users(); u++) {
            for (int item : part.row(u)) {
                long time = data.events().timestamps()[data.events().position(u, item)];
                extreme = latest ? Math.max(extreme, time) : Math.min(extreme, time);
            }
        }
        return extreme;
    }
}
