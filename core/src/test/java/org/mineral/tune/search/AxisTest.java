package org.mineral.tune.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.config.InputException;

class AxisTest {

    @Test
    void readsRangesAndLists() {
        assertThat(Axis.parse("lambda=1:1.5"))
                .isEqualTo(new Axis("lambda", List.of("1", "1.1", "1.2", "1.3", "1.4", "1.5")));
        assertThat(Axis.parse("temperature=0.05:0.25:3").values()).containsExactly("0.05", "0.15", "0.25");
        assertThat(Axis.parse("margin=-0.2:0.2:3").values()).containsExactly("-0.2", "0", "0.2");
        assertThat(Axis.parse("dimension = 100:1000:4").values()).containsExactly("100", "400", "700", "1000");
        assertThat(Axis.parse("candidates=uniform:64, uniform:128,all").values())
                .containsExactly("uniform:64", "uniform:128", "all");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lambda",
                "=1:2",
                "lambda=",
                "lambda=1",
                "lambda=2:1",
                "lambda=1:1",
                "lambda=1:2:1",
                "lambda=1e-900000000:1e900000000",
                "lambda=1:2:5000",
                "lambda=a:b",
                "lambda=1:2:3:4",
                "lambda=:2",
                "lambda=,"
            })
    void refusesTheRest(String text) {
        assertThatThrownBy(() -> Axis.parse(text)).isInstanceOf(InputException.class);
    }

    @Test
    void knowsItsEnds() {
        Axis axis = Axis.parse("lambda=1:1.4:3");
        assertThat(axis.atEnd("1")).isTrue();
        assertThat(axis.atEnd("1.2")).isFalse();
        assertThat(Axis.parse("candidates=all,uniform:64").atEnd("all")).isFalse();
    }
}
