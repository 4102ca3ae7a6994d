package org.mineral.tune.auto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairedDifferenceTest {

    private static final double NAN = Double.NaN;

    /** numpy: d = [.1, .2, .6]; d.mean(), d.std(ddof=1) / sqrt(3) = 0.3, 0.15275 */
    @Test
    void isTheMeanOverUsersWithItsStandardError() {
        PairedDifference one = PairedDifference.of(
                List.of(new double[] {0.3, 0.5, NAN, 0.6}), List.of(new double[] {0.2, 0.3, NAN, 0.0}));
        assertThat(one.mean()).isCloseTo(0.3, within(1e-12));
        assertThat(one.error()).isCloseTo(0.1527525, within(1e-6));
    }

    @Test
    void aUserOfSeveralPartsCountsOnce() {
        PairedDifference twice = PairedDifference.of(
                List.of(new double[] {0.3, 0.5}, new double[] {0.1, NAN}),
                List.of(new double[] {0.0, 0.5}, new double[] {0.0, NAN}));
        assertThat(twice.mean()).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void partsOfOneSideAreLeftOut() {
        List<double[]> both = List.of(new double[] {0.4, 0.2});
        PairedDifference of = PairedDifference.of(List.of(new double[] {0.5, 0.5}, new double[] {9, 9}), both);
        assertThat(of.mean()).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void oneUserTellsNothing() {
        assertThat(PairedDifference.of(List.of(new double[] {1, NAN}), List.of(new double[] {0, NAN}))
                        .error())
                .isInfinite();
    }
}
