package org.mineral.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TuneRangeTest {

    private static final TuneRange EVEN = TuneRange.parse("w", "1:3");
    private static final TuneRange RATIOS = TuneRange.parse("w", "1:100:log");
    private static final TuneRange WHOLE = TuneRange.parse("w", "30:1000:log:whole");

    @Test
    void sharesOfLogarithmicRangesAreEvenInRatios() {
        assertThat(RATIOS.at(0)).isEqualTo("1");
        assertThat(RATIOS.at(0.5)).isEqualTo("10");
        assertThat(RATIOS.at(1)).isEqualTo("100");
        assertThat(EVEN.at(0.5)).isEqualTo("2");
        assertThat(EVEN.at(0.123456)).isEqualTo("1.25");
        assertThat(WHOLE.at(0.1)).isEqualTo("43");
    }

    @Test
    void aMoveGoesSoManyRangesFurther() {
        assertThat(EVEN.move(1.5, 0.25)).isEqualTo("2");
        assertThat(EVEN.move(1.5, -0.125)).isEqualTo("1.3");
        assertThat(RATIOS.move(10, 0.25)).isEqualTo("32");
        assertThat(RATIOS.move(10, -0.5)).isEqualTo("1");
        assertThat(WHOLE.move(34, 1 / 32.0)).isEqualTo("38");
    }

    @Test
    void whatIsNoNumberHasNoPlaceAndZeroNoneAmongRatios() {
        assertThat(EVEN.places(0)).isTrue();
        assertThat(EVEN.places(Double.NaN)).isFalse();
        assertThat(RATIOS.places(1000)).isTrue();
        assertThat(RATIOS.places(0)).isFalse();
        assertThat(RATIOS.places(Double.NaN)).isFalse();
    }

    @Test
    void aMoveEndsAtTheEndsOfTheRange() {
        assertThat(EVEN.move(2.9, 0.25)).isEqualTo("3");
        assertThat(RATIOS.move(2, -0.5)).isEqualTo("1");
        assertThat(WHOLE.move(5000, 0.25)).isEqualTo("1000");
    }
}
