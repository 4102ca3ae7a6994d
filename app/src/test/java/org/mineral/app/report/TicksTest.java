package org.mineral.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicksTest {

    @Test
    void epochsAreLabelledAtWholeNumbers() {
        assertThat(Ticks.linear(0.92, 3.08, true)).containsExactly(1, 2, 3);
        assertThat(Ticks.linear(-0.2, 31.2, true)).containsExactly(0, 10, 20, 30);
    }

    @Test
    void metricsAreLabelledAtRoundNumbers() {
        assertThat(Ticks.linear(0.2765, 0.3784, false))
                .containsExactly(new double[] {.28, .3, .32, .34, .36}, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "-3, 4", "1e-9, 2e-9", "999, 1001", "0.07, 0.0701", "-1e6, 1e7"})
    void twoToSixLieInsideTheAxis(double low, double high) {
        double[] ticks = Ticks.linear(low, high, false);
        assertThat(ticks).hasSizeBetween(2, 6).isSorted();
        assertThat(ticks[0]).isGreaterThanOrEqualTo(low);
        assertThat(ticks[ticks.length - 1]).isLessThanOrEqualTo(high);
    }

    @Test
    void aChartShowsThem() {
        List<Plot.Point> curve =
                List.of(new Plot.Point(1, 0.31, ""), new Plot.Point(2, 0.34, ""), new Plot.Point(3, 0.36, ""));
        assertThat(Plot.svg("", "epoch", false, List.of(new Plot.Series(curve, true, "main", null))))
                .contains(">1</text>", ">2</text>", ">3</text>", ">0.3200</text>")
                .doesNotContain(">0.92</text>");
    }
}
