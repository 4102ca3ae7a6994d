package org.mineral.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mineral.data.read.Files4Tests.content;
import static org.mineral.data.read.Files4Tests.write;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.data.Split;
import org.mineral.data.synthetic.SyntheticData;

class CleaningTest {

    @TempDir
    Path directory;

    @Test
    void aCoreIsFoundByTakingAwayAgainAndAgain() {
        // c has one item; without c, z has one user; without z, b has one item; a, d and w, x are the 2-core
        Dataset data = Datasets.read(write(directory, "data", "a,x\na,w\nd,x\nd,w\nb,x\nb,z\nc,z\n"));
        Dataset core = core(data, "2", "2");
        assertThat(content(core)).containsExactly("train/a/w", "train/a/x", "train/d/w", "train/d/x");
        assertThat(core.users().ids()).containsExactly("a", "d");
        assertThat(core.items().ids()).containsExactly("x", "w");
        assertThat(core.report().count("users outside 2 or more interactions left out"))
                .isEqualTo(2);
        assertThat(core.report().count("items outside 2 or more interactions left out"))
                .isEqualTo(1);
        assertThat(core.report().count("interactions of users or items left out"))
                .isEqualTo(3);
    }

    private static Dataset core(Dataset data, String users, String items) {
        return Cleaning.NONE
                .with("user_interactions", users)
                .with("item_interactions", items)
                .apply(data);
    }

    /** By definition: the union of all sets in which everybody has enough is such a set; growing one by one finds it. */
    @Test
    void whatRemainsIsTheLargestPartInWhichEverybodyHasEnough() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 20; round++) {
            int[][] rows = new int[30][];
            Arrays.setAll(rows, u -> random.ints(random.nextInt(8), 0, 25).toArray());
            Interactions pairs = Interactions.of(25, rows);
            Interactions none = Interactions.empty(30, 25);
            Dataset data = Dataset.of("random", pairs, none, none);
            // the slow way: one user or item at a time
            boolean[][] left = new boolean[30][25];
            for (int u = 0; u < 30; u++) {
                for (int item : pairs.row(u)) {
                    left[u][item] = true;
                }
            }
            boolean changed = true;
            while (changed) {
                changed = false;
                for (int u = 0; u < 30 && !changed; u++) {
                    int n = 0;
                    for (boolean cell : left[u]) {
                        n += cell ? 1 : 0;
                    }
                    if (n > 0 && n < 3) {
                        Arrays.fill(left[u], false);
                        changed = true;
                    }
                }
                for (int i = 0; i < 25 && !changed; i++) {
                    int n = 0;
                    for (boolean[] row : left) {
                        n += row[i] ? 1 : 0;
                    }
                    if (n > 0 && n < 2) {
                        for (boolean[] row : left) {
                            row[i] = false;
                        }
                        changed = true;
                    }
                }
            }
            StringBuilder expected = new StringBuilder();
            for (int u = 0; u < 30; u++) {
                for (int i = 0; i < 25; i++) {
                    expected.append(left[u][i] ? u + "-" + i + " " : "");
                }
            }
            if (expected.isEmpty()) {
                assertThatThrownBy(() -> core(data, "3", "2")).isInstanceOf(InputException.class);
                continue;
            }
            Dataset found = core(data, "3", "2");
            StringBuilder text = new StringBuilder();
            for (int u = 0; u < found.users().size(); u++) {
                for (int item : found.train().row(u)) {
                    text.append(found.users().id(u))
                            .append("-")
                            .append(found.items().id(item))
                            .append(" ");
                }
            }
            assertThat(text.toString()).isEqualTo(expected.toString());
        }
    }

    @Test
    void numbersMayHaveAnUpperBound() {
        Dataset data = Datasets.read(write(directory, "data", "a,p\na,q\na,r\nb,p\nc,p\nc,q\n"));
        assertThat(content(core(data, "1:2", "auto"))).containsExactly("train/b/p", "train/c/p", "train/c/q");
        assertThat(content(core(data, "auto", "1:2"))).containsExactly("train/a/q", "train/a/r", "train/c/q");
    }

    @Test
    void partsRatingsAndTimesGoAlong() {
        write(directory, "train.csv", "user,item,rating,time\nb,z,1,5\na,x,3,10\na,y,2,20\nc,x,1,30\nc,y,5,40\n");
        write(directory, "test.csv", "user,item,rating,time\na,z,4,50\nd,z,1,60\n");
        Dataset clean = Cleaning.NONE
                .with("min_weight", 2)
                .with("user_interactions", "2")
                .apply(Datasets.read(directory));
        assertThat(content(clean)).containsExactly("test/a/z/4.0/50", "train/a/x/3.0/10", "train/a/y/2.0/20");
        assertThat(clean.report().count("interactions below the least weight left out"))
                .isEqualTo(3);
        assertThat(content(clean.split(Split.lastN(0, 1)))).contains("test/a/z/4.0/50");
    }

    @Test
    void whatLeavesNothingOrCannotBeAskedIsRefused() {
        Dataset data = Datasets.read(write(directory, "data", "a,p\nb,q\n"));
        assertThatThrownBy(() -> core(data, "5", "5"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no interaction of train that is left");
        assertThatThrownBy(() -> Cleaning.NONE.with("min_weight", 2).apply(data))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no ratings");
        for (String wrong : new String[] {"five", "-1", "3:2", "1:2:3", "0:0"}) {
            assertThatThrownBy(() -> Cleaning.NONE.with("user_interactions", wrong))
                    .as(wrong)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("5:500");
        }
    }

    @Test
    void coldSplitsKeepUsersOrItemsWhole() {
        Dataset data =
                SyntheticData.generate("builtin:tastes:users=200,items=100").data();
        Dataset users = data.split(Split.parse("cold-user:0.7:0.1:0.2", 3));
        for (int u = 0; u < 200; u++) {
            int parts = (users.train().count(u) > 0 ? 1 : 0)
                    + (users.valid().count(u) > 0 ? 1 : 0)
                    + (users.test().count(u) > 0 ? 1 : 0);
            assertThat(parts).isLessThanOrEqualTo(1);
        }
        assertThat(200 - users.train().emptyRows()).isEqualTo(140);
        assertThat(200 - users.test().emptyRows()).isEqualTo(40);
        Dataset items = data.split(Split.coldItem(0.7, 0.1, 0.2, 3));
        int[] inTrain = items.train().itemCounts();
        int[] inTest = items.test().itemCounts();
        int cold = 0;
        for (int i = 0; i < 100; i++) {
            assertThat(Math.min(inTrain[i], inTest[i])).isZero();
            cold += inTest[i] > 0 ? 1 : 0;
        }
        assertThat(cold).isEqualTo(20);
        assertThat(users.all()).isEqualTo(data.all());
        assertThat(items.all()).isEqualTo(data.all());
    }
}
