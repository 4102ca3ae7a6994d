package org.mineral.tune.auto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PointTest {

    private static final Map<String, String> RULE = Map.of("temperature", "0.44", "item_bias", "true");

    @Test
    void theTemperatureIsAMultipleOfTheRules() {
        assertThat(Point.RULE.settings(RULE)).isEqualTo(RULE);
        assertThat(Point.RULE.warmer(0.7).settings(RULE)).containsEntry("temperature", "0.31");
        assertThat(Point.RULE.warmer(0.7).settings(Map.of("temperature", "0.2")))
                .containsEntry("temperature", "0.14");
        assertThat(Point.RULE.warmer(1e-3).settings(RULE)).containsEntry("temperature", "0.03");
        assertThat(Point.RULE.warmer(9).settings(RULE)).containsEntry("temperature", "1");
    }

    @Test
    void otherChangesReplaceTheRules() {
        assertThat(Point.RULE.with("item_bias", false).with("dimension", 128).settings(RULE))
                .isEqualTo(Map.of("temperature", "0.44", "item_bias", "false", "dimension", "128"));
    }
}
