package org.mineral.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.mineral.config.InputException;

class SequencesTest {

    /** Of user 0 the items 1, 3, 4, of user 1 none, of user 2 the items 0, 3. */
    private static final Interactions PAIRS = Interactions.of(5, new int[] {1, 3, 4}, new int[0], new int[] {0, 3});

    private static Sequences of(long[] times, long[] order) {
        return Sequences.of("data", PAIRS, new Events(PAIRS, null, times, order));
    }

    @Test
    void itemsAreSortedByTimeAndTiesByTheOrderOfReading() {
        Sequences sequences = of(new long[] {30, 10, 10, 7, 7}, new long[] {0, 9, 2, 4, 3});
        assertThat(sequences.of(0)).containsExactly(4, 3, 1);
        assertThat(sequences.of(1)).isEmpty();
        assertThat(sequences.of(2)).containsExactly(3, 0);
    }

    @Test
    void withoutTimesTheOrderOfReadingCounts() {
        assertThat(of(null, new long[] {5, 1, 3, 0, 2}).items()).containsExactly(3, 4, 1, 0, 3);
    }

    @Test
    void withoutTheOrderOfReadingEqualTimesKeepTheOrderOfItems() {
        assertThat(of(new long[] {2, 1, 1, 0, 0}, null).items()).containsExactly(3, 4, 1, 0, 3);
    }

    @Test
    void aPartHasTheOrderOfTheWhole() {
        Interactions part = PAIRS.select(k -> k != 1);
        Events events = new Events(PAIRS, null, new long[] {9, 8, 7, 6, 5});
        assertThat(Sequences.of("data", part, events).items()).containsExactly(4, 1, 3, 0);
    }

    @Test
    void dataWithoutAnyOrderAreRefused() {
        assertThatThrownBy(() -> Sequences.of("data", PAIRS, null))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("timestamp");
        Events rated = new Events(PAIRS, new double[5], null);
        assertThatThrownBy(() -> Sequences.of("data", PAIRS, rated)).isInstanceOf(InputException.class);
    }

    @Test
    void otherItemsThanTheUsersAreRefused() {
        assertThatThrownBy(() -> new Sequences(PAIRS, new int[] {1, 1, 4, 0, 3}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("user 0");
        assertThatThrownBy(() -> new Sequences(PAIRS, new int[4])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyPositionHasItsOwnerAlsoAfterUsersWithoutItems() {
        Sequences sequences = new Sequences(PAIRS, new int[] {1, 3, 4, 0, 3});
        for (int u = 0; u < PAIRS.users(); u++) {
            for (int k = PAIRS.begin(u); k < PAIRS.end(u); k++) {
                assertThat(sequences.owner(k)).isEqualTo(u);
            }
        }
    }

    @Test
    void otherIndicesKeepTheOrder() {
        Sequences sequences = new Sequences(PAIRS, new int[] {4, 3, 1, 3, 0});
        Sequences moved = sequences.moved(new int[] {1, -1, 0}, new int[] {2, -1, -1, 0, 1}, 2, 3);
        assertThat(moved.of(0)).containsExactly(0, 2);
        assertThat(moved.of(1)).containsExactly(1, 0);
    }

    @Test
    void newItemsFollowAndKnownOnesStay() {
        Sequences before = new Sequences(PAIRS, new int[] {4, 3, 1, 3, 0});
        Interactions later = Interactions.of(5, new int[] {0, 3}, new int[] {2}, new int[0]);
        Sequences all = before.followedBy(new Sequences(later, new int[] {3, 0, 2}));
        assertThat(all.of(0)).containsExactly(4, 3, 1, 0);
        assertThat(all.of(1)).containsExactly(2);
        assertThat(all.of(2)).containsExactly(3, 0);
    }
}
