package org.mineral.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mineral.tune.compare.ComparisonResult.Contrast;
import org.mineral.tune.compare.ComparisonResult.Pair;

class CompactLetterDisplayTest {

    private static Pair pair(String a, String b, boolean real) {
        return new Pair(a, b, new Contrast(0.1, real ? 0.01 : 0.5, real ? 0.01 : 0.5, real));
    }

    /** a and b, b and c cannot be told apart, a and c can: b has both letters. */
    @Test
    void whatCannotBeToldApartOverlaps() {
        List<Pair> pairs = List.of(pair("a", "b", false), pair("b", "c", false), pair("a", "c", true));
        assertThat(CompactLetterDisplay.of(List.of("a", "b", "c"), pairs))
                .isEqualTo(Map.of("a", "a", "b", "ab", "c", "b"));
        assertThat(CompactLetterDisplay.of(List.of("a", "b"), List.of())).isEqualTo(Map.of("a", "a", "b", "a"));
    }

    /** The property that the column is for, on random verdicts. */
    @Test
    void twoShareALetterIfAndOnlyIfTheyCannotBeToldApart() {
        SplittableRandom random = new SplittableRandom(9);
        for (int round = 0; round < 200; round++) {
            List<String> names = new ArrayList<>();
            for (int k = 0; k < 2 + round % 7; k++) {
                names.add("m" + k);
            }
            List<Pair> pairs = new ArrayList<>();
            for (int a = 0; a < names.size(); a++) {
                for (int b = a + 1; b < names.size(); b++) {
                    pairs.add(pair(names.get(a), names.get(b), random.nextInt(3) == 0));
                }
            }
            Map<String, String> letters = CompactLetterDisplay.of(names, pairs);
            for (Pair pair : pairs) {
                String second = letters.get(pair.second());
                boolean shared = letters.get(pair.first()).chars().anyMatch(c -> second.indexOf(c) >= 0);
                assertThat(shared).isEqualTo(!pair.contrast().real());
            }
        }
    }
}
