package org.mineral.algorithm.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mineral.config.Config;
import org.mineral.data.Interactions;
import org.mineral.data.Sequences;
import org.mineral.random.Random64;

class ContextsTest {

    /** Users with 4, 0, 1 and 2 items. */
    private static final Interactions PAIRS =
            Interactions.of(9, new int[] {1, 3, 5, 7}, new int[0], new int[] {4}, new int[] {2, 8});

    private static final Sequences SEQUENCES = new Sequences(PAIRS, new int[] {5, 7, 1, 3, 4, 8, 2});

    private static SequenceOptions options(String name, Object value) {
        return Config.with(Config.defaults(SequenceOptions.class), name, value);
    }

    private static Contexts contexts(SequenceOptions options) {
        return new Contexts(SEQUENCES, options, 1, 0);
    }

    @Test
    void everyItemButAUsersFirstIsARowWithWhatStandsBeforeIt() {
        Contexts contexts = contexts(options("positions", 2));
        int[] rows = contexts.rows(new Random64(1));
        Arrays.sort(rows);
        assertThat(rows).containsExactly(1, 2, 3, 6);
        assertThat(Contexts.count(PAIRS)).isEqualTo(4);
        assertThat(contexts.length(1)).isEqualTo(1);
        assertThat(contexts.length(3)).isEqualTo(2);
        assertThat(contexts.item(3, 0)).isEqualTo(1);
        assertThat(contexts.item(3, 1)).isEqualTo(7);
        int[] positives = new int[1];
        contexts.copy(3, positives, null, 0);
        assertThat(positives).containsExactly(3);
        assertThat(contexts.item(6, 0)).isEqualTo(8);
    }

    @Test
    void theNextItemsAreWeightedByDistanceAndStandInAscendingOrder() {
        Contexts contexts = contexts(options("next_items", 3));
        assertThat(contexts.count(1)).isEqualTo(3);
        assertThat(contexts.count(2)).isEqualTo(2);
        assertThat(contexts.count(6)).isEqualTo(1);
        int[] positives = new int[5];
        float[] counts = new float[5];
        contexts.copy(1, positives, counts, 1);
        assertThat(positives).containsExactly(0, 1, 3, 7, 0);
        // 7 is next, then 1, then 3: weights 4 : 2 : 1, their mean 1.
        assertThat(counts[1]).isCloseTo(6f / 7, within(1e-6f));
        assertThat(counts[2]).isCloseTo(3f / 7, within(1e-6f));
        assertThat(counts[3]).isCloseTo(12f / 7, within(1e-6f));
    }

    @Test
    void cutsAreDifferentPlacesAndAllOfThemAreDrawnInTime() {
        Contexts contexts = contexts(options("cuts", 2));
        Random64 random = new Random64(3);
        Set<Integer> seen = new HashSet<>();
        for (int epoch = 0; epoch < 20; epoch++) {
            int[] rows = contexts.rows(random);
            assertThat(rows).hasSize(3).doesNotHaveDuplicates().contains(6);
            Arrays.stream(rows).forEach(seen::add);
        }
        assertThat(seen).containsExactlyInAnyOrder(1, 2, 3, 6);
        assertThat(Contexts.count(PAIRS, options("cuts", 2))).isEqualTo(3);
    }

    @Test
    void anEpochHasRoomForSoManyPlaces() {
        int[][] rows = new int[Contexts.MOST / 20][];
        for (int u = 0; u < rows.length; u++) {
            rows[u] = IntStream.range(0, u % 2 == 0 ? 9 : 101).toArray();
        }
        Interactions many = Interactions.of(101, rows);
        // 8 of one half, and 32 of the other.
        assertThat(Contexts.count(many, options("cuts", 0))).isEqualTo(Contexts.MOST);
        assertThat(Contexts.count(many, options("cuts", 1000))).isEqualTo(Contexts.count(many));
        Contexts contexts = new Contexts(new Sequences(many, many.columns()), options("cuts", 0), 1, 0);
        assertThat(contexts.rows(new Random64(1))).hasSize(Contexts.MOST).doesNotHaveDuplicates();
    }

    @Test
    void rowsWeighAsUsersDoAndOneInTheMean() {
        Contexts byUser = new Contexts(SEQUENCES, options("cuts", 0), 0, 0);
        int[] rows = byUser.rows(new Random64(1));
        assertThat(IntStream.of(rows).mapToDouble(byUser::weight).average().orElseThrow())
                .isCloseTo(1, within(1e-12));
        assertThat(byUser.weight(6) / byUser.weight(1)).isCloseTo(2, within(1e-12));
        assertThat(contexts(options("cuts", 0)).weight(2)).isEqualTo(1);
    }

    @Test
    void whatIsDrawnFromABlockIsItsNextItems() {
        Interactions next = contexts(options("cuts", 0)).nextItems();
        assertThat(next.users()).isEqualTo(PAIRS.size());
        for (int row : new int[] {1, 2, 3, 6}) {
            assertThat(next.row(row)).containsExactly(SEQUENCES.items()[row]);
        }
        assertThat(next.size()).isEqualTo(4);
    }

    @Test
    void bucketsDoubleBehindTheSinglePositions() {
        assertThat(IntStream.of(0, 31, 32, 63, 64, 127, 128).map(HistorySum::bucket))
                .containsExactly(0, 31, 32, 32, 33, 33, 34);
        assertThat(HistorySum.buckets(20)).isEqualTo(20);
        assertThat(HistorySum.buckets(33)).isEqualTo(33);
        assertThat(HistorySum.buckets(100)).isEqualTo(34);
    }
}
