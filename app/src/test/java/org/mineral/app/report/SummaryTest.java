package org.mineral.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryTest {

    @ParameterizedTest
    @CsvSource({
        "2.41, 2.4 times as good",
        "1.996, 2.0 times as good",
        "1.98, 98 % better",
        "1.3, 30 % better",
        "1.04, 4.0 % better",
        "1.004, 0.4 % better",
        "1.0001, better by less than 0.1 %"
    })
    void aSmallLeadIsSaidInPercent(double times, String words) {
        assertThat(Summary.better(times)).isEqualTo(words);
    }
}
