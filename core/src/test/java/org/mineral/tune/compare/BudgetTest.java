package org.mineral.tune.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.config.InputException;

class BudgetTest {

    @ParameterizedTest
    @ValueSource(strings = {"20", "20 epochs", " 20epochs", "20 Epochs"})
    void bare_numbers_and_epochs_are_epochs(String text) {
        assertThat(Budget.parse(text)).isEqualTo(Budget.epochs(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"120s", "2m", "2 min", "120 seconds"})
    void times_are_seconds(String text) {
        assertThat(Budget.parse(text)).isEqualTo(Budget.seconds(120));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-3", "fast", "1.5", "20 parsecs", "999999999h"})
    void anything_else_is_refused_with_what_is_allowed(String text) {
        assertThatThrownBy(() -> Budget.parse(text))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("llowed");
    }

    @Test
    void reads_back_what_it_writes() {
        assertThat(Budget.epochs(1)).hasToString("1 epoch");
        assertThat(Budget.parse(Budget.seconds(90).toString())).isEqualTo(Budget.seconds(90));
    }
}
