package org.mineral.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mineral.data.read.Datasets;

class EvenItemsTest {

    private static final Dataset DATA =
            Datasets.read("builtin:tastes:users=600,items=150").withValidInTrain();

    private static Dataset divided(double share, long seed) {
        return DATA.holdOut(new HoldOut(share, HoldOut.Order.POPULARITY), seed);
    }

    @Test
    void itemsCountAlikeWhateverTheirPopularity() {
        Dataset divided = divided(0.1, 3);
        int[] held = divided.valid().itemCounts();
        int[] all = DATA.train().itemCounts();
        double mean = 0.1 * DATA.train().size() / 150;
        // Where half of an item's interactions are more than its part, it has as many held out as any other.
        int[] plenty = IntStream.range(0, 150)
                .filter(i -> all[i] > 4 * mean)
                .map(i -> held[i])
                .toArray();
        assertThat(plenty.length).isGreaterThan(20);
        int most = IntStream.of(plenty).max().orElseThrow();
        assertThat(IntStream.of(plenty).min().orElseThrow()).isGreaterThanOrEqualTo(most - 2);
        int[] random = DATA.holdOut(0.1, 3).valid().itemCounts();
        assertThat(IntStream.of(random).max().orElseThrow()).isGreaterThan(2 * most);
    }

    @Test
    void theShareIsMetAndNothingIsLeftWithoutTraining() {
        Dataset divided = divided(0.1, 4);
        assertThat(divided.valid().size() / (double) DATA.train().size()).isCloseTo(0.1, within(0.01));
        assertThat(divided.train().union(divided.valid())).isEqualTo(DATA.train());
        assertThat(divided.train().emptyRows()).isEqualTo(DATA.train().emptyRows());
        int[] before = DATA.train().itemCounts();
        int[] after = divided.train().itemCounts();
        for (int i = 0; i < before.length; i++) {
            assertThat(2 * after[i]).isGreaterThanOrEqualTo(before[i]);
        }
    }

    @Test
    void theSeedDecides() {
        assertThat(divided(0.1, 5).valid()).isEqualTo(divided(0.1, 5).valid());
        assertThat(divided(0.1, 5).valid()).isNotEqualTo(divided(0.1, 6).valid());
    }

    @Test
    void aSplitHasBothPartsEven() {
        Dataset split = DATA.split(Split.parse("popularity:0.8:0.1:0.1", 7));
        assertThat(split.valid().size())
                .isCloseTo(split.test().size(), within(split.test().size() / 5));
        int largest = IntStream.of(split.test().itemCounts()).max().orElseThrow();
        int[] byChance = DATA.split(Split.random(0.8, 0.1, 0.1, 7)).test().itemCounts();
        assertThat(IntStream.of(byChance).max().orElseThrow()).isGreaterThan(largest);
    }

    @Test
    void itReadsWhatItWrites() {
        assertThat(HoldOut.parse("popularity")).isEqualTo(new HoldOut(0.1, HoldOut.Order.POPULARITY));
        HoldOut fifth = HoldOut.parse("popularity:0.2");
        assertThat(HoldOut.parse(fifth.toString())).isEqualTo(fifth);
    }
}
