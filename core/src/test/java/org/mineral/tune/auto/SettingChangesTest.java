package org.mineral.tune.auto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingChangesTest {

    private static final Map<String, String> RULE = Map.of("temperature", "0.44", "item_bias", "true");

    @Test
    void theTemperatureIsAMultipleOfTheRules() {
        assertThat(SettingChanges.NONE.settings(RULE)).isEqualTo(RULE);
        assertThat(SettingChanges.NONE.warmer(0.7).settings(RULE)).containsEntry("temperature", "0.31");
        assertThat(SettingChanges.NONE.warmer(0.7).settings(Map.of("temperature", "0.2")))
                .containsEntry("temperature", "0.14");
        assertThat(SettingChanges.NONE.warmer(1e-3).settings(RULE)).containsEntry("temperature", "0.03");
        assertThat(SettingChanges.NONE.warmer(9).settings(RULE)).containsEntry("temperature", "1");
    }

    @Test
    void otherChangesReplaceTheRules() {
        assertThat(SettingChanges.NONE
                        .with("item_bias", false)
                        .with("dimension", 128)
                        .settings(RULE))
                .isEqualTo(Map.of("temperature", "0.44", "item_bias", "false", "dimension", "128"));
    }
}
