package org.mineral.tune.auto;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Settings of a search, by how they differ from the rule's. The temperature is a multiple of the rule's, which depends on how many
 * interactions there are: what is found on a part of the users carries over to all of them.
 *
 * @param warmth temperature / the rule's temperature
 * @param changes other settings by public name
 */
record SettingChanges(double warmth, Map<String, String> changes) {

    static final String TEMPERATURE = "temperature";

    private static final double COLDEST = 0.03;
    private static final double WARMEST = 1;

    static final SettingChanges NONE = new SettingChanges(1, Map.of());

    SettingChanges {
        changes = Collections.unmodifiableMap(new LinkedHashMap<>(changes));
    }

    SettingChanges warmer(double factor) {
        return new SettingChanges(warmth * factor, changes);
    }

    SettingChanges with(Map<String, String> settings) {
        Map<String, String> more = new LinkedHashMap<>(changes);
        more.putAll(settings);
        return new SettingChanges(warmth, more);
    }

    SettingChanges with(String name, Object value) {
        Map<String, String> more = new LinkedHashMap<>(changes);
        more.put(name, String.valueOf(value));
        return new SettingChanges(warmth, more);
    }

    SettingChanges without(String name) {
        Map<String, String> fewer = new LinkedHashMap<>(changes);
        fewer.remove(name);
        return new SettingChanges(warmth, fewer);
    }

    /** The rule's settings with the differences; temperatures to two digits, within [0.03, 1]. */
    Map<String, String> settings(Map<String, String> rule) {
        Map<String, String> all = new LinkedHashMap<>(rule);
        String temperature = rule.get(TEMPERATURE);
        if (temperature != null && warmth != 1) {
            double t = Math.max(COLDEST, Math.min(WARMEST, Double.parseDouble(temperature) * warmth));
            all.put(
                    TEMPERATURE,
                    BigDecimal.valueOf(t)
                            .round(new MathContext(2))
                            .stripTrailingZeros()
                            .toPlainString());
        }
        all.putAll(changes);
        return all;
    }
}
